"""Saving a step of a draft: everything valid is kept, and two tabs do not overwrite each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

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
    """Keep the valid part of a step's form; whether all of it was valid. `form.seen` is the mark of what is kept.

    Raises ChangedElsewhere when another page wrote the step since it was shown, Refused when the draft may not be
    changed; nothing is written then. A page is never in its own way: the line may have lost the answer to a save
    that was made.
    """
    locked = _locked(application, form, by=by, at=at)
    ours = bool(shown.page) and locked.writers.get(step) == shown.page
    if shown.seen != form.state(locked) and not ours:
        raise ChangedElsewhere("")
    # Its lines are matched with the rows as they are now, under the lock.
    form.instance = locked
    valid: bool = form.is_valid()
    touch(locked, writers={**locked.writers, step: shown.page}, **form.keep(locked))
    application.revision, application.saved_at = locked.revision, locked.saved_at
    if form.hangs_on:
        # Forget what was fetched of the rows that hang on the draft: they have changed.
        locked.refresh_from_db(fields=form.hangs_on)
    form.seen = form.state(locked)
    return valid


@transaction.atomic
def take_out(
    application: Application, form: Any, place: int, *, by: User, at: datetime
) -> dict[str, Any] | None:
    """Remove one line of a step; what it held, to be put back if that was a slip. None when there is no such line."""
    locked = _locked(application, form, by=by, at=at)
    held: dict[str, Any] | None = form.take_out(locked, place)
    if held is not None:
        touch(locked)
    return held


@transaction.atomic
def put_back(
    application: Application, form: Any, held: dict[str, Any], *, by: User, at: datetime
) -> None:
    """Undo the removal of a line. Raises Refused when its place was taken meanwhile."""
    locked = _locked(application, form, by=by, at=at)
    if not form.put_back(locked, held):
        raise Refused(_("There is no room left to put it back."))
    touch(locked)


def _locked(application: Application, form: Any, *, by: User, at: datetime) -> Application:
    locked = editable(application, by=by, at=at)
    prefetch_related_objects([locked], *form.hangs_on)
    return locked
