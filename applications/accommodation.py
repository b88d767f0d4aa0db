"""What a person needs so that the process treats them fairly: outside the form, never shown to readers."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.permissions import owns
from audit.moves import Refused, record


@transaction.atomic
def say_needs(application: Application, text: str, *, by: User) -> Application:
    """Write the person's accommodation needs, or erase them with an empty text; at any time, the close or not.

    The trail says that it was done, never the words. Raises Refused for anybody but the applicant.
    """
    if not owns(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if locked.accommodation != text:
        locked.accommodation = text
        locked.save(update_fields=["accommodation"])
        record("say needs" if text else "erase needs", locked, by=by)
    application.accommodation = text
    return application
