"""What the timetable does after the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.timetable import MINUTE, Errand, Letters, Would, register
from cycles.clock import day_of, end_of
from cycles.models import Cycle
from followup import (
    announcing,
    reminding,
    udem_errands,  # noqa: F401  registers those of UdeM's own dates
)
from followup.letters import OFFER_REMINDER, UDEM_REMINDER, WAITLIST_ENDED, address
from followup.models import Offer, Reply, UdemFile
from followup.offers import offer_of
from notifications.letters import Letter
from reviews.models import Decision

Copy = tuple[Letter, str, Mapping[str, Any]]
TO_PERSON = "application__applicant__language"


def replies_due(at: datetime) -> list[Would]:
    """The reminders of replies that are owed then."""
    rows = Decision.objects.filter(pk__in=reminding.replies_owed(at)).order_by("pk")
    return [
        Would(OFFER_REMINDER.name, *row) for row in rows.values_list(TO_PERSON, "pk", "application")
    ]


def reply_moments(at: datetime) -> list[datetime]:
    """The mornings before the last day to reply: of each cycle, and of each offer with a day of its own."""
    cycles = Cycle.objects.published().filter(reply_by__gte=day_of(at))
    offers = Offer.objects.filter(status=Reply.OPEN, reply_by__gt=at)
    ends = {
        *(end_of(cycle.reply_by) for cycle in cycles),
        *offers.values_list("reply_by", flat=True).distinct(),
    }
    moments = {moment for end in ends for moment in reminding.reply_moments(end)}
    return sorted(moment for moment in moments if moment > at)


def read_reply(row: int, at: datetime) -> Copy | None:
    """The reminder to one person who has not replied."""
    decision = reminding.unanswered(at).filter(pk=row).first()
    if decision is None:
        return None
    copy = address(OFFER_REMINDER, offer_of(decision), "")
    return OFFER_REMINDER, copy.language, copy.context


def udem_due(at: datetime) -> list[Would]:
    """The reminders of the application to UdeM that are owed then."""
    rows = UdemFile.objects.filter(pk__in=reminding.udem_owed(at)).order_by("pk")
    file = "offer__decision__application"
    return [
        Would(UDEM_REMINDER.name, *row)
        for row in rows.values_list(f"{file}__applicant__language", "pk", file)
    ]


def udem_moments(at: datetime) -> list[datetime]:
    """The mornings before the dates of UdeM, of each cycle."""
    cycles = Cycle.objects.published().filter(udem_official_on__gte=day_of(at))
    moments = {moment for cycle in cycles for moment in reminding.udem_moments(cycle)}
    return sorted(moment for moment in moments if moment > at)


def read_udem(row: int, at: datetime) -> Copy | None:
    """The reminder to one person who has not reported their application to UdeM."""
    udem_file = reminding.unfiled(at).filter(pk=row).first()
    if udem_file is None:
        return None
    offer = udem_file.offer
    copy = address(
        UDEM_REMINDER, offer, "", **reminding.udem_dates(offer.decision.application.cycle, at)
    )
    return UDEM_REMINDER, copy.language, copy.context


def ends_due(at: datetime) -> list[Would]:
    """The letters about the end of a waitlist that are owed then."""
    rows = Decision.objects.filter(pk__in=announcing.uncalled(at)).order_by("pk")
    return [
        Would(WAITLIST_ENDED.name, *row) for row in rows.values_list(TO_PERSON, "pk", "application")
    ]


def end_moments(at: datetime) -> list[datetime]:
    """The mornings after the waitlists to come."""
    cycles = Cycle.objects.published().filter(waitlist_ends_on__gte=day_of(at) - announcing.STALE)
    moments = {announcing.end_moment(cycle) for cycle in cycles}
    return sorted(moment for moment in moments if moment > at)


def read_end(row: int, at: datetime) -> Copy | None:
    """The letter to one person who was never called."""
    known = announcing.uncalled(at)
    rows = Decision.objects.filter(pk=row, pk__in=known)
    found = rows.select_related("application__applicant", "application__cycle", "program").first()
    if found is None:
        return None
    copy = announcing.farewell(found)
    return WAITLIST_ENDED, copy.language, copy.context


LAPSE_OFFERS = register(
    Errand(
        task="followup.tasks.lapse_offers",
        every=10 * MINUTE,
        title=_("Offers without a reply"),
        says=_("Records as lapsed the offers that nobody replied to by their last day."),
        does="followup.offers.lapse_all",
        by_turns=True,
        may_pause=True,
    )
)
REMIND_OF_REPLIES = register(
    Errand(
        task="followup.tasks.remind_of_replies",
        every=15 * MINUTE,
        title=_("Reminders of replies"),
        says=_(
            "Writes to those whose offer waits for a reply, two days before the last day and in its morning."
        ),
        does="followup.reminding.remind_of_replies",
        by_turns=True,
        letters=Letters(replies_due, reply_moments, read_reply),
        may_pause=True,
    )
)
REMIND_OF_UDEM = register(
    Errand(
        task="followup.tasks.remind_of_udem",
        every=15 * MINUTE,
        title=_("Reminders of the UdeM application"),
        says=_(
            "Writes to those who said yes and have not reported their UdeM application: 7 days and 2 days before "
            "the safe date, in its morning, and in the morning of the official date."
        ),
        does="followup.reminding.remind_of_udem",
        by_turns=True,
        letters=Letters(udem_due, udem_moments, read_udem),
        may_pause=True,
    )
)
CALL_BY_ITSELF = register(
    Errand(
        task="followup.tasks.call_by_itself",
        every=5 * MINUTE,
        title=_("Calls from the waitlist"),
        says=_(
            "Where a cycle says so, calls the next person on the waitlist for each place that is free, once the letters "
            "about it have left."
        ),
        does="followup.calls.call_by_itself",
        by_turns=True,
        may_pause=True,
    )
)
END_WAITLISTS = register(
    Errand(
        task="followup.tasks.end_waitlists",
        every=15 * MINUTE,
        title=_("End of the waitlists"),
        says=_("Writes to those who were never called, in the morning after the waitlist ended."),
        does="followup.announcing.end_waitlists",
        by_turns=True,
        letters=Letters(ends_due, end_moments, read_end),
        may_pause=True,
    )
)
TELL_FREE_SEATS = register(
    Errand(
        task="followup.tasks.tell_free_seats",
        every=15 * MINUTE,
        title=_("Places that are free"),
        says=_("Tells the coordinators, once a day at most, of places that nobody is called for."),
        does="followup.announcing.tell_free_seats",
        by_turns=True,
        may_pause=True,
    )
)
