"""Lines about a person that the office keeps: written, never rewritten."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from enrolment.closing import refuse_when_closed
from enrolment.models import Note
from enrolment.permissions import cares


@transaction.atomic
def note(application: Application, text: str, *, about: str, by: User) -> Note:
    """Keep a line about a person, or that we called. Raises Refused.

    The trail says who and when, never what: the text is in the note.
    """
    if not cares(by) or application.pk in ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if about == Note.About.NOTE and not text.strip():
        raise Refused(_("Write something."))
    refuse_when_closed(application.cycle_id)
    record("note_follow_up", application, by=by, about=about)
    return Note.objects.create(application=application, about=about, text=text.strip(), author=by)
