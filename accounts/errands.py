"""What the timetable does about accounts."""

from django.utils.translation import gettext_lazy as _

from accounts.session_store import SessionStore
from audit.timetable import HOUR, Errand, register

CLEAR_SESSIONS = register(
    Errand(
        task="accounts.tasks.clear_sessions",
        every=HOUR,
        title=_("Clear sessions"),
        says=_("Removes the sessions that have ended, with the text kept in them."),
        does=SessionStore.clear_expired,
    )
)
