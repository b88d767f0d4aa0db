"""Where the person stands in Canada now: theirs alone to confirm or to change, after our answer."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.models.application import CanadaStatus
from applications.permissions import owns
from audit.moves import Refused, record
from permits.facts import facts_of
from permits.models import Allows, Change, PermitPath
from permits.models.path import HOLDERS

TOLD = "tell_status"
# Those whose answer on "does it allow the program" decides their steps.
ALLOWED = (*HOLDERS, CanadaStatus.PROTECTED)


@dataclass(frozen=True)
class Status:
    """What the person says: `change` is why, where it is not what their application told."""

    canada_status: str
    change: str = ""
    permit_until: date | None = None
    allows: str = Allows.UNSURE

    def wrong(self, application: Application) -> dict[str, str]:
        """What lacks or cannot be, a sentence a field."""
        found = {}
        if self.canada_status not in CanadaStatus.values:
            found["canada_status"] = _("Choose one of the answers.")
        if self.canada_status != application.canada_status and self.change not in Change.values:
            found["change"] = _("Say why it is not what your application told.")
        if self.canada_status in HOLDERS and self.permit_until is None:
            found["permit_until"] = _("Give the day on which your permit ends.")
        if self.allows not in Allows.values:
            found["allows"] = _("Choose one of the answers.")
        return found

    def columns(self, application: Application) -> dict[str, object]:
        """What is kept: nothing that this status does not ask for."""
        status = self.canada_status
        return {
            "canada_status": status,
            "change": "" if status == application.canada_status else self.change,
            "permit_until": self.permit_until if status in HOLDERS else None,
            "allows": self.allows if status in ALLOWED else Allows.UNSURE,
        }


@transaction.atomic
def confirm(application: Application, status: Status, *, by: User) -> PermitPath:
    """Record where the person stands; said twice alike, it is said once. Raises Refused."""
    if not owns(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    if not facts_of([application])[application.pk].is_going:
        raise Refused(_("There is nothing to do for permits with this application now."))
    if sentences := status.wrong(application):
        raise Refused(_("This cannot be recorded."), list(sentences.values()))
    columns = status.columns(application)
    # The file is the lock: there may be no row yet.
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    held = PermitPath.objects.filter(application=application).first()
    if held and all(getattr(held, name) == value for name, value in columns.items()):
        return held
    held = held or PermitPath(application=application)
    for name, value in {**columns, "told_at": timezone.now()}.items():
        setattr(held, name, value)
    held.save()
    # That it changed, and why; not from what to what, which stays in the rows of the person.
    record(TOLD, held, by=by, why=str(columns["change"]))
    return held
