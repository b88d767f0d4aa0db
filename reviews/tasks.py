"""What the timetable does for judging."""

from celery import shared_task

from reviews import comparing


@shared_task
def detect_conflicts() -> None:
    """Compare the files of each cycle with the staff, where something changed since the last time."""
    comparing.detect_due()
