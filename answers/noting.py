"""The note for the decision: one a file, every version kept."""

from django.db import IntegrityError, transaction
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
    rows = Note.objects.filter(application=application, is_current=True)
    old = rows.select_for_update(of=("self",)).first()
    if (old.text if old else "") == text:
        return old
    rows.update(is_current=False)
    try:
        with transaction.atomic():
            made = Note.objects.create(application=application, author=by, text=text)
    except IntegrityError as error:
        raise Refused(_("Somebody else has just written this note.")) from error
    record("note_decision", application, by=by)
    return made
