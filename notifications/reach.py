"""Which addresses letters do not reach: told by the last letter that each of them was sent."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from notifications.models import OutgoingEmail

if TYPE_CHECKING:
    from notifications.models import OutgoingEmailQuerySet

Status = OutgoingEmail.Status

# What the index of unfinished letters holds; named in each look-up, so that the index is used.
UNFINISHED = ~Q(status=Status.SENT) | Q(outcome=OutgoingEmail.Outcome.COMPLAINED)
FAILED = Q(status=Status.BOUNCED) | Q(outcome=OutgoingEmail.Outcome.COMPLAINED)


def last_word(address: str) -> OutgoingEmail | None:
    """The last letter to this address when it came back or was unwanted; None when letters arrive there."""
    tried = OutgoingEmail.objects.alias(to=Lower("address")).filter(to=address.lower())
    letters = tried.filter(status__in=[Status.SENT, Status.BOUNCED]).order_by("-tried_at", "-pk")
    last = letters.first()
    return last if last and _failed(last) else None


def _failed(letter: OutgoingEmail) -> bool:
    return letter.status == Status.BOUNCED or letter.outcome == OutgoingEmail.Outcome.COMPLAINED


def unreached(rows: "OutgoingEmailQuerySet") -> "OutgoingEmailQuerySet":
    """Of these letters, those that failed and after which none reached the same address, the last first."""
    later = OutgoingEmail.objects.alias(to=Lower("address")).filter(
        to=Lower(OuterRef("address")), tried_at__gt=OuterRef("tried_at"), status=Status.SENT
    )
    arrived = later.exclude(outcome=OutgoingEmail.Outcome.COMPLAINED)
    return rows.filter(UNFINISHED, FAILED).exclude(Exists(arrived)).order_by("-tried_at", "-pk")
