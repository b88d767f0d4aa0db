"""What the timetable does for judging. Each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from reviews import comparing, digest, estimates


@shared_task
def detect_conflicts() -> None:
    """Compare the files of each cycle with the staff, where something changed since the last time."""
    comparing.detect_due()


@shared_task
def estimate() -> None:
    """Correct the scores of the cycles whose marks changed."""
    estimates.estimate_all()


@shared_task
def write_to_readers() -> None:
    """Write to those who have files left to read, once a week and when something is due soon."""
    digest.write_all(at=timezone.now())
