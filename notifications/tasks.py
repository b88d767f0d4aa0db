"""The timetable's two errands for letters.

Acknowledged at once: a lost errand is asked for again within seconds, and a late acknowledgement that finds
the broker gone can end the whole worker.
"""

from celery import shared_task

from audit.turns import run
from notifications import errands


@shared_task(acks_late=False)
def deliver() -> None:
    """Send what is due."""
    run(errands.DELIVER)


@shared_task(acks_late=False)
def settle() -> None:
    """Find out what became of letters whose worker vanished."""
    run(errands.SETTLE)
