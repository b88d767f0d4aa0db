"""System checks: what must hold of the settings before a letter leaves."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def lease_outlives_delivery(**kwargs: Any) -> list[CheckMessage]:
    """A lease that ends while its delivery may still be going on would make letters leave twice."""
    if settings.OUTBOX_LEASE >= 3 * settings.OUTBOX_DEADLINE:
        return []
    return [
        Error(
            "OUTBOX_LEASE must be at least three times OUTBOX_DEADLINE.",
            id="notifications.E001",
        )
    ]
