"""One letter as the staff reads it: whose it is, what it said, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application, Referee
from audit.models import AuditEntry
from desk.board import State
from desk.mail import state_of
from desk.timeline import Event
from notifications import ledger
from notifications.catalogue import title_of
from notifications.event import LetterEvent
from notifications.models import OutgoingEmail

HANDLED = {
    "resend letter": gettext_lazy("Sent again"),
    "settle letter as sent": gettext_lazy("Said to have arrived"),
}


@dataclass(frozen=True)
class Owner:
    """Whom a letter is to, and the file that it is about."""

    name: str = ""
    number: str = ""
    email: str = ""  # the address that this person has now
    referee: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the ledger; costs no query."""

    letter: OutgoingEmail
    owner: Owner

    @property
    def kind(self) -> Any:
        """What kind of letter it is."""
        return title_of(self.letter.letter)

    @property
    def state(self) -> State:
        """Where it is."""
        return state_of(self.letter)


def lines_of(letters: Iterable[OutgoingEmail]) -> list[Line]:
    """Lines for one page, with the names of all in three look-ups at most."""
    letters = list(letters)
    owners = owners_of({letter.about for letter in letters})
    return [Line(letter, owners.get(letter.about, Owner())) for letter in letters]


def owners_of(subjects: set[str]) -> dict[str, Owner]:
    """By what letters are about: an applicant, a referee, or somebody with an account."""
    ids: dict[str, list[str]] = {}
    for subject in subjects:
        label, _colon, pk = subject.partition(":")
        if pk.isdecimal():
            ids.setdefault(label, []).append(pk)
    owners: dict[str, Owner] = {}
    if some := ids.get("applications.application"):
        for file in Application.objects.filter(pk__in=some).select_related("applicant"):
            owner = Owner(file.name, file.number, file.applicant.email)
            owners[f"applications.application:{file.pk}"] = owner
    if some := ids.get("applications.referee"):
        for one in Referee.objects.filter(pk__in=some).select_related("application"):
            owner = Owner(one.name, one.application.number, one.email, one.pk)
            owners[f"applications.referee:{one.pk}"] = owner
    if some := ids.get("accounts.user"):
        for person in User.objects.filter(pk__in=some):
            owners[f"accounts.user:{person.pk}"] = Owner(str(person), "", person.email)
    return owners


def history_of(letter: OutgoingEmail) -> list[Event]:
    """What happened to it, oldest first."""
    told: list[Event] = [Event(letter.queued_at, _("Written, and waiting to leave"), "")]
    if letter.tried_at and letter.tried_at != letter.sent_at:
        failed = letter.status in {OutgoingEmail.Status.BOUNCED, OutgoingEmail.Status.DEAD}
        state = "bad" if failed else "done"
        told.append(Event(letter.tried_at, _("Last attempt"), letter.error, state))
    if letter.sent_at:
        told.append(Event(letter.sent_at, _("Taken by the mail server"), letter.transport))
    told += [_event(row) for row in letter.events.all()]
    entries = AuditEntry.objects.about(letter).filter(verb__in=HANDLED).select_related("actor")
    for entry in entries:
        said = " · ".join(filter(None, [str(entry.actor or ""), entry.why]))
        told.append(Event(entry.at, HANDLED[entry.verb], said))
    return sorted(told, key=lambda event: event.when)


def _event(row: LetterEvent) -> Event:
    """What a mail service said."""
    bad = row.kind in {LetterEvent.Kind.BOUNCED, LetterEvent.Kind.COMPLAINED}
    said = " · ".join(filter(None, [row.service, row.reason, row.detail]))
    return Event(row.at, row.get_kind_display(), said, state="bad" if bad else "done")


def acts_on(letter: OutgoingEmail, user: User) -> set[str]:
    """What this person may do about it now: `resend`, `settle`."""
    moves = {"resend": ledger.RESEND, "settle": ledger.SETTLE_AS_SENT}
    return {name for name, move in moves.items() if move.refusal(letter, user) is None}
