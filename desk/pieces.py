"""Asking an applicant for one more piece, and what becomes of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.documents import enter, on_disk, room_for
from applications.models import Application, Document, Kind
from applications.models.application import FILED
from applications.settled import unsettled
from audit.moves import Move, Refused, move, record
from cycles.clock import day_of, end_of
from desk import letters
from desk.checking import CHECK_AGAIN
from desk.models import Check, Request
from desk.permissions import answers, handles, handles_request
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all

DAYS_TO_ANSWER = 7
REMINDED_BEFORE = timedelta(days=3)
LONGEST = timedelta(days=365)
Status = Request.Status


def out_of_the_process(request: Request) -> Iterator[str]:
    """Nothing is received for a file that was withdrawn or closed."""
    if not request.application.is_filed:
        yield _("This application is no longer in the process.")


RECEIVE = Move(
    "receive_piece",
    (Status.ASKED, Status.RECEIVED),
    Status.RECEIVED,
    may=answers,
    blocked_by=out_of_the_process,
    label=gettext_lazy("Send"),
)
ACCEPT = Move(
    "accept_piece",
    (Status.RECEIVED,),
    Status.ACCEPTED,
    may=handles_request,
    label=gettext_lazy("Accept"),
)
REFUSE = Move(
    "refuse_piece",
    (Status.RECEIVED, Status.ACCEPTED),
    Status.ASKED,
    may=handles_request,
    label=gettext_lazy("Ask for it again"),
)
CANCEL = Move(
    "cancel_piece",
    (Status.ASKED,),
    Status.CANCELLED,
    may=handles_request,
    label=gettext_lazy("Cancel the request"),
)
MOVES = (ACCEPT, REFUSE, CANCEL)


def usual_due(today: date) -> date:
    """A week from today."""
    return today + timedelta(days=DAYS_TO_ANSWER)


def check_due(due_on: date) -> None:
    """Raise Refused for a day that is past, or more than a year away."""
    today = day_of(timezone.now())
    if not today <= due_on <= today + LONGEST:
        raise Refused(_("Choose a day between today and a year from now."))


@transaction.atomic
def ask(application: Application, *, title: str, reason: str, due_on: date, by: User) -> Request:
    """Ask for one more piece of a submitted file; the applicant is told what, why and by when."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not handles(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if not locked.is_filed:
        raise Refused(_("Only a submitted application can be asked for a piece."))
    check_due(due_on)
    request = Request.objects.create(
        application=application, title=title, reason=reason, due_on=due_on, asked_by=by
    )
    record("ask_piece", request, by=by, new=Status.ASKED, why=reason)
    _no_longer_complete(application, by=by)
    letters.tell_asked(request)
    return request


def _no_longer_complete(application: Application, *, by: User) -> None:
    """A file that lacks a piece is to be checked again."""
    check = Check.objects.filter(application=application, status=Check.Status.COMPLETE).first()
    if check:
        move(check, CHECK_AGAIN, by=by, checked_by=None, checked_at=None)


@transaction.atomic
def extend(request: Request, *, due_on: date, why: str, by: User) -> Request:
    """Give another day for a piece, later or sooner; the applicant is told."""
    locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not handles_request(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if not locked.is_waiting:
        raise Refused(_("This can no longer be done: the file has changed since."))
    check_due(due_on)
    if locked.due_on != due_on:
        record(
            "extend_piece", request, by=by, why=why, before=str(locked.due_on), after=str(due_on)
        )
        request.due_on = due_on
        request.save(update_fields=["due_on"])
        letters.tell_asked(request)
    return request


def receive(
    request: Request,
    file: UploadedFile,
    *,
    pages: int,
    by: User,
    at: datetime,
    preview: bytes = b"",
) -> Request:
    """Keep the PDF that answers a request, after the close too; what was submitted stays as it was."""
    application = request.application
    room_for(file.size or 0, by=by)
    document = on_disk(application, Kind.REQUEST, file, pages=pages, slot=request.slot)
    with transaction.atomic():
        locked = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        # The same silent grace as at the close of the cycle.
        limit = end_of(locked.due_on) + timedelta(minutes=application.cycle.grace_minutes)
        if at > limit:
            raise Refused(_("The day for this piece has passed. Write to us: we can move it."))
        before = Document.objects.filter(application=application, slot=request.slot)
        before.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
        enter(document, preview=preview)
        move(request, RECEIVE, by=by, document=document, received_at=at)
        letters.tell_received(request)
    return request


def accept(request: Request, *, by: User) -> Request:
    """What came does: readers see it from now on, as received later."""
    return move(request, ACCEPT, by=by)


@transaction.atomic
def refuse(request: Request, *, why: str, by: User) -> Request:
    """What came does not do: the piece is asked again, for a week at least."""
    due_on = max(request.due_on, usual_due(day_of(timezone.now())))
    move(request, REFUSE, by=by, why=why, refusal=why, due_on=due_on)
    _no_longer_complete(request.application, by=by)
    letters.tell_refused(request)
    return request


@transaction.atomic
def cancel(request: Request, *, why: str, by: User) -> Request:
    """The piece is no longer needed; the applicant is told."""
    move(request, CANCEL, by=by, why=why)
    letters.tell_cancelled(request)
    return request


def _told(letter: Letter) -> "QuerySet[OutgoingEmail]":
    """The letters of this kind about the day that a request is due on."""
    row = Cast(OuterRef("pk"), models.CharField())
    day = Cast(OuterRef("due_on"), models.CharField())
    return OutgoingEmail.objects.filter(key=Concat(Value(f"{letter.name}:"), row, Value(":"), day))


def owed(at: datetime) -> QuerySet[Request]:
    """The pieces to remind of: due within three days, asked for a day ago at least, not reminded of yet."""
    today = day_of(at)
    told = _told(letters.PIECE_ASKED).filter(queued_at__lte=at - timedelta(days=1))
    # What was asked for after the answer (a final transcript) is still wanted; what came before it no longer is.
    waiting = unsettled(Request.objects.waiting(), since="asked_at")
    due = waiting.filter(due_on__range=(today, today + REMINDED_BEFORE))
    return due.filter(
        Exists(told), ~Exists(_told(letters.PIECE_REMINDER)), application__status__in=FILED
    ).select_related("application__applicant", "application__cycle")


@transaction.atomic
def remind_all(*, at: datetime) -> int:
    """Remind of each piece due within three days, once a due day; returns how many. Safe to run twice."""
    return queue_all(letters.PIECE_REMINDER, [letters.reminder_of(row) for row in owed(at)])


def later_documents(application: Application) -> Any:
    """The documents accepted after the submission, each with its `what` and the state of its check."""
    return later_documents_of([application.pk])


def later_documents_of(applications: Iterable[int]) -> Any:
    """Those of many files, in one query."""
    accepted = Request.objects.filter(application__in=list(applications), status=Status.ACCEPTED)
    title = accepted.filter(document=OuterRef("pk")).values("title")
    rows = Document.objects.filter(pk__in=accepted.values("document"))
    return rows.with_check().annotate(what=Subquery(title[:1])).order_by("uploaded_at", "pk")
