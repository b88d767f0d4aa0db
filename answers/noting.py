"""The note for the decision: one a file, every version kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from answers import permissions
from answers.models import Note
from applications.models import Application
from audit.moves import Refused, record
from reviews.assignment import refuse_conflicted


@transaction.atomic
def note(application: Application, text: str, *, by: User) -> Note | None:
    """Write what is to be remembered when this file is decided; the same words change nothing. Raises Refused.

    The trail says who and when, never what: the text is in the note.
    """
    if not permissions.notes(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [application.pk])
    # One after the other: the note that comes second replaces the first, which stays to be read.
    Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    rows = Note.objects.filter(application=application, is_current=True)
    old = rows.first()
    if (old.text if old else "") == text:
        return old
    rows.update(is_current=False)
    record("note_decision", application, by=by)
    return Note.objects.create(application=application, author=by, text=text)
