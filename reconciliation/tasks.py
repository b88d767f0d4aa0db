"""The timetable's errands for UdeM's lists. What is asked for waits in the database; no task carries anything."""

from celery import shared_task

from audit.turns import run
from reconciliation import errands


@shared_task(acks_late=False)
def apply_lists() -> None:
    """Write the long lists that somebody applied."""
    run(errands.APPLY_LISTS)


@shared_task
def forget_lists() -> None:
    """Erase the lists whose time is over."""
    run(errands.FORGET_LISTS)
