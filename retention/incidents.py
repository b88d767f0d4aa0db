"""The register of confidentiality incidents: written by directors and the privacy service, never erased before its time."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, record
from retention.models import Incident
from retention.permissions import writes_incidents


@transaction.atomic
def save(incident: Incident, *, by: User) -> Incident:
    """Enter an incident, or what is known of it since. Raises Refused: for others, and once it is closed."""
    if not writes_incidents(by):
        raise Refused(_("You may not do this."), forbidden=True)
    new = incident.pk is None
    if new:
        incident.written_by = by
    else:
        held = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if held.closed_on:
            raise Refused(_("This incident is closed: enter another one that follows it."))
    incident.save()
    record("enter_incident" if new else "complete_incident", incident, by=by)
    return incident
