"""The worker's part of a plan. It brings in the solver, so nothing of the web imports it."""

import logging
import time
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.moves import Refused
from committee import planning
from committee.flow import solve
from committee.gathering import gather
from committee.models import Plan

LEASE = timedelta(minutes=5)
MOST_TRIES = 3
logger = logging.getLogger(__name__)


def solve_due() -> int:
    """Work out every plan that waits; how many were taken."""
    taken = 0
    while plan := take():
        work_out(plan)
        taken += 1
    return taken


@transaction.atomic
def take() -> Plan | None:
    """The plan that waits longest, for us alone until its lease ends; one that killed three workers has failed."""
    rows = Plan.objects.due().select_for_update(skip_locked=True, of=("self",))
    plan = rows.select_related("cycle", "made_by").first()
    if plan and plan.tries >= MOST_TRIES:
        planning.fail(plan)
        return None
    if plan:
        plan.tries += 1
        plan.lease_until = timezone.now() + LEASE
        plan.save(update_fields=["tries", "lease_until"])
    return plan


def work_out(plan: Plan) -> None:
    """Find the best assignment and keep it; whatever goes wrong, the plan says so and the next one is tried."""
    # Refused: discarded, or worked out by another worker, while we were at it.
    with suppress(Refused):
        began = time.monotonic()
        try:
            problem = gather(plan)
            solution = solve(problem)
        except Exception as met:
            logger.warning("Plan %s failed: %s", plan.pk, type(met).__name__)
            planning.fail(plan)
        else:
            planning.finish(plan, problem, solution, seconds=time.monotonic() - began)
