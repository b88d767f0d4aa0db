"""The timetable's errands for files.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from papers import checking, sweeping, uploads


@shared_task(acks_late=False)
def check_files() -> None:
    """Scan and clean what waits."""
    checking.check_due()


@shared_task(acks_late=False)
def sweep_files() -> None:
    """Delete what no row names after a day."""
    sweeping.sweep()


@shared_task(acks_late=False)
def sweep_uploads() -> None:
    """Forget uploads of a day ago."""
    uploads.sweep()
