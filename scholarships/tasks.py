"""What the timetable does for scholarships."""

from celery import shared_task

from audit.turns import run
from scholarships import announcing_errands


@shared_task
def show_results() -> None:
    """Show the results of scholarships whose hour has come."""
    run(announcing_errands.SHOW_RESULTS)


@shared_task
def remind_panels() -> None:
    """Write to members of a panel with applications left."""
    run(announcing_errands.REMIND_PANELS)
