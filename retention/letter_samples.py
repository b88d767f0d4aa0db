"""The letter of retention, for the catalogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.catalogue import Asked, Entry, Reader, register
from retention import letters


def waiting(asked: Asked) -> dict[str, Any]:
    """Two lists."""
    return letters.context(2)


register(
    Entry(
        letter=letters.DISPOSAL_WAITING,
        title=_("Lists of records to destroy wait"),
        when=_("Once a week, while a list waits to be checked or approved"),
        reader=Reader.STAFF,
        sample=waiting,
        words={},
        is_fixed=True,
    )
)
