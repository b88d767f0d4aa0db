"""Sessions that know when they end, so that a page can say so before it happens."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's sessions in the database; the one fetched tells the moment in its row."""

    ends_at: datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.ends_at = row.expire_date if row else None
        return row

    def prolong(self) -> None:
        """Begin the time of this session anew: as long as it was given when the person signed in."""
        if "_session_expiry" in self:
            self.set_expiry(settings.STAY_SIGNED_IN)
        self.modified = True
        self.ends_at = self.get_expiry_date()
