"""The letters that come after an answer. None of them carries the UdeM number."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from applications.letters import MY_PAGE
from applications.models import Application
from applications.models.application import GONE
from cycles.clock import day_of, end_of
from cycles.models import Program
from followup.models import Offer, UdemFile
from notifications import outbox
from notifications.calendars import Entry
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed

OFFER_ACCEPTED = Letter("offer_accepted")
OFFER_DECLINED = Letter("offer_declined")
OFFER_EXPIRED = Letter("offer_expired")
# A yes given once UdeM's own date has passed, by somebody called from the waitlist.
OFFER_ACCEPTED_LATE = Letter("offer_accepted_late")
ACCEPTANCE_TAKEN_BACK = Letter("acceptance_taken_back")
UDEM_FILED = Letter("udem_filed")
# Never the outcome: a reply is awaited, sign in.
OFFER_REMINDER = Letter("offer_reminder")
UDEM_REMINDER = Letter("udem_reminder")
UDEM_DOCUMENTS_REMINDER = Letter("udem_documents_reminder")
UDEM_ACCEPT_REMINDER = Letter("udem_accept_reminder")
# What the office wrote is for the page alone.
UDEM_STEP_CHANGED = Letter("udem_step_changed")
WAITLIST_CALLED = Letter("waitlist_called")
WAITLIST_ENDED = Letter("waitlist_ended")
OFFER_REOPENED = Letter("offer_reopened")
REPLY_EXTENDED = Letter("reply_extended")
# To coordinators: numbers alone.
SEATS_FREE = Letter("seats_free")

REPLY_LIMIT = gettext_lazy("Your reply to Mila")
UDEM_LIMIT = gettext_lazy("Application to UdeM")


def confirm_acceptance(offer: Offer) -> OutgoingEmail:
    """Your yes is recorded; here is how to apply to UdeM, and by when, as long as its date has not passed."""
    official = end_of(offer.decision.application.cycle.udem_official_on)
    if offer.replied_at and offer.replied_at > official:
        return _tell(OFFER_ACCEPTED_LATE, offer)
    return _tell(OFFER_ACCEPTED, offer, dates=udem_limit(offer.decision.application))


def udem_limit(application: Application) -> list[Entry]:
    """The last safe moment to apply to UdeM, for a calendar."""
    when = end_of(application.cycle.udem_safe_on)
    return [Entry("udem", UDEM_LIMIT, when, application.number, MY_PAGE)]


def confirm_decline(offer: Offer) -> OutgoingEmail:
    """Your no is recorded."""
    return _tell(OFFER_DECLINED, offer)


def confirm_filing(udem_file: UdemFile) -> OutgoingEmail:
    """We know that you applied to UdeM; here is what comes next."""
    # Once for a file, whatever happens to the offer.
    key = f"{UDEM_FILED.name}:{udem_file.offer_id}"
    return _tell(UDEM_FILED, udem_file.offer, key=key, udem_file=udem_file)


def tell_taken_back(offer: Offer) -> OutgoingEmail:
    """Your yes is taken back, as you asked."""
    return _tell(ACCEPTANCE_TAKEN_BACK, offer)


def tell_called(offer: Offer) -> OutgoingEmail:
    """There is news: sign in, a reply is awaited by then."""
    return _tell(WAITLIST_CALLED, offer, dates=reply_limit(offer))


def tell_reopened(offer: Offer) -> OutgoingEmail:
    """A reply is awaited again, by then."""
    return _tell(OFFER_REOPENED, offer, dates=reply_limit(offer))


def tell_extended(offer: Offer) -> OutgoingEmail:
    """You have more time to reply; a letter for each new day."""
    return _tell(REPLY_EXTENDED, offer, of=str(day_of(offer.reply_by)), dates=reply_limit(offer))


def reply_limit(offer: Offer) -> list[Entry]:
    """The last moment to reply, for a calendar."""
    number = offer.decision.application.number
    return [Entry("reply", REPLY_LIMIT, offer.reply_by, number, MY_PAGE)]


def key_of(letter: Letter, offer: Offer, of: str = "") -> str:
    """One letter of each kind for each round of an offer, and for each `of` in it."""
    parts = [letter.name, str(offer.pk), str(offer.round) if offer.round > 1 else "", of]
    return ":".join(part for part in parts if part)


def tell_changed(udem_files: Iterable[UdemFile], at: datetime) -> int:
    """The office wrote something about your file at UdeM: sign in. How many letters were asked for.

    Once a day for each step, and only to those who are still in the process; the files come with what hangs on them.
    """
    name, day = UDEM_STEP_CHANGED.name, day_of(at)
    return outbox.queue_all(
        UDEM_STEP_CHANGED,
        [
            address(UDEM_STEP_CHANGED, row.offer, f"{name}:{row.pk}:{row.status}:{day}")
            for row in udem_files
            if row.offer.decision.application.status not in GONE
        ],
    )


def tell_expired(offers: Iterable[Offer]) -> int:
    """Your offer ended without a reply; how many letters were queued. The offers come with their decision's file."""
    return outbox.queue_all(
        OFFER_EXPIRED,
        [address(OFFER_EXPIRED, offer, key_of(OFFER_EXPIRED, offer)) for offer in offers],
    )


def address(letter: Letter, offer: Offer, key: str, **context: Any) -> Addressed:
    """One copy of a letter about an offer, in the applicant's language."""
    application = offer.decision.application
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=key,
        context={**about(application, offer, offer.decision.program), **context},
    )


def about(application: Application, offer: Offer, program: Program | None) -> dict[str, Any]:
    """What each of these letters knows."""
    return {
        "application": application,
        "cycle": application.cycle,
        "offer": offer,
        "program": program,
        "udem_limit": end_of(application.cycle.udem_safe_on),
    }


def _tell(
    letter: Letter, offer: Offer, *, of: str = "", key: str = "", **context: Any
) -> OutgoingEmail:
    """One letter of each kind for a round of an offer, under its usual key or this one."""
    copy = address(letter, offer, key or key_of(letter, offer, of), **context)
    return outbox.queue(
        letter,
        address=copy.address,
        language=copy.language,
        about=copy.about,
        key=copy.key,
        context=copy.context,
    )
