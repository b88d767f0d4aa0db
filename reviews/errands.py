"""What the timetable does for judging."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.timetable import MINUTE, Errand, Letters, Would, register
from cycles.clock import at_hour, day_of
from notifications.letters import Letter
from reviews import digest


def readers_due(at: datetime) -> list[Would]:
    """The mails that readers are owed then."""
    mails = digest.owed(at)
    if mails is None:
        return []
    languages = User.objects.filter(pk__in=mails.keys).order_by("pk").values_list("language", "pk")
    return [Would(mails.letter.name, *row) for row in languages]


def reader_moments(at: datetime) -> list[datetime]:
    """The next morning, and the Monday after it: those with files left hear of it then."""
    today = day_of(at)
    days = [today + timedelta(days=count) for count in range(9)]
    mornings = [moment for day in days if (moment := at_hour(day, digest.MORNING)) > at]
    return [mornings[0], *(one for one in mornings[1:] if day_of(one).weekday() == 0)][:2]


def read_reader(row: int, at: datetime) -> tuple[Letter, str, Mapping[str, Any]] | None:
    """The mail to one reader."""
    mails, reader = digest.owed(at), User.objects.filter(pk=row).first()
    if mails is None or reader is None or reader.pk not in mails.keys:
        return None
    return mails.letter, reader.language, mails.context(reader)


DETECT_CONFLICTS = register(
    Errand(
        task="reviews.tasks.detect_conflicts",
        every=10 * MINUTE,
        title=_("Look for conflicts of interest"),
        says=_("Compares the files of each cycle with the staff, where something changed."),
        does="reviews.comparing.detect_due",
    )
)
ESTIMATE = register(
    Errand(
        task="reviews.tasks.estimate",
        every=30,
        title=_("Correct scores"),
        says=_("Corrects the scores of the cycles whose marks changed."),
        does="reviews.estimates.estimate_all",
    )
)
WRITE_TO_READERS = register(
    Errand(
        task="reviews.tasks.write_to_readers",
        every=30 * MINUTE,
        title=_("Mails to readers"),
        says=_(
            "Writes to those who have files left to read, on Mondays, and when something is due within three days."
        ),
        does="reviews.digest.write_all",
        by_turns=True,
        letters=Letters(readers_due, reader_moments, read_reader),
        may_pause=True,
    )
)
