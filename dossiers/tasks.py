"""The timetable's errand for dossiers.

Acknowledged at once: a lost errand is asked for again within seconds.
"""

from celery import shared_task

from dossiers import binding


@shared_task(acks_late=False)
def bind_dossiers() -> None:
    """Bind what is needed and not there yet."""
    binding.bind_due()
