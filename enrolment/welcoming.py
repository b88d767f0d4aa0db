"""The welcome of those who registered: by a coordinator's click, once a person."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from cycles.models import Cycle
from enrolment import letters
from enrolment.closing import refuse_when_closed
from enrolment.models import Welcome
from enrolment.permissions import cares
from followup.models import Filing, UdemFile
from followup.models.udem import UdemFileQuerySet


def to_welcome(cycle: Cycle, user: User) -> UdemFileQuerySet:
    """The registered people of a cycle whom nobody has welcomed, of those that this person may see."""
    rows = UdemFile.objects.visible_to(user).filter(
        status=Filing.REGISTERED,
        offer__decision__application__cycle=cycle,
        offer__decision__application__welcome=None,
        offer__decision__application__applicant__is_active=True,
    )
    return rows.select_related(
        "program", "offer__decision__application__applicant", "offer__decision__application__cycle"
    ).order_by("pk")


@transaction.atomic
def welcome(cycle: Cycle, applications: Iterable[int], *, by: User) -> int:
    """Welcome these people, if they are registered and were not welcomed; how many were. Raises Refused."""
    if not cares(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_when_closed(cycle.pk)
    wanted = set(applications) - ids_kept_from(by)
    rows = to_welcome(cycle, by).filter(offer__decision__application__in=wanted)
    held = list(rows.select_for_update(of=("self",)))
    # A second click waits for the lock of the cycle above, and finds nobody left.
    welcomed = [(row.offer.decision.application, row.program) for row in held]
    made = Welcome.objects.bulk_create(
        Welcome(application=application, by=by) for application, _program in welcomed
    )
    letters.welcome(welcomed)
    for row in made:
        record("welcome", row.application, by=by)
    return len(made)
