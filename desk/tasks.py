"""What the timetable does at the office's desk."""

from celery import shared_task
from django.utils import timezone

from desk.pieces import remind_all


@shared_task
def remind_of_pieces() -> None:
    """Remind those whose piece is due within three days."""
    remind_all(at=timezone.now())
