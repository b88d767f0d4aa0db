"""Each opening of a file by staff leaves a line on the trail."""

from typing import Any

from applications.models import Application, Submission
from audit.moves import record

OPENED = "open"


def opened(thing: Submission | Application | None, *, by: Any, **details: str) -> None:
    """Somebody looks now at this submission or one of its documents, or at a file that has none yet."""
    if thing:
        record(OPENED, thing, by=by, **details)
