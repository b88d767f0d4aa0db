"""Plans of who reads what: asked for, worked out by the worker, then applied or discarded by a person."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.moves import Actor, Move, Refused, move, record
from committee.figures import figures
from committee.gathering import gather, hidden_from
from committee.models import Plan
from committee.permissions import plans
from committee.problem import Problem, Solution
from cycles.models import Cycle
from reviews.assignment import assign_all, unassign_all
from reviews.models import Assignment

STALE = gettext_lazy(
    "Files, readers or readings have changed since this plan was worked out. Have a new one worked out."
)


def is_worker(user: Any, plan: Plan) -> bool:
    """Nobody in person: what the worker alone brings about."""
    return user is None


def is_stale(plan: Plan) -> bool:
    """Whether what the plan was worked out from has changed since."""
    return gather(plan).fingerprint() != plan.basis


def what_blocks(plan: Plan) -> Iterable[Any]:
    """A plan of yesterday's files is not applied today."""
    if is_stale(plan):
        yield STALE


SOLVE = Move("solve_plan", (Plan.Status.ASKED,), Plan.Status.READY, may=is_worker)
FAIL = Move("fail_plan", (Plan.Status.ASKED,), Plan.Status.FAILED, may=is_worker)
APPLY = Move(
    "apply_plan",
    (Plan.Status.READY,),
    Plan.Status.APPLIED,
    may=plans,
    blocked_by=what_blocks,
    label=gettext_lazy("Apply the plan"),
)
DISCARD = Move(
    "discard_plan",
    (Plan.Status.ASKED, Plan.Status.READY),
    Plan.Status.DISCARDED,
    may=plans,
    label=gettext_lazy("Discard the plan"),
)


@transaction.atomic
def ask_plan(
    cycle: Cycle, *, by: User, kind: str, most: int | None = None, may_move: bool = False
) -> Plan:
    """Have the worker look for who reads what; one at a time in a cycle. Raises Refused."""
    if not plans(by, None):
        raise Refused(_("You may not do this."), forbidden=True)
    another = kind == Plan.Kind.ANOTHER
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                cycle=cycle,
                kind=kind,
                most=most if another else None,
                may_move=may_move and not another,
                made_by=by,
            )
    except IntegrityError as error:
        raise Refused(_("A plan of this cycle is being worked out.")) from error
    record("ask_plan", plan, by=by, new=plan.status)
    return plan


def finish(plan: Plan, problem: Problem, solution: Solution, *, seconds: float) -> Plan:
    """What the worker found, for a person to look at. Raises Refused when it was discarded meanwhile."""
    return move(
        plan,
        SOLVE,
        by=None,
        basis=problem.fingerprint(),
        lines=[list(pair) for pair in solution.pairs],
        moves=[list(pair) for pair in solution.moved],
        figures=figures(problem, solution, seconds=seconds),
        lease_until=None,
    )


def fail(plan: Plan) -> Plan:
    """The worker gives up. Raises Refused when the plan was discarded meanwhile."""
    return move(plan, FAIL, by=None, lease_until=None)


@transaction.atomic
def apply_plan(plan: Plan, *, by: User) -> Plan:
    """Give and take back all that the plan says, or nothing; never what was begun. Raises Refused.

    One plan of a cycle after the other: whoever comes second finds theirs out of date.
    """
    # Without the key: applicants of the cycle go on submitting while we write.
    Cycle.objects.select_for_update(no_key=True).get(pk=plan.cycle_id)
    move(plan, APPLY, by=by)
    if hidden_from(by, plan):
        raise Refused(
            _("You are in conflict with a file of this plan: another coordinator applies it.")
        )
    if plan.moves:
        why = str(_("Plan %(number)s") % {"number": plan.pk})
        unassign_all(_rows(plan), by=by, why=why)
    assign_all(plan.cycle, [(file, reader) for file, reader in plan.lines], by=by)
    return plan


def _rows(plan: Plan) -> Any:
    """The readings that the plan takes back."""
    pairs = {(file, reader) for file, reader in plan.moves}
    found = Assignment.objects.filter(
        application__in={file for file, _reader in pairs}, status=Assignment.Status.ASSIGNED
    ).values_list("pk", "application", "reviewer")
    return Assignment.objects.filter(
        pk__in=[pk for pk, file, reader in found if (file, reader) in pairs]
    )


@transaction.atomic
def discard_plan(plan: Plan, *, by: User) -> Plan:
    """Nothing of it happens. Raises Refused."""
    return move(plan, DISCARD, by=by)


def actions(plan: Plan, *, by: Actor) -> set[str]:
    """The names of the moves that this person could make now, staleness left aside."""
    return {
        step.name for step in (APPLY, DISCARD) if step.may(by, plan) and plan.status in step.sources
    }
