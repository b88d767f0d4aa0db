"""Refuses a set-up that could lose what was confirmed: checked by `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# Without these a power cut takes commits that a person saw confirmed.
CAREFUL = ("fsync", "synchronous_commit", "full_page_writes")


@register(Tags.database)
def careful_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A confirmed commit is on the disk. The tests' own engine, which no one trusts, is let off."""
    if getattr(settings, "CARELESS_DATABASE_ALLOWED", False):
        return []
    return [
        Error(
            f"PostgreSQL runs with {name} = {value}: a power cut could lose confirmed work.",
            hint=f"Set {name} = on for this server, database and role.",
            id="mila.E001",
        )
        for alias in databases or []
        for name, value in durability(alias).items()
        if value == "off"
    ]


def durability(alias: str) -> dict[str, str]:
    """What PostgreSQL says of each setting to a session of ours."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(CAREFUL)]
        )
        return dict(cursor.fetchall())


@register()
def lease_outlives_deadline(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A letter's lease never ends while its delivery may still be under way."""
    if settings.OUTBOX_LEASE >= 3 * settings.OUTBOX_DEADLINE:
        return []
    return [
        Error(
            f"OUTBOX_LEASE ({settings.OUTBOX_LEASE} s) is less than three times OUTBOX_DEADLINE "
            f"({settings.OUTBOX_DEADLINE} s): a letter could be sent twice.",
            id="mila.E002",
        )
    ]
