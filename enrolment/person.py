"""Everything of one person after the answer, for the office."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from audit.models import AuditEntry, subject_of
from enrolment import deferring
from enrolment.links import links_of
from enrolment.listing import Board
from enrolment.models import Ending, Note
from enrolment.rows import rows_of
from followup.models import Filing, Offer, Reply, UdemFile
from notifications import reach
from notifications.catalogue import catalogue
from notifications.models import OutgoingEmail

LETTERS_SHOWN = 12
CONFIRMED = "confirm_udem"
OFFERS = subject_of(Offer(pk=0)).removesuffix("0")


@dataclass(frozen=True)
class Event:
    """One line of what happened; named as the thread component wants it."""

    when: datetime
    title: str | Promise
    text: str
    state: str = "done"
    url: str = ""
    number: int = 0


def page_of(board: Board, application: Application, user: Any) -> dict[str, Any]:
    """What the page shows; the board holds this one person's line among all."""
    (entry,) = board.named({application.pk})
    (row,) = rows_of(board, [entry])
    offer: Offer | None = getattr(row.decision, "offer", None)
    udem_file = UdemFile.objects.filter(offer=offer).first() if offer else None
    letters = OutgoingEmail.objects.about(application).reverse().defer("text")
    return {
        "row": row,
        "pips": row.named_pips,
        "application": application,
        "cycle": board.cycle,
        "udem_file": udem_file,
        "endings": _endings(udem_file),
        "deferral": deferring.deferral_of(application),
        "may_defer": coordinates(user) and deferring.may_defer(udem_file),
        "notes": Note.objects.visible_to(user)
        .filter(application=application)
        .select_related("author"),
        "links": links_of(application.number, user, entry.place),
        "letters": [(letter, title_of(letter)) for letter in letters[:LETTERS_SHOWN]],
        "trouble": reach.last_word(application.applicant.email),
        "messages_count": application.messages.count(),
        "unanswered": application.messages.unanswered().count(),
        "events": events(offer, udem_file),
        "coordinates": coordinates(user),
    }


def title_of(letter: OutgoingEmail) -> Any:
    """What a letter is called."""
    known = catalogue().get(letter.letter)
    return known.title if known else letter.letter


def _endings(udem_file: UdemFile | None) -> list[Ending]:
    """The last end recorded on the board, if it stands and can be undone."""
    if udem_file is None:
        return []
    rows = Ending.objects.standing().filter(udem_file=udem_file, status=udem_file.status)
    return list(rows.select_related("by")[:1])


def events(offer: Offer | None, udem_file: UdemFile | None) -> list[Event]:
    """What became of the offer and of the file at UdeM, oldest first."""
    things = [thing for thing in (offer, udem_file) if thing]
    if not things:
        return []
    rows = AuditEntry.objects.about(*things).select_related("actor")
    return [
        Event(row.at, words, " · ".join(filter(None, [str(row.actor or ""), row.why])))
        for row in rows
        if (words := words_of(row))
    ]


def words_of(entry: AuditEntry) -> str | Promise:
    """A line of the trail in words; empty for what says nothing here."""
    if entry.verb == CONFIRMED:
        return _("Confirmed by the office")
    if entry.subject.startswith(OFFERS) and entry.new in Reply:
        return _("Our offer: %(reply)s") % {"reply": Reply(entry.new).label}
    return Filing(entry.new).label if entry.new in Filing else ""
