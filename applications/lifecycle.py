"""What may happen to an application, and the verbs that make it happen."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import applies, coordinates
from applications.completeness import missing, whole
from applications.letters import (
    acknowledge,
    confirm_restoration,
    confirm_withdrawal,
    tell_late_pass,
    tell_late_pass_ended,
)
from applications.models import Application, Status, Submission
from applications.models.application import EDITABLE, FILED, new_number
from applications.permissions import owns, owns_or_coordinates
from applications.settled import settled
from applications.snapshot import declared, fingerprint_of, freeze
from applications.wanted import held
from audit.moves import Move, Refused, move, record
from cycles.clock import is_zone, start_of
from cycles.models import Cycle


def what_lacks(application: Application) -> list[str]:
    """The blockers of a submission: a sentence for each thing missing. What it fetches serves the snapshot too."""
    return [item.text for item in missing(whole(application))]


def what_replaced_it(application: Application) -> list[str]:
    """The blocker of a restoration: a file begun since in the same cycle."""
    if not application.has_successor():
        return []
    return [_("You have begun another application in this cycle: withdraw that one first.")]


def answered() -> str:
    """The sentence for whoever would change what was answered already."""
    return _("This application has been answered: it stays as you submitted it.")


def what_settled_it(application: Application) -> list[str]:
    """The blocker of any change: an answer that its applicant may know."""
    is_settled = Application.objects.filter(settled(), pk=application.pk).exists()
    return [answered()] if is_settled else []


SUBMIT = Move(
    "submit",
    EDITABLE,
    Status.SUBMITTED,
    may=owns,
    blocked_by=what_lacks,
    label=gettext_lazy("Submit my application"),
)
REOPEN = Move(
    "reopen",
    (Status.SUBMITTED,),
    Status.REOPENED,
    may=owns,
    blocked_by=what_settled_it,
    label=gettext_lazy("Change my application"),
)
WITHDRAW = Move(
    "withdraw",
    (Status.DRAFT, *FILED),
    Status.WITHDRAWN,
    may=owns_or_coordinates,
    label=gettext_lazy("Withdraw my application"),
)
RESTORE = Move(
    "restore",
    (Status.WITHDRAWN,),
    Status.DRAFT,
    may=owns_or_coordinates,
    blocked_by=what_replaced_it,
    label=gettext_lazy("Take the withdrawal back"),
)
# The same, for a file that was submitted before it was withdrawn: what was received counts again.
RESTORE_FILED = replace(RESTORE, target=Status.SUBMITTED)
MOVES = (SUBMIT, REOPEN, WITHDRAW, RESTORE)


def closed() -> Refused:
    """The sentence for whoever comes too late or too early."""
    return Refused(
        _(
            "This cycle is not open: nothing can be changed or submitted now. What you saved is kept."
        )
    )


@transaction.atomic
def start(cycle: Cycle, *, by: User) -> Application:
    """Begin an application, or give back the one already begun. Raises Refused when the cycle is closed."""
    begun = Application.objects.live().filter(applicant=by, cycle=cycle).first()
    if begun:
        return begun
    if not Cycle.objects.open().filter(pk=cycle.pk).exists():
        raise closed()
    if Application.objects.filter(settled(), applicant=by, cycle=cycle).exists():
        raise Refused(_("You have had an answer in this cycle: apply again in the next one."))
    return _begin(cycle, by, by=by)


def _begin(cycle: Cycle, applicant: User, *, by: User) -> Application:
    """A new draft of this person."""
    try:
        with transaction.atomic():
            application = Application.objects.create(
                applicant=applicant, cycle=cycle, number=f"{cycle.code}-{new_number()}"
            )
    except IntegrityError:
        # A second tab began it between our look and our insert.
        return Application.objects.live().get(applicant=applicant, cycle=cycle)
    record("start", application, by=by, new=Status.DRAFT)
    return application


def editable(application: Application, *, by: User, at: datetime) -> Application:
    """The row, locked and fresh, if this person may write in it at that moment; else raises Refused."""
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cycle")
        .told_settled()
        .get(pk=application.pk)
    )
    if not owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if locked.is_settled:
        raise Refused(answered())
    if not locked.is_editable:
        raise Refused(_("This application was submitted: reopen it to change it."))
    if not locked.accepts(at):
        raise closed()
    return locked


def touch(application: Application, **changes: Any) -> None:
    """Count one more change of the draft, at once in the row and in the object; `changes` go with it."""
    now = timezone.now()
    Application.objects.filter(pk=application.pk).update(
        revision=F("revision") + 1, saved_at=now, **changes
    )
    application.revision += 1
    application.saved_at = now


@transaction.atomic
def submit(
    application: Application, *, by: User, revision: int, at: datetime, zone: str = ""
) -> Submission:
    """Submit exactly the draft that the applicant looked at; asked twice, give the same receipt.

    `revision` is the draft's when the applicant reviewed it; `at` is when the request reached us;
    `zone` is the browser's time zone, for the receipt, when it has a name that we know.
    """
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cycle")
        .told_settled()
        .get(pk=application.pk)
    )
    if not owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    done = locked.submissions.filter(revision=revision).first()
    if done:
        return done
    if locked.is_settled:
        raise Refused(answered())
    if not locked.accepts(at):
        raise closed()
    if revision != locked.revision:
        raise Refused(
            _("Your application changed in another tab: look at it once more, then submit.")
        )
    move(locked, SUBMIT, by=by, submitted_at=at)
    locked.applicant = by  # the move read the row afresh: who it is need not be asked again
    submission = _snapshot(locked, at, zone if is_zone(zone) else "")
    acknowledge(submission)
    return submission


def _snapshot(application: Application, at: datetime, zone: str) -> Submission:
    """Freeze the draft into the next version, with its documents."""
    # The page lets nobody submit without ticking each of them.
    content = {**freeze(application), "declarations": declared(application, at)}
    version = application.submissions.count() + 1
    submission = Submission.objects.create(
        application=application,
        version=version,
        revision=application.revision,
        receipt=f"MPP-{application.number}-{version}",
        at=at,
        zone=zone,
        content=content,
        sha256=fingerprint_of(content),
        notice_version=application.cycle.notice_version,
    )
    submission.documents.add(*[row.document for row in held(application) if row.document])
    return submission


@transaction.atomic
def reopen(application: Application, *, by: User, at: datetime) -> Application:
    """Open a submitted file again before the close; the last submission counts until the next one."""
    if not application.accepts(at):
        raise closed()
    move(application, REOPEN, by=by)
    # A new revision, so that submitting again makes a new receipt even when nothing changed.
    touch(application)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: User, why: str = "") -> Application:
    """Take the file out, at the applicant's wish."""
    move(application, WITHDRAW, by=by, why=why)
    confirm_withdrawal(application)
    return application


@transaction.atomic
def restore(application: Application, *, by: User, at: datetime) -> Application:
    """Undo a withdrawal before the close: a draft again, or submitted if something was received."""
    if not application.accepts(at):
        raise closed()
    filed = application.submissions.exists()
    move(application, RESTORE_FILED if filed else RESTORE, by=by)
    confirm_restoration(application)
    return application


@transaction.atomic
def give_late_pass(application: Application, *, until: datetime, why: str, by: User) -> Application:
    """Let one person finish until a later close of their own; nobody else's changes."""
    locked = _for_a_pass(application, why=why, by=by)
    if refusal := why_no_pass(locked.cycle, until):
        raise Refused(refusal)
    locked.late_until = application.late_until = until
    locked.save(update_fields=["late_until"])
    record("give_late_pass", locked, by=by, why=why, until=until.isoformat())
    tell_late_pass(locked)
    return locked


@transaction.atomic
def give_late_pass_to(
    person: User, cycle: Cycle, *, until: datetime, why: str, by: User
) -> Application:
    """The same for someone who may never have begun: their draft begins with the pass."""
    if not coordinates(by) or not applies(person):
        raise Refused(_("You may not do this."), forbidden=True)
    begun = Application.objects.live().filter(applicant=person, cycle=cycle).first()
    application = begun or _begin(cycle, person, by=by)
    return give_late_pass(application, until=until, why=why, by=by)


@transaction.atomic
def take_late_pass_back(application: Application, *, why: str, by: User) -> Application:
    """The file closes with its cycle again; what was received meanwhile stays received."""
    locked = _for_a_pass(application, why=why, by=by)
    if locked.late_until is None:
        raise Refused(_("There is no late pass to take back."))
    locked.late_until = application.late_until = None
    locked.save(update_fields=["late_until"])
    record("take_late_pass_back", locked, by=by, why=why)
    tell_late_pass_ended(locked)
    return locked


def _for_a_pass(application: Application, *, why: str, by: User) -> Application:
    """The row, locked and fresh, if this person may change its close for this reason; else raises Refused."""
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cycle", "applicant")
        .get(pk=application.pk)
    )
    if not coordinates(by) or owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if not why.strip():
        raise Refused(_("Say why: it is kept with the file."))
    if locked.status == Status.WITHDRAWN:
        raise Refused(_("This application is withdrawn: it can have no late pass."))
    return locked


def why_no_pass(cycle: Cycle, until: datetime) -> str:
    """Why a file of this cycle may not stay open until then, or nothing."""
    if not cycle.is_published or timezone.now() < cycle.opens_at:
        return _("This cycle is not open yet: nobody can be late.")
    if until <= max(timezone.now(), cycle.closes_at):
        return _("Choose a moment to come, after the close of the cycle.")
    if until >= start_of(cycle.release_on):
        return _("Choose a moment before the answers are released.")
    return ""
