"""The letters about permits: a latest day is near, or has passed. Neither tells a status, a number or an answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from applications.letters import MY_PAGE
from applications.models import Application
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.outbox import Addressed
from permits.models import Kind
from permits.plan import Line

PERMIT_REMINDER = Letter("permit_reminder")
PERMIT_LATE = Letter("permit_late")


def address(letter: Letter, application: Application, lines: Sequence[Line], key: str) -> Addressed:
    """One copy of a letter about these steps, in the person's language."""
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=key,
        context=about(application, [line.kind for line in lines], lines[0].due),
    )


def about(application: Application, kinds: Sequence[Kind], due: date | None) -> dict[str, Any]:
    """What each of these letters knows."""
    return {
        "application": application,
        "cycle": application.cycle,
        "kinds": list(kinds),
        "due": due,
        "dates": dates(application, kinds[0], due),
    }


def dates(application: Application, kind: Kind, due: date | None) -> list[Entry]:
    """The latest day, for a calendar."""
    if due is None:
        return []
    return [Entry(f"permit-{kind}", kind.label, due, application.number, MY_PAGE)]
