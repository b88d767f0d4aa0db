"""The letters of awards. None says an outcome, a category or an amount: the page does, to its person alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from cycles.clock import day_of
from notifications import outbox
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed
from scholarships.models import Award

AWARD_WAITS = Letter("award_waits")
AWARD_REMINDER = Letter("award_reminder")
AWARD_REPLIED = Letter("award_replied")
AWARD_CHANGED = Letter("award_changed")
REPLY_LIMIT = gettext_lazy("Your reply to Mila")


def tell_waits(award: Award) -> OutgoingEmail:
    """There is an answer to give, by then; a letter for each time that it is offered."""
    copy = address(AWARD_WAITS, award, f"{AWARD_WAITS.name}:{award.pk}:{_turn(award)}")
    return _queue(AWARD_WAITS, copy)


def confirm_reply(award: Award) -> OutgoingEmail:
    """Your reply is recorded, whatever it was."""
    key = f"{AWARD_REPLIED.name}:{award.pk}:{_turn(award)}:{award.status}"
    return _queue(AWARD_REPLIED, address(AWARD_REPLIED, award, key))


def tell_changed(awards: Iterable[Award], at: datetime) -> int:
    """Something changed on your page; once a day for a state. How many letters were asked for."""
    name, day = AWARD_CHANGED.name, day_of(at)
    copies = [
        address(AWARD_CHANGED, award, f"{name}:{award.pk}:{award.status}:{day}") for award in awards
    ]
    return outbox.queue_all(AWARD_CHANGED, copies)


def address(letter: Letter, award: Award, key: str) -> Addressed:
    """One copy of a letter about an award, in its person's language."""
    application = award.candidacy.application
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=key,
        context=context_of(letter, award),
    )


def context_of(letter: Letter, award: Award) -> dict[str, Any]:
    """What each of these letters knows; those that await a reply bring its last moment for a calendar."""
    candidacy = award.candidacy
    entry = Entry("award", REPLY_LIMIT, award.reply_by, candidacy.number)
    return {
        "application": candidacy.application,
        "candidacy": candidacy,
        "cycle": candidacy.round.cycle,
        "award": award,
        "dates": [entry] if letter in (AWARD_WAITS, AWARD_REMINDER) else [],
    }


def _queue(letter: Letter, copy: Addressed) -> OutgoingEmail:
    return outbox.queue(
        letter,
        address=copy.address,
        language=copy.language,
        about=copy.about,
        key=copy.key,
        context=copy.context,
    )


def _turn(award: Award) -> int:
    """Which offer of the same award it is about."""
    return int(award.offered_at.timestamp())
