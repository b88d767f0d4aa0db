"""Erasing a draft that was never submitted: its words, its documents, its referees, the letters about it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.documents import purpose_of
from applications.models import Application, Document, Referee
from applications.models.referee import COUNTED
from applications.permissions import owns
from applications.reference_letters import tell_reference_ended
from audit.moves import Refused, record
from notifications import forgetting as letters
from papers import forgetting as files
from papers import uploads

Forgets = Callable[[Application, User], None]
_forgetting: list[Forgets] = []


def goes_too(forgets: Forgets) -> Forgets:
    """Decorate: what a later app keeps of an application outside of this database goes with an erased draft."""
    _forgetting.append(forgets)
    return forgets


def is_held(sha256: str) -> bool:
    """Whether a document of anybody, or a letter of reference, still has this content."""
    held = (Document.objects.filter(sha256=sha256), Referee.objects.filter(sha256=sha256))
    return any(rows.exists() for rows in held)


def was_submitted(application: Application) -> bool:
    """Whether it was ever received; then the law asks us to keep it for a time."""
    return application.submissions.exists()


def _files(rows: Any) -> set[tuple[str, str]]:
    return set(rows.exclude(file="").values_list("sha256", "file"))


@transaction.atomic
def erase_draft(application: Application, *, by: User) -> None:
    """Erase an application that was never submitted; the trail keeps that it was, by its number of row alone.

    The referees who were asked are told. Its files go once the transaction is there to be seen, unless another row has the same content. Raises Refused.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if was_submitted(locked):
        raise Refused(_("An application that was submitted cannot be erased here: withdraw it."))
    record("erase draft", locked, by=by, old=locked.status)
    for forgets in _forgetting:
        forgets(locked, by)
    referees = list(locked.referees.all())
    letters.forget(locked, *referees)
    uploads.forget(purpose_of(locked))
    for referee in referees:
        if referee.status in COUNTED:
            tell_reference_ended(referee)
    held = {row for rows in (locked.documents, locked.referees) for row in _files(rows)}
    for rows in (locked.documents, locked.referees):
        rows.all().delete()
    locked.delete()
    for sha256, name in sorted(held):
        transaction.on_commit(partial(files.forget, sha256, name, held=is_held))
