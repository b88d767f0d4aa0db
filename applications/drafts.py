"""Saving a step of a draft: everything valid is kept, and two tabs do not overwrite each other."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.lifecycle import editable, touch
from applications.models import Application
from audit.moves import Refused


class ChangedElsewhere(Refused):
    """Another tab or device saved this step after this page was opened."""


@transaction.atomic
def save_step(application: Application, form: Any, *, seen: str, by: User, at: datetime) -> bool:
    """Keep the valid part of a step's form; whether all of it was valid.

    `seen` is the mark of what the page showed when it was opened. Raises ChangedElsewhere when the step has
    changed since, Refused when the draft may not be changed; nothing is written then.
    """
    locked = editable(application, by=by, at=at)
    if seen != form.state(locked):
        raise ChangedElsewhere("")
    valid: bool = form.is_valid()
    form.keep(locked)
    touch(locked)
    application.revision, application.saved_at = locked.revision, locked.saved_at
    return valid
