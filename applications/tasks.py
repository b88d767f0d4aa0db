"""What the timetable does for the intake."""

from celery import shared_task

from applications import errands
from audit.turns import run


@shared_task
def remind_drafts() -> None:
    """Write to those whose draft is not submitted and closes soon."""
    run(errands.REMIND_DRAFTS)


@shared_task
def remind_referees() -> None:
    """Write to the referees whose letter is awaited and due soon."""
    run(errands.REMIND_REFEREES)
