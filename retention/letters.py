"""The one letter of retention: to those who look after the lists."""

from typing import Any

from notifications.letters import Letter

DISPOSAL_WAITING = Letter("disposal_waiting", priority=1)


def context(waiting: int) -> dict[str, Any]:
    """How many lists wait."""
    return {"waiting": waiting}
