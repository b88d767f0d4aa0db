"""The letters of the office's desk. None of them carries a message's text."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.letters import MY_PAGE
from applications.models import Application
from audit.models import AuditEntry
from cycles.clock import end_of
from desk.models import Message, Pair, Request
from notifications import outbox
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed

PIECE_ASKED = Letter("piece_asked")
PIECE_REMINDER = Letter("piece_reminder")
PIECE_RECEIVED = Letter("piece_received")
PIECE_REFUSED = Letter("piece_refused")
PIECE_CANCELLED = Letter("piece_cancelled")
MESSAGE_WAITING = Letter("message_waiting")
FILE_CLOSED = Letter("file_closed")
FILE_TAKEN_UP = Letter("file_taken_up")
ACCOUNTS_JOINED = Letter("accounts_joined")


def times(verb: str, thing: Any) -> int:
    """How often this was done to the row: it keeps the second letter of a kind apart from the first."""
    return AuditEntry.objects.about(thing).filter(verb=verb).count()


def tell_asked(request: Request) -> OutgoingEmail:
    """We need one more piece: which, why, by when, and where to send it; again when its day was moved."""
    return _about(PIECE_ASKED, request, f"{request.due_on}")


def tell_received(request: Request) -> OutgoingEmail:
    """The piece reached us, thank you."""
    return _about(PIECE_RECEIVED, request, f"{request.document_id}")


def tell_refused(request: Request) -> OutgoingEmail:
    """What came does not do: why, and by when to send another."""
    return _about(PIECE_REFUSED, request, f"{times('refuse_piece', request)}")


def tell_cancelled(request: Request) -> OutgoingEmail:
    """We no longer need it."""
    return _about(PIECE_CANCELLED, request, "")


def reminder_of(request: Request) -> Addressed:
    """A piece is due soon; once for each day that it was due on."""
    return _addressed(PIECE_REMINDER, request, f"{request.due_on}")


def tell_message(message: Message) -> OutgoingEmail:
    """A message waits on your page."""
    return _tell(MESSAGE_WAITING, message.application, f"{message.pk}")


def tell_closed(application: Application, *, why: str) -> OutgoingEmail:
    """Your file is closed as incomplete: why, and what one can do."""
    key = f"{application.pk}:{times('close_incomplete', application)}"
    return _tell(FILE_CLOSED, application, key, why=why)


def tell_taken_up(application: Application) -> OutgoingEmail:
    """Your file is taken up again."""
    key = f"{application.pk}:{times('take_up_again', application)}"
    return _tell(FILE_TAKEN_UP, application, key)


def tell_accounts(pair: Pair, to: User, what: str) -> OutgoingEmail:
    """Two accounts are one now, or two again. `what`: stays, goes or separated. Neither address is told the other."""
    count = times("merge_accounts", pair) + times("separate_accounts", pair)
    return outbox.queue(
        ACCOUNTS_JOINED,
        address=to.email,
        language=to.language,
        about=to,
        key=f"{ACCOUNTS_JOINED.name}:{pair.pk}:{what}:{count}",
        context={"what": what},
    )


def _about(letter: Letter, request: Request, slot: str) -> OutgoingEmail:
    return _queued(letter, _addressed(letter, request, slot))


def _addressed(letter: Letter, request: Request, slot: str) -> Addressed:
    """One copy of a letter about a piece."""
    dates = due_of(request) if letter in (PIECE_ASKED, PIECE_REMINDER, PIECE_REFUSED) else []
    key = f"{request.pk}:{slot}"
    return _copy(letter, request.application, key, request=request, dates=dates)


def due_of(request: Request) -> list[Entry]:
    """The day by which a piece is awaited, for a calendar."""
    slug, title = f"piece-{request.pk}", gettext_lazy("A piece to send to Mila")
    return [Entry(slug, title, end_of(request.due_on), request.application.number, MY_PAGE)]


def _tell(letter: Letter, application: Application, key: str, **context: Any) -> OutgoingEmail:
    return _queued(letter, _copy(letter, application, key, **context))


def _copy(letter: Letter, application: Application, key: str, **context: Any) -> Addressed:
    """One copy, in the applicant's language, filed under the application."""
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{letter.name}:{key}",
        context={"application": application, "cycle": application.cycle, **context},
    )


def _queued(letter: Letter, one: Addressed) -> OutgoingEmail:
    return outbox.queue(
        letter,
        address=one.address,
        language=one.language,
        about=one.about,
        key=one.key,
        context=one.context,
    )
