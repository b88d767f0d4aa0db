"""What the timetable does for judging."""

from celery import shared_task
from django.utils import timezone

from reviews import digest


@shared_task
def write_to_readers() -> None:
    """Write to those who have files left to read, once a week and when something is due soon."""
    digest.write_all(at=timezone.now())
