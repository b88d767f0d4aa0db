"""What the timetable does about awards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.timetable import MINUTE, Errand, Letters, Would, register
from followup.reminding import reply_moments
from notifications.letters import Letter
from scholarships import reminding
from scholarships.award_letters import AWARD_REMINDER, context_of
from scholarships.models import Award

FILE = "candidacy__application"


def awards_due(at: datetime) -> list[Would]:
    """The reminders of awards that are owed then."""
    rows = Award.objects.filter(pk__in=reminding.owed(at)).order_by("pk")
    told = rows.values_list(f"{FILE}__applicant__language", "pk", FILE)
    return [Would(AWARD_REMINDER.name, *row) for row in told]


def award_moments(at: datetime) -> list[datetime]:
    """The mornings before the last moments to reply that are to come."""
    rows = Award.objects.filter(status=Award.Status.OFFERED, reply_by__gt=at)
    ends = set(rows.values_list("reply_by", flat=True))
    moments = {moment for end in ends for moment in reply_moments(end)}
    return sorted(moment for moment in moments if moment > at)


def read_award(row: int, at: datetime) -> tuple[Letter, str, Mapping[str, Any]] | None:
    """The reminder to one person who has not replied."""
    award = reminding.unanswered(at).filter(pk=row).first()
    if award is None:
        return None
    language = award.candidacy.application.applicant.language
    return AWARD_REMINDER, language, context_of(AWARD_REMINDER, award)


SETTLE_AWARDS = register(
    Errand(
        task="scholarships.tasks.settle_awards",
        every=5 * MINUTE,
        title=_("What becomes of awards"),
        says=_(
            "Records the awards that nobody replied to in time or whose conditions are lost, and confirms those of "
            "people who registered."
        ),
        does="scholarships.lapsing.settle_all",
        by_turns=True,
        may_pause=True,
    )
)
REMIND_OF_AWARDS = register(
    Errand(
        task="scholarships.tasks.remind_of_awards",
        every=15 * MINUTE,
        title=_("Reminders of awards"),
        says=_(
            "Writes to those whose award waits for a reply, two days before its last moment and in the morning of its day."
        ),
        does="scholarships.reminding.remind_of_awards",
        by_turns=True,
        letters=Letters(awards_due, award_moments, read_award),
        may_pause=True,
    )
)
