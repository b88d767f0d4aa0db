"""The timetable's errands for dossiers."""

from celery import shared_task

from dossiers import scanning


@shared_task(acks_late=False)
def scan_names() -> None:
    """Look through the files of blind cycles for what tells who wrote them."""
    scanning.scan_due()
