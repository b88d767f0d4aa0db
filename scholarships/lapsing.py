"""What the files themselves make of an award: it lapses, or the registration confirms it. Derived, and then recorded."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from audit.moves import Move, move_all
from cycles.clock import day_of
from followup.offers import PATIENCE
from scholarships.award_letters import tell_changed
from scholarships.losing import losses, registered
from scholarships.models import Award, Ended
from scholarships.models.award import AwardQuerySet
from scholarships.paying import drop_unpaid, plan
from scholarships.permissions import is_timetable

LAPSE = Move("lapse_award", Award.STANDING, Award.Status.LAPSED, may=is_timetable)
CONFIRM = Move("confirm_award", (Award.Status.ACCEPTED,), Award.Status.CONFIRMED, may=is_timetable)
WAIT_AGAIN = Move(
    "unconfirm_award", (Award.Status.CONFIRMED,), Award.Status.ACCEPTED, may=is_timetable
)
MOVES = (LAPSE, CONFIRM, WAIT_AGAIN)
FILE = "offer__decision__application"


@transaction.atomic
def settle_all(*, at: datetime) -> int:
    """Record what became of every award by then; how many changed. Safe to run twice."""
    silent = Award.objects.filter(status=Award.Status.OFFERED, reply_by__lt=at - PATIENCE)
    ended = _lapse(silent, Ended.SILENT, at)
    return ended + settle(Award.objects.all(), at=at)


@transaction.atomic
def settle_for(candidacies: Iterable[int], *, at: datetime) -> int:
    """The same at once for those whose file has just changed; how many changed."""
    return settle(Award.objects.filter(candidacy__in=list(candidacies)), at=at)


def settle(awards: AwardQuerySet, *, at: datetime) -> int:
    """Of these awards: end those whose conditions are lost, confirm those of people who registered, and the other way."""
    standing = awards.standing()
    lost = losses(list(standing.values_list("candidacy", flat=True)), day_of(at))
    changed = 0
    for why in sorted(set(lost.values())):
        gone = [candidacy for candidacy, reason in lost.items() if reason == why]
        changed += _lapse(standing.filter(candidacy__in=gone), why, at)
    return changed + _confirm(awards, at) + _unconfirm(awards)


def _lapse(rows: QuerySet[Award], why: Ended, at: datetime) -> int:
    ended = move_all(_whole(rows), LAPSE, by=None, why=why.value)
    Award.objects.filter(pk__in=[row.pk for row in ended]).update(why=why)
    drop_unpaid(ended)
    tell_changed(ended, at)
    return len(ended)


def _confirm(awards: AwardQuerySet, at: datetime) -> int:
    there = registered().filter(**{FILE: OuterRef("candidacy__application")})
    rows = awards.filter(Exists(there), status=Award.Status.ACCEPTED)
    done = move_all(_whole(rows), CONFIRM, by=None)
    for award in done:
        plan(award, on=day_of(at))
    tell_changed(done, at)
    return len(done)


def _unconfirm(awards: AwardQuerySet) -> int:
    """A registration that was recorded by mistake: the award waits for it again, and no payment is planned."""
    there = registered().filter(**{FILE: OuterRef("candidacy__application")})
    rows = awards.filter(~Exists(there), status=Award.Status.CONFIRMED)
    back = move_all(_whole(rows), WAIT_AGAIN, by=None)
    drop_unpaid(back)
    return len(back)


def _whole(rows: QuerySet[Award]) -> QuerySet[Award]:
    return rows.select_related("candidacy__round__cycle", "candidacy__application__applicant")
