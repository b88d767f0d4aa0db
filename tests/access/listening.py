"""Everywhere that something could come to lie, besides the pages: each channel as text, to look for what should not be there."""

import base64
import logging
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import redis
from celery.signals import before_task_publish
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection

from notifications.models import OutgoingEmail
from notifications.transport import as_message
from tests.access.walking import in_content
from tests.engines import STARTED

Channel = tuple[str, str]
# As the product writes a line (settings.LOGGING), with its traceback.
_LOGGING: dict[str, Any] = settings.LOGGING
LINE = logging.Formatter(_LOGGING["formatters"]["line"]["format"])


class Ears:
    """Listens from its making on."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.caplog = caplog
        self.tasks: list[str] = []
        self.before = len(_log_of_the_database())

    def published(self, **told: Any) -> None:
        """One message to the broker: its name, arguments and headers."""
        self.tasks.append(repr(told))

    def heard(self) -> Iterator[Channel]:
        """Every channel that is not a page."""
        yield "log", "\n".join(LINE.format(record) for record in self.caplog.records)
        # A handler may show what a record carries: the arguments, the request and its fields.
        yield "log records", "\n".join(repr(vars(record)) for record in self.caplog.records)
        yield "task messages", "\n".join(self.tasks)
        yield "broker", "\n".join(_in_broker())
        yield "error mail", "\n".join(_told(one) for one in mail.outbox)
        yield "letters", "\n".join(_told(as_message(one)) for one in OutgoingEmail.objects.all())
        yield "sessions", "\n".join(repr(one.get_decoded()) for one in Session.objects.all())
        yield "cache", "\n".join(_in_cache())
        yield "database's log", _log_of_the_database()[self.before :]
        for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
            if path.is_file():
                yield f"file {path.name}", f"{path.name}\n{in_content(path.read_bytes())}"
        yield from rows()


def rows() -> Iterator[Channel]:
    """Every row of every table that the ordinary role may read, as a copy of the database holds it."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield f"table {table}", "\n".join(row for (row,) in cursor.fetchall())


def _told(message: Any) -> str:
    """Headers, text and every other part of a letter."""
    made = message.message()
    parts = [str(dict(made.items()))]
    parts += [
        (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
        for part in made.walk()
        if not part.is_multipart()
    ]
    return "\n".join(parts)


def _in_broker() -> Iterator[str]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for key in client.scan_iter():
            yield repr((key, client.dump(key)))


def _in_cache() -> Iterator[str]:
    with connection.cursor() as cursor:
        if "cache_entries" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT cache_key, value FROM cache_entries")
            for key, value in cursor.fetchall():
                yield f"{key} {pickle.loads(base64.b64decode(value))!r}"
    yield repr(caches["pages"]._cache)  # type: ignore[attr-defined]


def _log_of_the_database() -> str:
    """What the server itself wrote: a statement that it refused is there whole."""
    log = Path(os.environ[STARTED]) / "postgres" / "postgres.log"
    return log.read_text("utf-8", "replace") if log.exists() else ""


@contextmanager
def listening(caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> Iterator[Ears]:
    """Everything on, the most talkative it can be: logs at DEBUG, somebody who gets a mail of each error."""
    ears = Ears(caplog)
    monkeypatch.setattr(settings, "ADMINS", [("Adam", "adam@example.com")])
    caplog.set_level("DEBUG")
    before_task_publish.connect(ears.published)
    try:
        with patch.object(settings, "MANAGERS", settings.ADMINS):
            yield ears
    finally:
        before_task_publish.disconnect(ears.published)
