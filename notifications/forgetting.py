"""Letters about something that was erased."""

from django.db import models

from notifications.models import OutgoingEmail

STILL_LEAVING = (
    OutgoingEmail.Status.HELD,
    OutgoingEmail.Status.PENDING,
    OutgoingEmail.Status.SENDING,
    OutgoingEmail.Status.UNKNOWN,
)


def forget(*things: models.Model) -> None:
    """The letters about these rows lose their words; those that have not left never will.

    That a letter left, when and to whom, stays: it was sent. A worker that holds one of them writes through its
    lease, and finds nothing to write.
    """
    about = OutgoingEmail.objects.about(*things).order_by()
    about.filter(status__in=STILL_LEAVING).delete()
    about.update(subject="", text="", dates=[])
