"""One's dates as a calendar file: what the applicant may know of, and nothing else, with a reminder before each limit."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cycles.clock import end_of
from cycles.models import Cycle
from followup.cards import dates_of
from followup.models import Filing, UdemFile
from followup.situation import ADMISSIBLE, Situation, State
from notifications import calendars
from notifications.calendars import Entry

WAITING = (State.DRAFT, State.SUBMITTED, State.REOPENED)


def entries(situation: Situation) -> Iterator[Entry]:
    """The dates of this state, in order: the same for everyone until the answers are out."""
    cycle, state = situation.cycle, situation.state
    if cycle is None:
        return
    if state == State.BEFORE:
        yield Entry("opens", _("Applications open at Mila"), cycle.opens_at)
    if state in (State.BEFORE, State.START, State.DRAFT, State.REOPENED):
        yield Entry("closes", _("Last moment to submit to Mila"), cycle.closes_at)
    if state in (State.BEFORE, State.START, State.CLOSED, *WAITING):
        yield from _judged(cycle)
    elif state == State.SELECTED and situation.offer:
        yield Entry("reply", _("Reply to Mila’s offer"), situation.offer.reply_by)
        yield from _udem(situation, cycle)
    elif state == State.TO_FILE:
        yield from _udem(situation, cycle)
    elif state == State.WAITLIST:
        yield Entry("waitlist", _("End of Mila’s waitlist"), cycle.waitlist_ends_on)
    if udem_file := situation.udem_file:
        yield from _at_udem(udem_file)
    if state in ADMISSIBLE:
        yield Entry("starts", _("Studies begin at UdeM"), cycle.starts_on)
    yield from dates_of(situation)


def _at_udem(udem_file: UdemFile) -> Iterator[Entry]:
    """UdeM's own dates, as the person or the office told them."""
    waits = udem_file.status == Filing.DOCUMENTS and not udem_file.documents_done_on
    if waits and udem_file.documents_due_on:
        due = end_of(udem_file.documents_due_on)
        yield Entry("udem-documents", _("Last day for UdeM’s documents"), due)
    if udem_file.status in (Filing.ADMITTED, Filing.CONDITIONAL) and udem_file.accept_by:
        yield Entry("udem-accept", _("Reply to UdeM’s offer"), end_of(udem_file.accept_by))


def _udem(situation: Situation, cycle: Cycle) -> Iterator[Entry]:
    """The safe date of UdeM, as long as there is something to do about it."""
    if not situation.is_late_for_udem:
        yield Entry("udem", _("Application to UdeM"), end_of(cycle.udem_safe_on))


def _judged(cycle: Cycle) -> Iterator[Entry]:
    """From the close to the application to UdeM, whatever we know."""
    due = _("Last documents and references at Mila")
    yield Entry("documents", due, end_of(cycle.documents_due_on))
    yield Entry("answer", _("Mila’s answer, at the latest"), cycle.release_on)
    yield Entry("reply", _("Reply to Mila, if selected"), end_of(cycle.reply_by))
    yield Entry("udem", _("Application to UdeM, if selected"), end_of(cycle.udem_safe_on))


def calendar_file(situation: Situation) -> bytes:
    """The file itself, in the language of the page."""
    of = situation.application.number if situation.application else situation.cycle.code  # type: ignore[union-attr]
    page = "my_application" if situation.application else "home"
    return calendars.calendar_file(
        [replace(entry, of=of, page=page).as_data() for entry in entries(situation)],
        language=get_language() or "fr",
        at=situation.at,
        name=str(situation.cycle.name) if situation.cycle else "",
    )
