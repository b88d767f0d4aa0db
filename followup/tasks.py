"""What the timetable does after the answer."""

from celery import shared_task
from django.utils import timezone

from followup.offers import lapse_all


@shared_task
def lapse_offers() -> None:
    """Record the offers that nobody replied to in time."""
    lapse_all(at=timezone.now())
