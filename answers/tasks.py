"""What the timetable does on the day of the answers."""

from celery import shared_task

from answers import freeing, release


@shared_task
def release_due() -> None:
    """Show the releases whose hour has come."""
    release.release_due()


@shared_task
def free_letters() -> None:
    """Let the letters follow whose first ones arrived."""
    freeing.free_proven()
