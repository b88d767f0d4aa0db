"""What the timetable does about accounts."""

from celery import shared_task

from accounts import errands
from audit.turns import run


@shared_task
def clear_sessions() -> None:
    """Remove the sessions that have ended, with the text kept in them."""
    run(errands.CLEAR_SESSIONS)
