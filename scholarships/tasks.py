"""What the timetable does for scholarships."""

from celery import shared_task

from audit.turns import run
from scholarships import announcing_errands, award_errands


@shared_task
def show_results() -> None:
    """Show the results of scholarships whose hour has come."""
    run(announcing_errands.SHOW_RESULTS)


@shared_task
def remind_panels() -> None:
    """Write to members of a panel with applications left."""
    run(announcing_errands.REMIND_PANELS)


@shared_task
def settle_awards() -> None:
    """Record what became of awards."""
    run(award_errands.SETTLE_AWARDS)


@shared_task
def remind_of_awards() -> None:
    """Write to those whose award waits for a reply."""
    run(award_errands.REMIND_OF_AWARDS)
