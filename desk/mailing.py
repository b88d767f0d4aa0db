"""What the office does about letters that did not arrive: one, or all of a person's."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused
from desk.mail import seen_by
from desk.mail_reading import Owner, owners_of
from notifications import ledger
from notifications.models import OutgoingEmail


def present_address(letter: OutgoingEmail, owners: dict[str, Owner]) -> str:
    """The address that an applicant or a referee has now; that of the letter for everybody else.

    A letter about an account was meant for the very address that it names.
    """
    owner = owners.get(letter.about)
    return owner.email if owner and owner.number else letter.address


@transaction.atomic
def resend(letter: OutgoingEmail, *, by: User, why: str) -> OutgoingEmail:
    """Let a letter leave once more, to the address that its reader has now. Raises Refused."""
    return ledger.resend(
        letter, by=by, why=why, address=present_address(letter, owners_of({letter.about}))
    )


@transaction.atomic
def resend_all(letter: OutgoingEmail, *, by: User, why: str) -> int:
    """The same for every letter to the same address that did not arrive; how many leave again.

    Raises Refused when none may.
    """
    stuck = seen_by(by).filter(address__iexact=letter.address).needing_a_person().order_by("pk")
    again = [row for row in stuck if ledger.RESEND.refusal(row, by) is None]
    if not again:
        raise ledger.RESEND.refusal(letter, by) or Refused(_("No letter waits to be sent again."))
    owners = owners_of({row.about for row in again})
    for row in again:
        ledger.resend(row, by=by, why=why, address=present_address(row, owners))
    return len(again)
