"""The timetable's errands for files.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from papers import checking


@shared_task(acks_late=False)
def check_files() -> None:
    """Scan and clean what waits."""
    checking.check_due()
