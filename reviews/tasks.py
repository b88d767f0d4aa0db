"""What the timetable does for judging. Each task is safe to run twice."""

from celery import shared_task

from reviews import comparing, estimates


@shared_task
def detect_conflicts() -> None:
    """Compare the files of each cycle with the staff, where something changed since the last time."""
    comparing.detect_due()


@shared_task
def estimate() -> None:
    """Correct the scores of the cycles whose marks changed."""
    estimates.estimate_all()
