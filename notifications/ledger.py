"""What a person may do about a letter that will not leave by itself."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.moves import Move, Text, move
from notifications.letters import check_address
from notifications.models import OutgoingEmail

Status = OutgoingEmail.Status


def may_handle(by: Any, email: OutgoingEmail) -> bool:
    """Coordinators and administrators look after the mail."""
    return by is not None and by.has("coordinator", "administrator")


def has_no_text(email: OutgoingEmail) -> Iterable[Text]:
    """A secret that was erased, or a letter that could not be written."""
    if not email.subject or not email.text:
        yield _("The text of this letter was erased or never made.")


RESEND = Move(
    "resend letter",
    (Status.UNKNOWN, Status.BOUNCED, Status.DEAD),
    Status.PENDING,
    may=may_handle,
    blocked_by=has_no_text,
    label=_("Send again"),
)
SETTLE_AS_SENT = Move(
    "settle letter as sent",
    (Status.UNKNOWN,),
    Status.SENT,
    may=may_handle,
    label=_("It did arrive"),
)
MOVES = (RESEND, SETTLE_AS_SENT)


def resend(email: OutgoingEmail, *, by: Any, why: str, address: str = "") -> OutgoingEmail:
    """Let a letter go out again, with all its attempts before it; to another `address` of the same reader.

    Raises Refused.
    """
    email.refresh_from_db(fields=["resent"])
    again = {
        "attempts": 0,
        "next_attempt_at": timezone.now(),
        "error": "",
        "sent_at": None,
        # A new sending: what is said of the one before moves nothing any more.
        "resent": email.resent + 1,
        "outcome": "",
        "transport": "",
        "esp_message_id": "",
    }
    if address:
        check_address(address)
        again["address"] = address
    return move(email, RESEND, by=by, why=why, **again)


def settle_as_sent(email: OutgoingEmail, *, by: Any, why: str) -> OutgoingEmail:
    """Write that a letter of unknown fate did arrive, because somebody found out. Raises Refused."""
    text = "" if email.secret else email.text
    return move(email, SETTLE_AS_SENT, by=by, why=why, sent_at=timezone.now(), text=text)
