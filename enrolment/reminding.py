"""Reminders to many people at once: who gets one, who is left out and why, and the sending, once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from applications.sight import ids_kept_from
from audit.models import subject_of
from audit.moves import Refused, record
from cycles.clock import day_of
from cycles.models import Cycle
from enrolment import letters
from enrolment.closing import refuse_when_closed
from enrolment.listing import Board, Entry, read
from enrolment.models import Batch, Kind, Reminder
from enrolment.permissions import cares
from enrolment.silence import Reminded
from enrolment.steps import Step
from notifications import reach
from notifications.models import OutgoingEmail
from notifications.outbox import queue_all

APART = timedelta(hours=48)
# Reminders of what came before the answer are of another matter.
OTHERS = ("draft_reminder", "piece_reminder", "reference_reminder")
STEPS = {
    Kind.REPLY: Step.REPLY,
    Kind.FILING: Step.FILE,
    Kind.DOCUMENTS: Step.DOCUMENTS,
    Kind.UDEM_OFFER: Step.ACCEPT,
}
KINDS = {step: kind for kind, step in STEPS.items()} | {Step.PERMITS: Kind.PERMITS}
OVER = gettext_lazy("Nothing is awaited any more: withdrawn, declined, or ended")
NOT_DUE = gettext_lazy("This is not what is awaited from this person")
LATELY = gettext_lazy("Reminded within the last 48 hours")
UNREACHED = gettext_lazy("Letters to this address do not arrive")
INACTIVE = gettext_lazy("This account is shut")


@dataclass(frozen=True)
class Copy:
    """One person of a preview: their next step and its day, and why they get nothing, where they do not."""

    application: Application
    entry: Entry
    why_not: Promise | None = None

    @property
    def due(self) -> date | None:
        """The day that the letter names: of the step, while it is still to come."""
        return self.entry.next.due


@dataclass(frozen=True)
class Preview:
    """Who gets a reminder, and who does not."""

    kind: Kind
    copies: list[Copy]
    left_out: list[Copy]


def kind_for(entry: Entry) -> Kind:
    """The reminder that fits what is awaited from somebody."""
    return KINDS.get(entry.next.step, Kind.WORD)


def fitting_kind(rows: Sequence[Entry]) -> Kind:
    """The reminder that fits everybody of these who is waited for; a general one when they differ."""
    kinds = {kind_for(row) for row in rows if row.next.theirs}
    return kinds.pop() if len(kinds) == 1 else Kind.WORD


def preview(board: Board, rows: Sequence[Entry], kind: Kind) -> Preview:
    """What would be sent to these people now, in three queries."""
    ids = [row.place.application for row in rows]
    files = Application.objects.select_related("applicant", "cycle").in_bulk(ids)
    lately = {
        pk for pk, told in reminded(ids).items() if told.last and told.last > board.at - APART
    }
    lost = _unreached(file.applicant.email for file in files.values())
    judged = [
        Copy(files[pk], row, _why_not(row, kind, files[pk], lately=lately, lost=lost))
        for pk, row in zip(ids, rows, strict=True)
    ]
    return Preview(
        kind,
        [copy for copy in judged if copy.why_not is None],
        [copy for copy in judged if copy.why_not is not None],
    )


def _why_not(
    row: Entry, kind: Kind, file: Application, *, lately: set[int], lost: set[str]
) -> Promise | None:
    """Why this person gets no reminder of this kind; None when they do."""
    if row.place.is_over:
        return OVER
    if not _is_awaited(row, kind):
        return NOT_DUE
    if not file.applicant.is_active:
        return INACTIVE
    if file.applicant.email.lower() in lost:
        return UNREACHED
    return LATELY if file.pk in lately else None


def _is_awaited(row: Entry, kind: Kind) -> bool:
    """Whether somebody is waited for in this matter."""
    if kind == Kind.WORD:
        return True
    if kind == Kind.PERMITS:
        return row.place.said_yes and row.permits.are_missing
    return row.next.step == STEPS[kind]


def reminded(applications: Iterable[int]) -> dict[int, Reminded]:
    """How often and when last these people were reminded since their answer, by hand or by the timetable; one query."""
    about = {subject_of(Application(pk=pk)): pk for pk in applications}
    rows = OutgoingEmail.objects.filter(about__in=list(about), letter__endswith="_reminder")
    counted = rows.exclude(letter__in=OTHERS).order_by().values_list("about")
    return {
        about[subject]: Reminded(times, last)
        for subject, times, last in counted.annotate(times=Count("pk"), last=Max("queued_at"))
    }


def _unreached(addresses: Iterable[str]) -> set[str]:
    """Which of these addresses do not work, in small letters."""
    letters_to = OutgoingEmail.objects.alias(to=Lower("address"))
    rows = letters_to.filter(to__in=[address.lower() for address in addresses])
    return {address.lower() for address in reach.unreached(rows).values_list("address", flat=True)}


@transaction.atomic
def remind(cycle: Cycle, applications: Iterable[int], kind: Kind, *, key: UUID, by: User) -> Batch:
    """Send a reminder to these people, once for a key, leaving out whom the preview would leave out now.

    Raises Refused when nobody is left, or when the cycle is closed.
    """
    if not cares(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_when_closed(cycle.pk)
    batch, made = Batch.objects.get_or_create(
        key=key, defaults={"cycle": cycle, "kind": kind, "by": by}
    )
    if not made:
        return batch
    wanted = set(applications) - ids_kept_from(by)
    # Whoever else reminds the same people waits here, and then finds them reminded.
    rows = Application.objects.filter(pk__in=wanted, cycle=cycle).order_by("pk")
    held = {row.pk for row in rows.select_for_update(of=("self",), no_key=True)}
    board = read(cycle, by, timezone.now())
    copies = preview(board, board.named(held), kind).copies
    if not copies:
        raise Refused(_("Nobody is left to remind: they were reminded, or are no longer awaited."))
    Reminder.objects.bulk_create(
        Reminder(batch=batch, application=copy.application, at=batch.at) for copy in copies
    )
    today = day_of(board.at)
    addressed = [
        letters.reminder(copy.application, kind, named_day(copy.due, today), batch=batch.key)
        for copy in copies
    ]
    queue_all(letters.FOLLOW_UP_REMINDER, addressed)
    record("remind_people", batch, by=by, kind=str(kind), people=len(copies))
    return batch


def named_day(due: date | None, today: date) -> date | None:
    """The day that a letter names: one that has passed helps nobody."""
    return due if due is not None and due >= today else None
