"""A wrong key is said at start, not by a page: `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from followup.resealing import unopened


@register(Tags.database)
def keys_open_what_is_sealed(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """SEALING_KEYS opens the oldest and the newest of what each sealed column holds."""
    return [
        Error(
            f"No key of SEALING_KEYS opens what {column} holds.",
            hint="Put the key that sealed it back, after the newest one; see docs/operations.md.",
            id="mila.E004",
        )
        for alias in databases or []
        for column in unopened(alias)
    ]
