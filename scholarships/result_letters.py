"""The letters of scholarships: that a result is there, and those to the people who judge and show."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from cycles.models import Cycle
from notifications import outbox
from notifications.letters import Letter
from scholarships.models import Announcement, Result

# Never the outcome nor which scholarship, and the same text whatever it is. Never sent twice by a machine.
SCHOLARSHIP_RESULT = Letter("scholarship_result", resend_after=None, priority=4)
ANNOUNCEMENT_HELD = Letter("announcement_held", priority=1)
PANEL_REMINDER = Letter("panel_reminder")


def announce(cycle: Cycle, shown: Sequence[Announcement], results: Iterable[Result]) -> int:
    """Your answer is available: sign in. One letter a person, however many rounds they are in; how many."""
    first: dict[int, Result] = {}
    for result in sorted(results, key=lambda row: row.pk):
        first.setdefault(result.candidacy.application_id, result)
    batch = f"scholarships.announcement:{min(one.pk for one in shown)}" if shown else ""
    letters = [_addressed(cycle, result) for result in first.values()]
    return outbox.queue_all(SCHOLARSHIP_RESULT, letters, batch=batch)


def _addressed(cycle: Cycle, result: Result) -> outbox.Addressed:
    application = result.candidacy.application
    return outbox.Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=result.candidacy,
        key=f"{SCHOLARSHIP_RESULT.name}:{result.pk}",
        context={"called": application.called, "cycle": cycle},
    )


def tell_held(held: Sequence[Announcement]) -> None:
    """To both who stand behind it: nothing was shown, and the page says why."""
    first = held[0]
    behind = [pk for pk in (first.prepared_by_id, first.approved_by_id) if pk]
    people = User.objects.filter(pk__in=behind, is_active=True)
    key = f"{ANNOUNCEMENT_HELD.name}:{first.pk}:{first.stopped_at:%Y%m%d%H%M%S}"
    letters = [_to_staff(one, first, key, cycle=first.round.cycle) for one in people]
    outbox.queue_all(ANNOUNCEMENT_HELD, letters)


def _to_staff(person: User, about: Any, key: str, **context: Any) -> outbox.Addressed:
    return outbox.Addressed(
        address=person.email,
        language=person.language,
        about=about,
        key=f"{key}:{person.pk}",
        context={"name": person.full_name, **context},
    )


def reminder(person: User, key: str, **context: Any) -> outbox.Addressed:
    """To a member of a panel who has applications left to read."""
    return outbox.Addressed(person.email, person.language, person, key, context)
