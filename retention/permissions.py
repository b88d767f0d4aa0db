"""Who may do what about the end of records."""

from typing import Any

from accounts.permissions import coordinates, directs, protects


def keeps_records(user: Any) -> bool:
    """Coordinators and directors see what is due, what is held and what was destroyed."""
    return coordinates(user) or directs(user)


def checks_list(user: Any, disposal: Any) -> bool:
    """Either may check a list."""
    return keeps_records(user)


def approves_list(user: Any, disposal: Any) -> bool:
    """A director approves, who is not the one who checked."""
    return directs(user) and disposal.checked_by_id != user.pk


def executes(user: Any, disposal: Any) -> bool:
    """The timetable alone."""
    return user is None


def holds_files(user: Any) -> bool:
    """Coordinators and directors hold a file; a director lets it go."""
    return keeps_records(user)


def lifts_holds(user: Any) -> bool:
    """Directors."""
    return directs(user)


def writes_incidents(user: Any) -> bool:
    """Directors and the privacy service keep the register."""
    return directs(user) or protects(user)
