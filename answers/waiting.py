"""The waitlist of a program, in the order in which people are called.

A place is a part of the answer: another place is another version, to be approved anew. Files that a conflict
hides from whoever puts the list in order keep their places, and the others go round them.
"""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from answers.acts import remember
from answers.models import Act
from answers.permissions import orders
from audit.moves import Refused, move_all
from cycles.models import Cycle, Program
from reviews import decisions
from reviews.models import Decision, Outcome
from reviews.models.assignment import conflicting


def listed(cycle: Cycle, program: Program) -> "models.QuerySet[Decision]":
    """The whole waitlist, first place first; those without a place last."""
    rows = Decision.objects.current().filter(
        application__cycle=cycle, program=program, outcome=Outcome.WAITLIST
    )
    return rows.order_by(F("rank").asc(nulls_last=True), "pk")


def waiting(cycle: Cycle, program: Program, user: User) -> "models.QuerySet[Decision]":
    """What may still be put in order: not released, without one's conflicts."""
    rows = listed(cycle, program).exclude(status=Decision.Status.RELEASED)
    return rows.exclude(application__in=conflicting(user))


def released(cycle: Cycle, program: Program, user: User) -> "models.QuerySet[Decision]":
    """The waitlist as its people know it, in calling order, without one's conflicts; with what became of each.

    Those who got another answer since, or withdrew, keep their line: who is called next comes after them.
    """
    since = Decision.objects.exclude(status=Decision.Status.SET_ASIDE).select_related("program")
    rows = Decision.objects.filter(
        application__cycle=cycle,
        program=program,
        outcome=Outcome.WAITLIST,
        status__in=(Decision.Status.RELEASED, Decision.Status.CORRECTED),
    )
    return (
        rows.exclude(application__in=conflicting(user))
        .select_related("application__standing")
        .prefetch_related(models.Prefetch("corrections", since, to_attr="answers_since"))
        .order_by(F("rank").asc(nulls_last=True), "pk")
    )


@transaction.atomic
def place(decision: Decision, place: int, *, by: User) -> int:
    """Give a file this place; the others move by one. Returns how many places changed. Raises Refused.

    `place` counts from 1 in the list that this person sees.
    """
    cycle, program = decision.application.cycle, decision.program
    if program is None or decision.outcome != Outcome.WAITLIST:
        raise Refused(_("This file is not on a waitlist."))
    rows = _held(cycle, program, by)
    chosen = [row for row in rows if row.pk == decision.pk]
    if not chosen:
        raise Refused(_("This can no longer be done: the file has changed since."))
    others = [row for row in rows if row.pk != decision.pk]
    at = min(max(place, 1), len(rows)) - 1
    return _rewrite([*others[:at], *chosen, *others[at:]], cycle, program, by)


@transaction.atomic
def renumber(cycle: Cycle, program: Program, *, by_score: bool = False, by: User) -> int:
    """Places from 1 on without gaps or ties, in the same order or in that of the scores; returns how many changed."""
    rows = _held(cycle, program, by)
    if by_score:
        rows.sort(key=_score, reverse=True)
    return _rewrite(rows, cycle, program, by)


def _score(row: Decision) -> tuple[bool, float]:
    """The corrected score of a file; those without one last."""
    standing = getattr(row.application, "standing", None)
    score = standing.adjusted if standing else None
    return score is not None, float(score or 0)


def _held(cycle: Cycle, program: Program, by: User) -> list[Decision]:
    """The waitlist that this person sees, in order, held until we are done. Raises Refused."""
    if not orders(by):
        raise Refused(_("You may not do this."), forbidden=True)
    decisions.hold_waitlist(cycle.pk, program)
    rows = waiting(cycle, program, by).select_related("application__standing")
    return list(rows.select_for_update(of=("self",)))


def _rewrite(rows: Sequence[Decision], cycle: Cycle, program: Program, by: User) -> int:
    """Write a new version for each file whose place is another one, as one act."""
    seen = {row.pk for row in rows}
    others = listed(cycle, program).exclude(pk__in=seen)
    taken = set(others.values_list("rank", flat=True))
    free = (number for number in range(1, len(rows) + len(taken) + 1) if number not in taken)
    moved = [(row, number) for row, number in zip(rows, free, strict=False) if row.rank != number]
    if not moved:
        return 0
    old = Decision.objects.filter(pk__in=[row.pk for row, _number in moved])
    move_all(old, decisions.SET_ASIDE, by=by, is_current=False)
    wanted = [
        decisions.Wanted(row.application_id, row.outcome, row.program_id, number, by.pk)
        for row, number in moved
    ]
    made = decisions.new_versions(wanted, by=by, verb="place_on_waitlist")
    after = {row.application_id: row for row in made}
    pairs = [(row, after[row.application_id]) for row, _number in moved]
    remember(Act.Kind.PLACE, pairs, cycle=cycle.pk, by=by, program=program)
    return len(moved)
