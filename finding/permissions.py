"""Who finds what, and who takes what away. Pure predicates about the person."""

from typing import Any

from accounts.permissions import administers, coordinates, directs, reviews, sits


def works_in_office(user: Any) -> bool:
    """Coordinators and directors, who see every file."""
    return coordinates(user) or directs(user)


def searches(user: Any) -> bool:
    """Whoever has something to find: the office, readers, panels, administrators. The EDI officer opens what was confided one by one."""
    return works_in_office(user) or reviews(user) or sits(user) or administers(user)


def takes_away(user: Any) -> bool:
    """Whoever sees one of the lists that can be kept and taken away: the office, and administrators for the mail."""
    return works_in_office(user) or administers(user)
