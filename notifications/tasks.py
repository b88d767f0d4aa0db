"""The timetable's two errands for letters."""

from celery import shared_task

from notifications import delivery, settling


@shared_task
def deliver() -> None:
    """Send what is due."""
    delivery.deliver()


@shared_task
def settle() -> None:
    """Find out what became of letters whose worker vanished."""
    settling.settle()
