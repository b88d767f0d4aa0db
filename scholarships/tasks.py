"""What the timetable does about awards."""

from celery import shared_task

from audit.turns import run
from scholarships import errands


@shared_task
def settle_awards() -> None:
    """Record what became of awards."""
    run(errands.SETTLE_AWARDS)


@shared_task
def remind_of_awards() -> None:
    """Write to those whose award waits for a reply."""
    run(errands.REMIND_OF_AWARDS)
