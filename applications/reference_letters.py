"""The letters to referees, and those that tell the applicant of their answers."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.models import Referee
from notifications import outbox
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.models import OutgoingEmail

# Secret: the personal link must not stay in the outbox once the letter has left.
REFERENCE_REQUEST = Letter("reference_request", timedelta(minutes=15), secret=True, priority=3)
REFERENCE_REMINDER = Letter("reference_reminder", secret=True)
REFERENCE_THANKS = Letter("reference_thanks")
# Secret too: what it tells of was erased.
REFERENCE_ENDED = Letter("reference_ended", secret=True)
REFERENCE_RECEIVED = Letter("reference_received")
REFERENCE_DECLINED = Letter("reference_declined", priority=4)

LETTER_DUE = _("Letter of reference for Mila, last day")


def ask_for_reference(referee: Referee) -> OutgoingEmail:
    """Somebody asks you for a letter: what is asked, by when, and your personal link. Once an address."""
    key = f"reference_request:{referee.pk}:{referee.address_version}"
    return _to_referee(REFERENCE_REQUEST, referee, key)


def remind_referee(referee: Referee, *, key: str) -> OutgoingEmail:
    """Your letter is still awaited; the same link. `key` says which reminder of this referee it is."""
    return _to_referee(REFERENCE_REMINDER, referee, f"reference_reminder:{referee.pk}:{key}")


def thank_referee(referee: Referee) -> OutgoingEmail:
    """Your letter arrived, and what exactly arrived; once for each letter that was sent."""
    return _to_referee(REFERENCE_THANKS, referee, f"reference_thanks:{referee.pk}:{referee.sha256}")


def tell_reference_ended(referee: Referee) -> OutgoingEmail:
    """The applicant erased the draft: your letter is no longer needed."""
    return _to_referee(REFERENCE_ENDED, referee, f"reference_ended:{referee.pk}")


def tell_reference_received(referee: Referee) -> OutgoingEmail:
    """A letter came for you. Nothing of what it says, not even its file's name."""
    return _about_referee(REFERENCE_RECEIVED, referee)


def tell_reference_declined(referee: Referee) -> OutgoingEmail:
    """A referee cannot write: name another one."""
    return _about_referee(REFERENCE_DECLINED, referee)


def reference_context(referee: Referee) -> dict[str, Any]:
    """What our letters to a referee know: the applicant's name, programs and due date, nothing of the file."""
    application = referee.application
    return {
        "referee": referee,
        # In a subject: a name of several lines must not become several headers.
        "applicant": " ".join(application.name.split()),
        "cycle": application.cycle,
        "programs": application.chosen,
        "dates": awaited(referee),
    }


def awaited(referee: Referee) -> list[Entry]:
    """The last day, for a calendar; without a page, because the personal link is in the letter alone."""
    return [Entry(f"reference-{referee.pk}", LETTER_DUE, referee.due_at)]


def _to_referee(letter: Letter, referee: Referee, key: str) -> OutgoingEmail:
    context = reference_context(referee)
    if letter not in (REFERENCE_REQUEST, REFERENCE_REMINDER):
        del context["dates"]  # nothing is awaited any more
    return outbox.queue(
        letter,
        address=referee.email,
        language=referee.language,
        about=referee,
        key=key,
        context=context,
    )


def _about_referee(letter: Letter, referee: Referee) -> OutgoingEmail:
    """To the applicant, once for an answer to one invitation."""
    application = referee.application
    return outbox.queue(
        letter,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{letter.name}:{referee.pk}:{referee.address_version}",
        context={
            "application": application,
            "cycle": application.cycle,
            "name": " ".join(referee.name.split()),
            "due_at": referee.due_at,
        },
    )
