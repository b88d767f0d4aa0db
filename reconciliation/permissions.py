"""Who may do what with UdeM's lists: coordinators, and nobody else. Directors see none of it."""

from typing import Any

from accounts.permissions import coordinates
from reconciliation.models import UdemList


def settles_lists(user: Any) -> bool:
    """Whether the person brings in, compares, applies, undoes and erases lists, and takes one out."""
    return coordinates(user)


def settles(user: Any, udem_list: UdemList) -> bool:
    """The same, for the table of moves."""
    return settles_lists(user)


def erases(user: Any, udem_list: UdemList) -> bool:
    """A coordinator, or the calendar when its time is over."""
    return user is None or settles_lists(user)
