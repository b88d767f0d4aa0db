"""Sessions that know when they end, so that a page can say so before it happens."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from notifications.mail_switch import MailSwitch


class SessionStore(db.SessionStore):
    """Django's sessions in the database; the one fetched tells the moment in its row."""

    ends_at: datetime | None = None
    mail_is_paused = False

    def _get_session_from_db(self) -> Any:
        # With whether all mail is paused, which each page of the staff says: no look-up of its own for that.
        sessions = self.model.objects.annotate(mail_is_paused=MailSwitch.is_paused())
        row = sessions.filter(session_key=self.session_key, expire_date__gt=timezone.now()).first()
        self.ends_at = row.expire_date if row else None
        self.mail_is_paused = bool(row and row.mail_is_paused)
        if row is None:
            self._session_key = None
        return row

    def prolong(self) -> None:
        """Begin the time of this session anew: as long as it was given when the person signed in."""
        if "_session_expiry" in self:
            self.set_expiry(settings.STAY_SIGNED_IN)
        self.modified = True
        self.ends_at = self.get_expiry_date()
