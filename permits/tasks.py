"""What the timetable does for permits."""

from celery import shared_task

from audit.turns import run
from permits import errands


@shared_task
def remind_of_permits() -> None:
    """Remind those whose latest day to ask for a permit is near."""
    run(errands.REMIND_OF_PERMITS)


@shared_task
def warn_of_late_permits() -> None:
    """Tell those whose latest day has passed."""
    run(errands.WARN_OF_LATE_PERMITS)
