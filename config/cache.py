"""The cache's table, written in one statement at a time.

Django's own backend counts the whole table and looks the key up before each write; signing in writes a dozen
times. What expired is swept now and then instead.
"""

import base64
import itertools
import pickle
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router, transaction
from django.utils import timezone

WRITES_BETWEEN_SWEEPS = 500
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)

SET = """
INSERT INTO {table} AS held (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
# Holds only where nothing valid is there: two who add at once cannot both succeed.
ADD = f"{SET} WHERE held.expires < %(now)s"
TOUCH = "UPDATE {table} SET expires = %(until)s WHERE cache_key = %(key)s AND expires >= %(now)s"
STATEMENTS = {"set": SET, "add": ADD, "touch": TOUCH}


class TableCache(DatabaseCache):
    """Django's cache in a table of PostgreSQL, for counters that must hold when the broker is down."""

    _table: str
    _max_entries: int
    _writes = itertools.count(1)

    def _base_set(
        self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT
    ) -> bool:
        """Write one entry; false when `add` found one, `touch` found none, or the database refused."""
        now = timezone.now()
        seconds = self.get_backend_timeout(timeout)
        values: dict[str, Any] = {
            "key": key,
            "value": base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1"),
            "until": FOREVER if seconds is None else datetime.fromtimestamp(seconds, tz=UTC),
            "now": now,
        }
        alias = router.db_for_write(self.cache_model_class)
        connection = connections[alias]
        table = connection.ops.quote_name(self._table)
        try:
            with transaction.atomic(using=alias), connection.cursor() as cursor:
                cursor.execute(STATEMENTS[mode].format(table=table), values)
                written = bool(cursor.rowcount)
        except DatabaseError:
            return False
        if next(self._writes) % WRITES_BETWEEN_SWEEPS == 0:
            self._sweep(alias, now)
        return written

    def _sweep(self, alias: str, now: datetime) -> None:
        """Delete what expired; were there still too many, also what would expire first."""
        table = connections[alias].ops.quote_name(self._table)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
            cursor.execute(
                f"DELETE FROM {table} WHERE cache_key IN (SELECT cache_key FROM {table} "  # noqa: S608
                "ORDER BY expires DESC OFFSET %s)",
                [self._max_entries],
            )
