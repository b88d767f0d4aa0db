"""What the timetable does for judging."""

from celery import shared_task

from reviews import estimates


@shared_task
def estimate() -> None:
    """Correct the scores of the cycles whose marks changed."""
    estimates.estimate_all()
