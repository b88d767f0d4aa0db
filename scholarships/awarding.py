"""Awards: what a result is worth, offered to its person.

The rule of one award a year: whoever accepted one of the cycle is not offered a second. Two that wait for a reply may stand
beside each other: the person chooses, and accepting one ends the other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from audit.moves import Refused, record
from cycles.clock import day_of, end_of
from scholarships.ledger import hold, refuse_beyond
from scholarships.losing import losses
from scholarships.models import Award, Candidacy, Ended, Result, Round, Stacking
from scholarships.models.award import AwardQuerySet

NOT_OFFERED = "award_not_offered"


@transaction.atomic
def offer_all(results: Sequence[Result], *, by: User | None, at: datetime) -> list[Award]:
    """An award to each of these, to reply to within the round's days; those who may hold none are left out, on the trail.

    Raises Refused where the budget, the number of awards or an amount does not allow for all of them.
    """
    given = []
    rounds = hold(result.candidacy.round_id for result in results)
    hold_people(result.candidacy.application_id for result in results)
    lost = losses([result.candidacy_id for result in results], day_of(at))
    for result in results:
        candidacy = result.candidacy
        why = lost.get(candidacy.pk) or kept_already(candidacy)
        if why:
            record(NOT_OFFERED, candidacy, by=by, why=why)
        elif not Award.objects.filter(candidacy=candidacy).exists():
            row = rounds[candidacy.round_id]
            given.append(offer(result, row, by=by, at=at, reply_by=usual_reply_by(row, at)))
    return given


def offer(
    result: Result, row: Round, *, by: User | None, at: datetime, reply_by: datetime
) -> Award:
    """One award of a round that is held. Raises Refused."""
    amount = amount_for(result.candidacy, row)
    refuse_beyond(row, amount)
    award = Award.objects.create(
        candidacy=result.candidacy,
        amount=amount,
        months=row.months,
        offered_at=at,
        reply_by=reply_by,
    )
    record("offered", award, by=by, new=award.status)
    return award


def usual_reply_by(row: Round, at: datetime) -> datetime:
    """Until when a person replies who is offered an award at this moment: the end of a day in Montréal."""
    return end_of(day_of(at) + timedelta(days=row.reply_days))


def amount_for(candidacy: Candidacy, row: Round) -> Decimal:
    """What the stacking rule leaves of the round's amount for this person. Raises Refused without an amount."""
    if row.amount is None:
        raise Refused(_("The round has no amount yet."))
    if holds_too_much(candidacy, row):
        return min(row.amount, row.top_up_amount or row.amount)
    return row.amount


def holds_too_much(candidacy: Candidacy, row: Round) -> bool:
    """Whether what this person holds besides turns the round's award into a top-up."""
    others = candidacy.other_awards or Decimal()
    is_top_up = row.stacking == Stacking.TOP_UP and row.top_up_above is not None
    return is_top_up and others > (row.top_up_above or Decimal())


def is_reduced(award: Award) -> bool:
    """Whether the award is less than the round's, because of what its person holds besides."""
    row = award.candidacy.round
    return (
        row.amount is not None
        and award.amount < row.amount
        and holds_too_much(award.candidacy, row)
    )


def hold_people(applications: Iterable[int]) -> None:
    """Lock these people's files: what one of them chooses, and what is offered to them, come one after the other."""
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=set(applications))
    list(rows.order_by("pk").values_list("pk", flat=True))


def rivals(candidacy: Candidacy) -> AwardQuerySet:
    """The other standing awards of the same person in the year, which the rule of one a year sets against this one."""
    others = Award.objects.standing().filter(
        candidacy__round__cycle=candidacy.round.cycle_id,
        candidacy__application__applicant=candidacy.application.applicant_id,
    )
    if candidacy.round.stacking != Stacking.ONE_A_YEAR:
        others = others.filter(Q(candidacy__round__stacking=Stacking.ONE_A_YEAR))
    return others.exclude(candidacy=candidacy)


def kept_already(candidacy: Candidacy) -> str:
    """Why a second award of the year is not offered; empty where it may be."""
    return Ended.OTHER.value if kept_among([candidacy]) else ""


def kept_among(candidacies: Iterable[Candidacy]) -> set[int]:
    """Whose person accepted another award of the year, where only one can be held; one query for all."""
    people = list(candidacies)
    kept = Award.objects.filter(
        status__in=Award.KEPT,
        candidacy__application__applicant__in={row.application.applicant_id for row in people},
        candidacy__round__cycle__in={row.round.cycle_id for row in people},
    ).select_related("candidacy__round", "candidacy__application")
    others = [award.candidacy for award in kept]
    return {row.pk for row in people if any(_excludes(row, other) for other in others)}


def _excludes(one: Candidacy, other: Candidacy) -> bool:
    """Whether the same person cannot hold both."""
    same_person = one.application.applicant_id == other.application.applicant_id
    same_year = one.pk != other.pk and one.round.cycle_id == other.round.cycle_id
    return (
        same_person
        and same_year
        and Stacking.ONE_A_YEAR in (one.round.stacking, other.round.stacking)
    )
