"""The timetable's errands for dossiers.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from audit.turns import run
from dossiers import errands


@shared_task(acks_late=False)
def bind_dossiers() -> None:
    """Bind what is needed and not there yet."""
    run(errands.BIND_DOSSIERS)


@shared_task(acks_late=False)
def scan_names() -> None:
    """Look through the files of blind cycles for what tells who wrote them."""
    run(errands.SCAN_NAMES)
