"""What the timetable does for the intake."""

from celery import shared_task
from django.utils import timezone

from applications import referee_reminders
from applications.reminders import remind_all


@shared_task
def remind_drafts() -> None:
    """Write to those whose draft is not submitted and closes soon."""
    remind_all(at=timezone.now())


@shared_task
def remind_referees() -> None:
    """Write to the referees whose letter is awaited and due soon."""
    referee_reminders.remind_all(at=timezone.now())
