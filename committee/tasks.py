"""The timetable's errand for plans. Acknowledged at once: a lost errand is asked for again within seconds."""

from celery import shared_task

from audit.turns import run
from committee import errands


@shared_task(acks_late=False)
def solve_plans() -> None:
    """Work out the plans that somebody asked for."""
    run(errands.SOLVE_PLANS)
