"""The letters of an answer, and those to the people who release it."""

from collections.abc import Iterable

from django.conf import settings

from accounts.models import Role, User
from answers.canary import first_of
from audit.models import subject_of
from notifications import outbox
from notifications.letters import Letter
from reviews.models import Decision, Release

# Never the outcome, and the same text whatever it is. Never sent twice by a machine.
DECISION_AVAILABLE = Letter("decision_available", resend_after=None, priority=4)
DECISION_CORRECTED = Letter("decision_corrected", resend_after=None, priority=4)
# To the people who stand behind a release.
RELEASE_HELD = Letter("release_held", priority=1)
RELEASE_STUCK = Letter("release_stuck", priority=1)


def letter_of(decision: Decision) -> Letter:
    """Which of the two letters announces this answer."""
    return DECISION_CORRECTED if decision.corrects_id else DECISION_AVAILABLE


def addressed(decision: Decision) -> outbox.Addressed:
    """The letter of one answer: to whom, in which language, with what."""
    application = decision.application
    return outbox.Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{letter_of(decision).name}:{application.number}:{decision.version}",
        context={
            "called": application.called,
            "number": application.number,
            "cycle": application.cycle,
        },
    )


def announce(shown: Release, decisions: Iterable[Decision]) -> int:
    """Your answer is available: sign in. A few leave first; returns how many letters were queued."""
    rows = list(decisions)
    letters = [addressed(decision) for decision in rows]
    first = first_of(letters, settings.RELEASE_CANARY)
    return outbox.queue_all(
        letter_of(rows[0]),
        letters,
        batch=subject_of(shown),
        held={one.key for one in letters} - first,
    )


def tell_held(held: Release) -> None:
    """To both who stand behind it: nothing was shown, and the page says why."""
    behind = [pk for pk in (held.prepared_by_id, held.approved_by_id) if pk]
    people = User.objects.filter(pk__in=behind, is_active=True)
    key = f"{RELEASE_HELD.name}:{held.pk}:{held.stopped_at:%Y%m%d%H%M%S}"
    _tell(RELEASE_HELD, held, people, key)


def tell_stuck(shown: Release) -> None:
    """To coordinators and directors, once for a release: its first letters did not arrive."""
    people = User.objects.filter(roles__overlap=[Role.COORDINATOR, Role.DIRECTOR], is_active=True)
    _tell(RELEASE_STUCK, shown, people, f"{RELEASE_STUCK.name}:{shown.pk}")


def _tell(letter: Letter, release: Release, people: Iterable[User], key: str) -> None:
    """The same letter to each of these members of the staff."""
    outbox.queue_all(
        letter,
        [
            outbox.Addressed(
                address=person.email,
                language=person.language,
                about=release,
                key=f"{key}:{person.pk}",
                context={"release": release, "cycle": release.cycle},
            )
            for person in people
        ],
    )
