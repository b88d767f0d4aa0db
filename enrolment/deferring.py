"""A place kept for another year: recorded with its reason, told to the person, and undone.

Nothing is made in the next cycle: its seats show the promise, and the coordination confirms it there.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from cycles.clock import day_of
from cycles.models import Cycle, Intake
from enrolment.closing import refuse_when_closed
from enrolment.letters import tell_deferral
from enrolment.models import Deferral
from enrolment.permissions import cares
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts

# From where a place can be deferred: whatever comes before an end that says otherwise.
DEFERRABLE = frozenset(Filing) - {Filing.REFUSED, Filing.CLOSED, Filing.REGISTERED}


def cycles_after(cycle: Cycle) -> list[Cycle]:
    """The later cycles, the next one first."""
    return list(Cycle.objects.filter(opens_at__gt=cycle.opens_at).order_by("opens_at"))


def deferral_of(application: Application) -> Deferral | None:
    """The promise that stands for a person."""
    rows = Deferral.objects.standing().filter(application=application)
    return rows.select_related("to_cycle", "program", "by").first()


def may_defer(udem_file: UdemFile | None) -> bool:
    """Whether a file at UdeM is where its place can be kept for another year."""
    return udem_file is not None and udem_file.status in DEFERRABLE


@transaction.atomic
def defer(application: Application, to: Cycle, *, reason: str, by: User) -> Deferral:
    """Keep the place for a later cycle; recorded twice, it is one promise. Raises Refused."""
    _refuse_strangers(application, by)
    refuse_when_closed(application.cycle_id, to.pk)
    found = deferral_of(application)
    if found is not None and found.to_cycle_id == to.pk:
        return found
    udem_file = _file_of(application)
    if found is not None or udem_file is None or not may_defer(udem_file):
        raise Refused(_("This place cannot be deferred now."))
    if to.opens_at <= application.cycle.opens_at:
        raise Refused(_("A place is deferred to a later cycle."))
    if not Intake.objects.filter(cycle=to, program=udem_file.program).exists():
        raise Refused(_("That cycle does not take people for this program."))
    made = Deferral.objects.create(
        application=application,
        to_cycle=to,
        program=udem_file.program,
        reason=reason,
        old_status=udem_file.status,
        old_ended_on=udem_file.ended_on,
        by=by,
    )
    today = day_of(timezone.now())
    student_centre.record_step(udem_file, Filing.DEFERRED, Facts(ended_on=today), by=by, why=reason)
    record("defer", application, by=by, why=reason, to=to.code)
    tell_deferral(made)
    return made


@transaction.atomic
def undo(deferral: Deferral, *, by: User) -> None:
    """Take the promise back: the file at UdeM is where it was. Raises Refused."""
    application = deferral.application
    _refuse_strangers(application, by)
    refuse_when_closed(application.cycle_id, deferral.to_cycle_id)
    held = Deferral.objects.select_for_update().get(pk=deferral.pk)
    if held.undone_at is not None:
        return
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    udem_file = _file_of(application)
    if udem_file is not None and udem_file.status == Filing.DEFERRED:
        before = student_centre.facts_of(udem_file)
        before |= {"status": held.old_status, "ended_on": held.old_ended_on}
        student_centre.put_back(udem_file, before, by=by, why=_("Deferral undone"))
    record("undo_deferral", application, by=by)


def _refuse_strangers(application: Application, by: User) -> None:
    """Raise Refused for whoever may not look after this person."""
    if not cares(by) or application.pk in ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)


def _file_of(application: Application) -> UdemFile | None:
    """The person's file at UdeM, locked."""
    rows = UdemFile.objects.filter(offer__decision__application=application)
    return rows.select_for_update(of=("self",)).select_related("program").first()
