"""What the timetable does about accounts."""

from celery import shared_task

from accounts.session_store import SessionStore


@shared_task
def clear_sessions() -> None:
    """Remove the sessions that have ended, with the text kept in them."""
    SessionStore.clear_expired()
