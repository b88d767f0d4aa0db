"""The dates of a cycle in one line, with what leaves by itself before them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answers.errands import RELEASE_DUE, coming
from applications import referee_reminders, reminders
from applications.errands import REMIND_DRAFTS, REMIND_REFEREES
from audit.timetable import Errand
from cycles.clock import end_of, start_of
from cycles.models import Cycle
from followup import reminding
from followup.errands import LAPSE_OFFERS, REMIND_OF_REPLIES, REMIND_OF_UDEM
from followup.offers import PATIENCE


@dataclass(frozen=True)
class Dated:
    """A moment of the cycle. With an errand, something leaves or changes by itself; `is_day`: the hour says nothing."""

    at: datetime
    title: str | Promise
    errand: Errand | None = None
    is_day: bool = False
    letters: int | None = None


def dates(cycle: Cycle) -> list[Dated]:
    """All of them, in order, with the releases to come. A person's own dates (a late pass, a day given to a referee) are not among them."""
    chosen = (Dated(one.at, one.title, RELEASE_DUE, letters=one.letters) for one in coming(cycle))
    listed = [*_announced(cycle), *_by_themselves(cycle), *chosen]
    return sorted(listed, key=lambda one: one.at)


def _announced(cycle: Cycle) -> Iterator[Dated]:
    """What the calendar says, to everybody."""
    yield Dated(cycle.opens_at, _("Applications open"))
    yield Dated(cycle.closes_at, _("Applications close"))
    yield Dated(end_of(cycle.documents_due_on), _("References and documents due"))
    yield Dated(end_of(cycle.reviews_due_on), _("Reviews due"))
    yield Dated(start_of(cycle.release_on), _("Answers released by"), is_day=True)
    yield Dated(end_of(cycle.reply_by), _("Last moment to reply to an offer"))
    yield Dated(end_of(cycle.udem_safe_on), _("UdeM application: safe date"))
    yield Dated(end_of(cycle.udem_official_on), _("UdeM application: official date"))
    yield Dated(end_of(cycle.waitlist_ends_on), _("Waitlist ends"))


def _by_themselves(cycle: Cycle) -> Iterator[Dated]:
    """What comes round before and after."""
    for slot in reminders.SLOTS:
        yield Dated(cycle.closes_at - slot, REMIND_DRAFTS.title, REMIND_DRAFTS)
    for slot in referee_reminders.SLOTS:
        due = end_of(cycle.documents_due_on)
        yield Dated(due - slot, REMIND_REFEREES.title, REMIND_REFEREES)
    reply_by = end_of(cycle.reply_by)
    for moment in reminding.reply_moments(reply_by):
        yield Dated(moment, REMIND_OF_REPLIES.title, REMIND_OF_REPLIES)
    yield Dated(reply_by + PATIENCE, LAPSE_OFFERS.title, LAPSE_OFFERS)
    for moment in reminding.udem_moments(cycle):
        yield Dated(moment, REMIND_OF_UDEM.title, REMIND_OF_UDEM)
