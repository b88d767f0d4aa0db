"""The next step of each person, whose it is and by when; and the pips of a line."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Status
from cycles.clock import day_of
from cycles.models import Cycle
from enrolment.permitting import Permits, Pip
from enrolment.places import Place
from followup.models import ADMITTED, Filing, Reply


class Step(StrEnum):
    """What comes next."""

    REPLY = "reply"
    FILE = "file"
    DOCUMENTS = "documents"
    STUDIED = "studied"
    ACCEPT = "accept"
    CONDITION = "condition"
    PERMITS = "permits"
    REGISTER = "register"
    CALL = "call"
    TALK = "talk"
    OVER = "over"


class Next(NamedTuple):
    """The next step: by when, and whether it is the person's own to take."""

    step: Step
    due: date | None = None
    theirs: bool = False


WORDS: dict[Step, Promise] = {
    Step.REPLY: _("Replies to our offer"),
    Step.FILE: _("Applies to UdeM"),
    Step.DOCUMENTS: _("Sends the documents that UdeM asked for"),
    Step.STUDIED: _("UdeM studies the file"),
    Step.ACCEPT: _("Accepts UdeM’s offer"),
    Step.CONDITION: _("Meets UdeM’s condition"),
    Step.PERMITS: _("Takes care of the permits"),
    Step.REGISTER: _("Registers at UdeM"),
    Step.CALL: _("Call the waitlist"),
    Step.TALK: _("Talk about what can be done"),
    Step.OVER: _("Nothing more"),
}
WEEK = timedelta(days=7)


def next_of(place: Place, permits: Permits, cycle: Cycle, at: datetime) -> Next:
    """What is due of a place; costs no query."""
    if place.is_gone:
        return Next(Step.OVER)
    if place.reply == Reply.OPEN:
        return Next(Step.REPLY, day_of(place.reply_by) if place.reply_by else cycle.reply_by, True)
    if place.reply != Reply.ACCEPTED:
        return Next(Step.CALL)
    return _at_udem(place, permits, cycle)


def _at_udem(place: Place, permits: Permits, cycle: Cycle) -> Next:
    """What is due of somebody who said yes."""
    filing = place.filing
    if filing in (Filing.REFUSED, Filing.CLOSED):
        return Next(Step.TALK)
    if filing in (Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED):
        return Next(Step.OVER)
    if filing == Filing.TO_FILE:
        return Next(Step.FILE, _to_file_by(place, cycle), True)
    if filing in (Filing.FILED, Filing.DOCUMENTS):
        asked = filing == Filing.DOCUMENTS or place.documents_asked_on is not None
        if asked and place.documents_done_on is None:
            return Next(Step.DOCUMENTS, place.documents_due_on, True)
        return Next(Step.STUDIED)
    return _admitted(place, permits, cycle)


def _to_file_by(place: Place, cycle: Cycle) -> date | None:
    """UdeM's safe date; none for somebody whom we called when it had passed: the day is then for UdeM to say."""
    called_late = place.called_at is not None and day_of(place.called_at) > cycle.udem_safe_on
    return None if called_late else cycle.udem_safe_on


def _admitted(place: Place, permits: Permits, cycle: Cycle) -> Next:
    """What is due of somebody whom UdeM admits: its offer first, then permits, then the registration."""
    if place.filing != Filing.ACCEPTED:
        return Next(Step.ACCEPT, place.accept_by, True)
    if permits.are_missing:
        return Next(Step.PERMITS, permits.due, True)
    return Next(Step.REGISTER, place.start_on or cycle.starts_on, True)


def is_late(coming: Next, today: date) -> bool:
    """Whether its day has passed."""
    return coming.due is not None and coming.due < today


def is_near(coming: Next, today: date) -> bool:
    """Whether its day is within the next seven."""
    return coming.due is not None and today <= coming.due <= today + WEEK


def words_of(place: Place, coming: Next, permits: Permits) -> str | Promise:
    """The step in words for the office."""
    if place.status == Status.WITHDRAWN:
        return _("None: withdrawn by the applicant")
    if place.status == Status.CLOSED:
        return _("None: closed as incomplete")
    if coming.step == Step.ACCEPT and place.filing == Filing.CONDITIONAL:
        return _("Conditional: accepts in the Student Centre")
    if coming.step == Step.PERMITS and permits.step:
        return permits.step
    if coming.step == Step.OVER and place.filing:
        return Filing(place.filing).label
    return WORDS[coming.step]


def pips_of(place: Place, coming: Next, permits: Permits, today: date) -> list[Pip]:
    """Filed, documents, decision, UdeM's offer, CAQ, study permit, co-op permit, registered.

    Nothing of it is to come for somebody who declined our offer, or let it lapse, and never was at UdeM.
    """
    if place.reply in (Reply.DECLINED, Reply.EXPIRED) and not place.filing:
        return [Pip.NEVER] * 8
    late = is_late(coming, today)
    pips = [*_university(place), *permits[:3], _registered(place)]
    at = {Step.FILE: 0, Step.DOCUMENTS: 1, Step.ACCEPT: 3, Step.REGISTER: 7}.get(coming.step)
    if late and at is not None:
        pips[at] = Pip.LATE
    return pips


def _university(place: Place) -> list[Pip]:
    """The four steps at UdeM."""
    filing, none = place.filing, Pip.NOT_YET
    if not filing or filing == Filing.TO_FILE:
        return [none] * 4
    if filing in (Filing.REFUSED, Filing.CLOSED):
        return [Pip.DONE, none, Pip.REFUSED, none]
    decided = filing in ADMITTED
    accepted = filing in (Filing.ACCEPTED, Filing.REGISTERED) or place.accepted_on is not None
    asked = filing == Filing.DOCUMENTS or place.documents_asked_on is not None
    complete = decided or place.documents_done_on is not None
    return [
        Pip.DONE if place.filed_on or decided else none,
        Pip.DONE if complete else Pip.UNDER_WAY if asked else none,
        _decision(place, decided=decided, complete=complete),
        Pip.DONE if accepted else Pip.UNDER_WAY if decided else none,
    ]


def _decision(place: Place, *, decided: bool, complete: bool) -> Pip:
    """UdeM's decision; a condition that is still to be met leaves it under way."""
    if place.filing == Filing.CONDITIONAL and place.condition_met_on is None:
        return Pip.UNDER_WAY
    if decided:
        return Pip.DONE
    return Pip.UNDER_WAY if complete else Pip.NOT_YET


def _registered(place: Place) -> Pip:
    if place.filing == Filing.REGISTERED:
        return Pip.DONE
    gone = (Filing.NOT_REGISTERED, Filing.REFUSED, Filing.CLOSED)
    return Pip.REFUSED if place.filing in gone else Pip.NOT_YET
