"""What the timetable does at the office's desk."""

from celery import shared_task

from audit.turns import run
from desk import errands


@shared_task
def remind_of_pieces() -> None:
    """Remind those whose piece is due within three days."""
    run(errands.REMIND_OF_PIECES)
