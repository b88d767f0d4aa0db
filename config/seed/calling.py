"""Somebody on last year's waitlist whom the coordination called in the spring, and who said yes."""

from datetime import timedelta

from config.seed import pretence
from config.seed.judging import Staff
from cycles.clock import at_hour
from cycles.models import Cycle
from followup import calls, offers
from followup.models import Offer, UdemFile
from followup.seats import to_call, to_fill

# So long before the waitlist ends: 20 March, where it ends on 15 April.
BEFORE_THE_END = timedelta(days=26)
ONE_MORE = "La direction ajoute une place."


def call_one(cycle: Cycle, who: Staff) -> Offer | None:
    """The first who waits, for a free seat where there is one; they accept the next day."""
    free = {row.program.pk for row in to_fill(cycle)}
    waiting = sorted(to_call(cycle), key=lambda row: row.program_id not in free)
    if not waiting:
        return None
    decision = waiting[0]
    why = "" if decision.program_id in free else ONE_MORE
    day = cycle.waitlist_ends_on - BEFORE_THE_END
    with pretence.at(at_hour(day, 10)) as moment:
        calls.call(decision, by=who.coordinator, at=moment, why=why)
    with pretence.at(at_hour(day + timedelta(days=1), 20)) as moment:
        offer = offers.accept(decision, by=decision.application.applicant, at=moment)
    UdemFile.objects.filter(pk=offer.udem_file.pk).update(created_at=moment)
    return offer
