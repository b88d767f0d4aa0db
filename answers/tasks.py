"""What the timetable does on the day of the answers."""

from celery import shared_task

from answers import errands
from audit.turns import run


@shared_task
def release_due() -> None:
    """Show the releases whose hour has come."""
    run(errands.RELEASE_DUE)


@shared_task
def free_letters() -> None:
    """Let the letters follow whose first ones arrived."""
    run(errands.FREE_LETTERS)
