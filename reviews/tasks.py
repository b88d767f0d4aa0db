"""What the timetable does for judging. Each task is safe to run twice."""

from celery import shared_task

from audit.turns import run
from reviews import errands


@shared_task
def detect_conflicts() -> None:
    """Compare the files of each cycle with the staff, where something changed since the last time."""
    run(errands.DETECT_CONFLICTS)


@shared_task
def estimate() -> None:
    """Correct the scores of the cycles whose marks changed."""
    run(errands.ESTIMATE)


@shared_task
def write_to_readers() -> None:
    """Write to those who have files left to read, once a week and when something is due soon."""
    run(errands.WRITE_TO_READERS)
