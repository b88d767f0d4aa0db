"""The timetable's errands for files.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from audit.turns import run
from papers import errands


@shared_task(acks_late=False)
def check_files() -> None:
    """Scan and clean what waits."""
    run(errands.CHECK_FILES)


@shared_task(acks_late=False)
def sweep_files() -> None:
    """Delete what no row names after a day."""
    run(errands.SWEEP_FILES)


@shared_task(acks_late=False)
def sweep_uploads() -> None:
    """Forget uploads of a day ago."""
    run(errands.SWEEP_UPLOADS)
