"""Calling people from the waitlist of a round: in its order, while the money and the number of awards last, once each."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from cycles.clock import day_of
from scholarships.award_letters import tell_waits
from scholarships.awarding import hold_people, kept_among, offer, usual_reply_by
from scholarships.ledger import hold, waitlist
from scholarships.losing import is_declared, losses_on_file
from scholarships.models import Award, Ended, Result, Round
from scholarships.permissions import runs_awards
from scholarships.replying import reply_end

CALL = "call_from_scholarship_waitlist"


def waiting(row: Round) -> QuerySet[Result]:
    """Who waits, in the order of the calls."""
    rows = waitlist().filter(candidacy__round=row).order_by("rank", "pk")
    return rows.select_related("candidacy__application__applicant", "candidacy__round__cycle")


def passed_over(results: Sequence[Result], on: date) -> dict[int, str]:
    """Why some of these cannot be called, in words, by result; in the order of the calls.

    Two queries for all; the vault is asked of one after the other, as far as the first who can be called.
    """
    lost = losses_on_file([result.candidacy_id for result in results], on)
    kept = kept_among(result.candidacy for result in results)
    found = {}
    is_found = False
    for result in results:
        why = lost.get(result.candidacy_id)
        if why is None and result.candidacy_id in kept:
            why = Ended.OTHER
        if why is None and not is_found:
            is_found = is_declared(result.candidacy)
            why = None if is_found else Ended.LEFT
        if why is not None:
            found[result.pk] = str(why.label)
    return found


def next_of(row: Round, on: date) -> Result | None:
    """Who is called next, whoever looks: the first who can be."""
    people = list(waiting(row))
    blocked = passed_over(people, on)
    return next((result for result in people if result.pk not in blocked), None)


@transaction.atomic
def call(
    result: Result, *, by: User, at: datetime, reply_on: date | None = None, why: str = ""
) -> Award:
    """Offer an award to somebody on the waitlist; asked twice, by whomever, it is one call. Raises Refused.

    `why` is needed for whoever is not the next.
    """
    if not runs_awards(by) or result.candidacy.application_id in ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)
    row = hold([result.candidacy.round_id])[result.candidacy.round_id]
    hold_people([result.candidacy.application_id])
    if found := Award.objects.filter(candidacy=result.candidacy_id).first():
        return found
    if reasons := list(what_blocks(result, at)):
        raise Refused(_("This person cannot be called."), reasons)
    if next_of(row, day_of(at)) != result and not why.strip():
        raise Refused(
            _("Say why: the others will read it."),
            [_("Somebody stands before this person on the waitlist.")],
        )
    end = reply_end(reply_on, at) if reply_on else usual_reply_by(row, at)
    fresh = waiting(row).get(pk=result.pk)
    award = offer(fresh, row, by=by, at=at, reply_by=end)
    record(CALL, award, by=by, why=why)
    tell_waits(award)
    return award


def what_blocks(result: Result, at: datetime) -> Iterator[str]:
    """Why this person cannot be called, whatever the reason."""
    if not waitlist().filter(pk=result.pk).exists():
        yield _("This application is not on a waitlist.")
    yield from passed_over([result], day_of(at)).values()
