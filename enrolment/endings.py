"""How people's way to UdeM ended: registered, deferred or not registered; recorded one by one or together, and undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from cycles.models import Cycle
from enrolment.closing import refuse_when_closed
from enrolment.listing import Board, Entry, read
from enrolment.models import Deferral, Ending, Welcome
from enrolment.models.ending import ENDS
from enrolment.permissions import cares
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts

NO_YES = gettext_lazy("This person did not accept our offer, or left")
NO_NUMBER = gettext_lazy("No UdeM number, or no day of the application: record these first")
ALREADY = gettext_lazy("Recorded like this already")
ENDED = gettext_lazy("Ended in another way: change it on the person’s own page")


@dataclass(frozen=True)
class Line:
    """One person of a preview: the row of the board, and why nothing is recorded, where nothing is."""

    application: Application
    entry: Entry
    why_not: Promise | None = None


def preview(board: Board, rows: Sequence[Entry], to: str) -> list[Line]:
    """Whose end would be recorded; one query."""
    files = Application.objects.in_bulk([row.place.application for row in rows])
    return [Line(files[row.place.application], row, why_not(row, to)) for row in rows]


def why_not(row: Entry, to: str) -> Promise | None:
    """Why this end cannot be recorded of somebody; None when it can."""
    place = row.place
    if not place.said_yes:
        return NO_YES
    if place.filing == to:
        return ALREADY
    if place.is_over and place.filing not in ENDS:
        return ENDED
    whole = place.numbered and place.filed_on is not None
    return NO_NUMBER if to == Filing.REGISTERED and not whole else None


@transaction.atomic
def record_ends(
    cycle: Cycle, applications: Iterable[int], to: Filing, *, on: date, key: UUID, by: User
) -> int:
    """Record the same end for these people, once for a key, leaving out whom the preview leaves out; how many.

    Raises Refused.
    """
    if not cares(by) or to not in ENDS:
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_when_closed(cycle.pk)
    done = Ending.objects.filter(key=key)
    if done:
        return len(done)
    board = read(cycle, by, timezone.now())
    chosen = board.named(set(applications) - ids_kept_from(by))
    decisions = [row.place.decision for row in chosen if why_not(row, to) is None]
    if not decisions:
        raise Refused(_("There is nobody of whom this can be recorded."))
    rows = UdemFile.objects.filter(offer__decision__in=decisions).order_by("pk")
    for udem_file in rows.select_for_update(of=("self",)):
        Ending.objects.create(
            key=key,
            udem_file=udem_file,
            status=to,
            old_status=udem_file.status,
            old_ended_on=udem_file.ended_on,
            by=by,
        )
        student_centre.record_step(udem_file, to, Facts(ended_on=on), by=by)
    return len(decisions)


@transaction.atomic
def undo(key: UUID, *, by: User) -> tuple[int, int]:
    """Put back what one act recorded: how many were put back, and how many stay because they changed since.

    Raises Refused when somebody was welcomed since, or had their place deferred.
    """
    if not cares(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = (
        Ending.objects.standing()
        .filter(key=key)
        .order_by("pk")
        .select_related("udem_file__offer__decision__application")
    )
    held = list(rows.select_for_update(of=("self",)))
    files = {row.udem_file.offer.decision.application_id for row in held}
    cycles = {row.udem_file.offer.decision.application.cycle_id for row in held}
    refuse_when_closed(*cycles)
    if files & ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if Welcome.objects.filter(application__in=files).exists():
        raise Refused(_("Somebody of these was welcomed since: change them one by one."))
    if Deferral.objects.standing().filter(application__in=files).exists():
        raise Refused(_("The place of somebody of these is deferred: undo that first."))
    put_back = sum(_put_back(row, by) for row in held)
    return put_back, len(held) - put_back


def _put_back(row: Ending, by: User) -> bool:
    """Whether the file was as this act left it, and is as before now."""
    udem_file = UdemFile.objects.select_for_update().get(pk=row.udem_file_id)
    if udem_file.status != row.status:
        return False
    before = student_centre.facts_of(udem_file)
    before |= {"status": row.old_status, "ended_on": row.old_ended_on}
    student_centre.put_back(udem_file, before, by=by, why=_("Recorded by mistake"))
    Ending.objects.filter(pk=row.pk).update(undone_at=timezone.now())
    record("undo_ending", udem_file, by=by)
    return True
