"""Each opening of a file by staff leaves a line on the trail."""

from typing import Any

from applications.models import Submission
from audit.moves import record

OPENED = "open"


def opened(submission: Submission | None, *, by: Any, **details: str) -> None:
    """Somebody looks at this submission now, or at one of its documents."""
    if submission:
        record(OPENED, submission, by=by, **details)
