"""Saving a step of a draft: everything valid is kept, and two tabs do not overwrite each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.lifecycle import editable, touch
from applications.models import Application
from audit.moves import Refused


@dataclass(frozen=True)
class Shown:
    """What a page of a step says of itself: the mark of what it showed, and the page's own name."""

    seen: str
    page: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> "Shown":
        """From what the form sent."""
        return cls(typed.get("seen", ""), typed.get("page", "")[:32])


class ChangedElsewhere(Refused):
    """Another tab or device saved this step after this page was opened."""


@transaction.atomic
def save_step(
    application: Application, step: str, form: Any, *, shown: Shown, by: User, at: datetime
) -> bool:
    """Keep the valid part of a step's form; whether all of it was valid.

    Raises ChangedElsewhere when another page wrote the step since it was shown, Refused when the draft may not be
    changed; nothing is written then. A page is never in its own way: the line may have lost the answer to a save
    that was made.
    """
    locked = editable(application, by=by, at=at)
    ours = bool(shown.page) and locked.writers.get(step) == shown.page
    if shown.seen != form.state(locked) and not ours:
        raise ChangedElsewhere("")
    valid: bool = form.is_valid()
    form.keep(locked)
    touch(locked, writers={**locked.writers, step: shown.page})
    application.revision, application.saved_at = locked.revision, locked.saved_at
    return valid
