"""The timetable's errands for dossiers.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from dossiers import binding, scanning


@shared_task(acks_late=False)
def bind_dossiers() -> None:
    """Bind what is needed and not there yet."""
    binding.bind_due()


@shared_task(acks_late=False)
def scan_names() -> None:
    """Look through the files of blind cycles for what tells who wrote them."""
    scanning.scan_due()
