"""What tests of the committee need: plans in each state, and readers who take so much."""

from typing import Any

from accounts.models import User
from committee import planning, solving
from committee.models import Plan
from committee.readers import Typed, set_readerships
from cycles.models import Cycle


def asked(cycle: Cycle, *, by: User, kind: str = "first", **fields: Any) -> Plan:
    """A plan that waits for the worker."""
    return planning.ask_plan(cycle, by=by, kind=kind, **fields)


def ready(cycle: Cycle, *, by: User, kind: str = "first", **fields: Any) -> Plan:
    """A plan that the worker has found."""
    plan = asked(cycle, by=by, kind=kind, **fields)
    solving.solve_due()
    plan.refresh_from_db()
    return plan


def takes(cycle: Cycle, reader: User, *, by: User, **fields: Any) -> int:
    """Say what this reader takes."""
    usual: dict[str, Any] = {
        "capacity": 15,
        "programs": frozenset(),
        "reads_french": True,
        "reads_english": True,
        "away": False,
    }
    return set_readerships(cycle, [Typed(reader=reader.pk, **{**usual, **fields})], by=by)
