"""Putting an applicant's e-mail address right, and sending again what the wrong one sent back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.people import correct_address
from applications.models import Application
from audit.moves import Refused
from desk.permissions import handles
from notifications import ledger
from notifications.models import OutgoingEmail


@transaction.atomic
def correct(application: Application, *, email: str, why: str, by: User) -> int:
    """Correct the applicant's address; how many letters about the file leave again, to the right one.

    Raises Refused for staff, whose addresses administrators look after, and for an address that is taken.
    """
    if not handles(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    person = application.applicant
    if person.is_member:
        raise Refused(_("This person is staff: an administrator corrects their address."))
    before = person.email
    correct_address(person, email, by=by, why=why)
    # Only what went to this very address: letters about the file to somebody else are not the applicant's.
    stuck = OutgoingEmail.objects.about(application).filter(address=before).needing_a_person()
    again = [row for row in stuck if ledger.RESEND.refusal(row, by) is None]
    for row in again:
        ledger.resend(row, by=by, why=why, address=person.email)
    return len(again)
