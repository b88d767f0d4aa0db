"""What the timetable does about exports. Acknowledged at once: a lost errand is asked for again within seconds."""

from celery import shared_task

from audit.turns import run
from finding import errands


@shared_task(acks_late=False)
def make_exports() -> None:
    """Make the exports that wait."""
    run(errands.MAKE_EXPORTS)


@shared_task
def expire_exports() -> None:
    """Erase what is over."""
    run(errands.EXPIRE_EXPORTS)
