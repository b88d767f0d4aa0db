"""What the timetable does about the end of records."""

from celery import shared_task

from audit.turns import run
from retention import errands


@shared_task
def list_due() -> None:
    """List what is due."""
    run(errands.LIST_DUE)


@shared_task
def execute() -> None:
    """Destroy what was approved."""
    run(errands.EXECUTE)
