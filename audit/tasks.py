"""What the timetable does for itself."""

from celery import shared_task

from audit import errands
from audit.turns import run


@shared_task
def forget_turns() -> None:
    """Forget how the errands went long ago."""
    run(errands.FORGET_TURNS)
