"""Whether a reader opened the letters that they score, and what came since."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application, Referee
from applications.opening import OPENED
from audit.models import AuditEntry
from reviews.whole import Whole

# What the trail says of a letter that was opened, alone or inside the whole dossier.
LETTERS_ARE_IN = ("reference", "dossier")


def unread_letters(whole: Whole, application: Application, *, by: User) -> list[str]:
    """Sentences about letters that were scored and not opened; none costs nothing where no criterion is about them."""
    scored = [
        row
        for row in whole.criteria
        if row.is_about_references and row.pk in whole.scores and whole.scores[row.pk].value
    ]
    if not scored:
        return []
    name = {"criterion": " · ".join(str(row.name) for row in scored)}
    letters = Referee.objects.filter(application=application).with_letter()
    newest = letters.aggregate(at=Max("answered_at"))["at"]
    if newest is None:
        return [_("You scored “%(criterion)s”, and no letter has come yet.") % name]
    seen = last_opened(application, by=by)
    if seen is None:
        return [_("You scored “%(criterion)s” without having opened a letter.") % name]
    if newest > seen:
        return [_("A letter has come since you last opened them.")]
    return []


def last_opened(application: Application, *, by: User) -> datetime | None:
    """When this person last opened a letter of this file, as the trail says it."""
    submissions = application.submissions.only("pk")
    return (
        AuditEntry.objects.about(application, *submissions)
        .filter(actor=by, verb=OPENED, details__document__in=LETTERS_ARE_IN)
        .aggregate(at=Max("at"))["at"]
    )
