"""Proposing results, taking them back, approving them: a coordinator and a director, never one person.

Nothing here tells anybody anything: only an announcement does (`announcing`).
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import coordinates, directs
from audit.moves import Move, Refused, move_all, record
from scholarships.models import FROZEN, Candidacy, Result, Round
from scholarships.panels import approves, proposes
from scholarships.ranking import Ranking, ranking
from scholarships.result_rules import (
    Wanted,
    as_ranked,
    exceptions,
    refusals,
    standing_of,
)

Status = Result.Status


def on_a_list(result: Result) -> list[str]:
    """The blocker of any change: a frozen list stays what two people look at."""
    if result.announcement is None or result.announcement.status not in FROZEN:
        return []
    return [_("It is on a frozen list: cancel the announcement first.")]


PROPOSE_ANEW = Move(
    "propose_result",
    (Status.PROPOSED, Status.APPROVED, Status.SET_ASIDE),
    Status.PROPOSED,
    may=proposes,
    blocked_by=on_a_list,
)
WITHDRAW = Move(
    "withdraw_result",
    (Status.PROPOSED,),
    Status.SET_ASIDE,
    may=proposes,
    label=gettext_lazy("Withdraw the proposal"),
)
APPROVE = Move(
    "approve_result",
    (Status.PROPOSED,),
    Status.APPROVED,
    may=approves,
    label=gettext_lazy("Approve"),
)
SEND_BACK = Move(
    "send_back_result",
    (Status.PROPOSED, Status.APPROVED),
    Status.SET_ASIDE,
    may=lambda user, result: directs(user),
    blocked_by=on_a_list,
    label=gettext_lazy("Send back"),
)


def propose(
    candidacy: Candidacy, outcome: str, *, rank: int | None = None, why: str = "", by: User
) -> Result:
    """Propose one result; an earlier one gives way, and must be approved anew. Raises Refused."""
    waits = Wanted(outcome, rank)
    (made,) = _propose(candidacy.round, {candidacy.pk: waits}, why=why, by=by)
    return made


def propose_as_ranked(row: Round, *, why: str = "", by: User) -> list[Result]:
    """Propose the whole round as the ranking stands, but what is proposed or approved already. Raises Refused.

    `why` explains what calls for a reason: ties at the line, applications that too few have read.
    """
    return _propose(row, None, why=why, by=by)


@transaction.atomic
def _propose(row: Round, asked: Mapping[int, Wanted] | None, *, why: str, by: User) -> list[Result]:
    """Judge all of the round's results together, then write those that are new or other than before."""
    if not coordinates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    stands = _hold(row)
    before, seen = standing_of(stands), _seen_ids(row, by)
    whole_round = asked is None
    if asked is None:
        asked = {pk: one for pk, one in as_ranked(stands).items() if pk in seen - before.keys()}
    elif not asked.keys() <= seen & stands.by_id().keys():
        raise Refused(_("You may not do this."), forbidden=True)
    given = {**before, **asked}
    if reasons := refusals(stands, given):
        raise Refused(_("These results cannot be proposed."), reasons)
    new = {pk: one for pk, one in asked.items() if before.get(pk) != one}
    # One reason for the whole round is kept where it is called for; one for one result is kept as it was given.
    asks = {pk for pk in new if not whole_round or exceptions(stands, given, pk)}
    explained = {pk: why.strip() if pk in asks else "" for pk in new}
    _refuse_unexplained(stands, given, {**_kept(stands), **explained})
    return _write(new, explained, by)


def _seen_ids(row: Round, user: User) -> set[int]:
    """Of whom this person may know in a round."""
    rows = Candidacy.objects.visible_to(user).filter(round=row)
    return set(rows.values_list("pk", flat=True))


def _hold(row: Round) -> Ranking:
    """The ranking, while nobody else proposes in the round and no reading of it changes."""
    Round.objects.select_for_update(no_key=True).get(pk=row.pk)
    rows = Candidacy.objects.filter(round=row).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))
    return ranking(row)


def _kept(stands: Ranking) -> dict[int, str]:
    """The reasons that are written already."""
    return {line.candidacy.pk: line.standing.why for line in stands.all if line.standing}


def _refuse_unexplained(
    stands: Ranking, given: Mapping[int, Wanted], said: Mapping[int, str]
) -> None:
    """Raise Refused with every exception that nobody gave a reason for."""
    lines = stands.by_id()
    reasons = [
        f"{lines[pk].candidacy.number} – {text}"
        for pk in given
        if not said.get(pk)
        for text in exceptions(stands, given, pk)
    ]
    if reasons:
        raise Refused(_("Say why, in a few words:"), reasons)


def _write(new: Mapping[int, Wanted], said: Mapping[int, str], by: User) -> list[Result]:
    """Each in its row; one that was set aside or approved is proposed anew. The number of queries grows by one a new row."""
    there = Result.objects.filter(candidacy__in=new).select_related("announcement")
    rows = move_all(there, PROPOSE_ANEW, by=by, approved_by=None, announcement=None)
    for result in rows:
        _fill(result, new[result.candidacy_id], said, by)
    Result.objects.bulk_update(rows, ["outcome", "rank", "why", "proposed_by"])
    known = {result.candidacy_id for result in rows}
    made = [_fill(Result(candidacy_id=pk), new[pk], said, by) for pk in new if pk not in known]
    for result in Result.objects.bulk_create(made):
        record(PROPOSE_ANEW.name, result, by=by, new=Status.PROPOSED)
    return list(Result.objects.filter(candidacy__in=new).order_by("pk"))


def _fill(result: Result, one: Wanted, said: Mapping[int, str], by: User) -> Result:
    result.outcome, result.rank = one.outcome, one.rank
    result.why, result.proposed_by = said[result.candidacy_id], by
    return result


@transaction.atomic
def withdraw(row: Round, numbers: Iterable[str] | None = None, *, by: User) -> int:
    """Take back these proposals, or all of the round's that nobody approved; how many. Raises Refused."""
    if not coordinates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    return len(move_all(_seen(row, numbers, (Status.PROPOSED,), by), WITHDRAW, by=by))


@transaction.atomic
def approve(row: Round, numbers: Iterable[str] | None = None, *, by: User) -> int:
    """Approve these proposals, or all of the round's: all or none. Raises Refused with what stands against them."""
    if not directs(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_as_they_stand(_hold(row))
    rows = _seen(row, numbers, (Status.PROPOSED,), by)
    if rows.filter(proposed_by=by).exists():
        raise Refused(_("Whoever proposed a result does not approve it."))
    return len(move_all(rows, APPROVE, by=by, approved_by=by))


@transaction.atomic
def send_back(row: Round, numbers: Iterable[str] | None = None, *, why: str, by: User) -> int:
    """Give these results back to the coordination, with words; how many. Raises Refused."""
    if not directs(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    rows = _seen(row, numbers, (Status.PROPOSED, Status.APPROVED), by)
    return len(move_all(rows, SEND_BACK, by=by, why=why.strip(), approved_by=None))


def refuse_as_they_stand(stands: Ranking) -> None:
    """Raise Refused where the round's results, as they are written, could not be proposed today."""
    given = standing_of(stands)
    if reasons := refusals(stands, given):
        raise Refused(_("This cannot be done yet."), reasons)
    _refuse_unexplained(stands, given, _kept(stands))


def _seen(
    row: Round, numbers: Iterable[str] | None, statuses: Iterable[str], by: User
) -> "QuerySet[Result]":
    """The round's results in one of these states, of whom this person may know."""
    known = Candidacy.objects.visible_to(by).filter(round=row)
    if numbers is not None:
        known = known.filter(number__in=list(numbers))
    ids = known.order_by().values("pk")
    rows = Result.objects.filter(candidacy__in=ids, status__in=list(statuses))
    return rows.select_related("announcement")
