"""What may happen to an application, and the verbs that make it happen."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.completeness import LOOKS_AT, missing
from applications.letters import acknowledge, confirm_restoration, confirm_withdrawal
from applications.models import Application, Status, Submission
from applications.models.application import EDITABLE, FILED, new_number
from applications.permissions import owns, owns_or_coordinates
from applications.snapshot import fingerprint_of, freeze
from audit.moves import Move, Refused, move, record
from cycles.clock import is_zone
from cycles.models import Cycle


def what_lacks(application: Application) -> list[str]:
    """The blockers of a submission: a sentence for each thing missing. What it fetches serves the snapshot too."""
    prefetch_related_objects([application], *LOOKS_AT)
    return [item.text for item in missing(application)]


def what_replaced_it(application: Application) -> list[str]:
    """The blocker of a restoration: a file begun since in the same cycle."""
    if not application.has_successor():
        return []
    return [_("You have begun another application in this cycle: withdraw that one first.")]


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
    try:
        with transaction.atomic():
            application = Application.objects.create(
                applicant=by, cycle=cycle, number=f"{cycle.code}-{new_number()}"
            )
    except IntegrityError:
        # A second tab began it between our look and our insert.
        return Application.objects.live().get(applicant=by, cycle=cycle)
    record("start", application, by=by, new=Status.DRAFT)
    return application


def editable(application: Application, *, by: User, at: datetime) -> Application:
    """The row, locked and fresh, if this person may write in it at that moment; else raises Refused."""
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cycle")
        .get(pk=application.pk)
    )
    if not owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
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
        .get(pk=application.pk)
    )
    if not owns(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    done = locked.submissions.filter(revision=revision).first()
    if done:
        return done
    if not locked.accepts(at):
        raise closed()
    if revision != locked.revision:
        raise Refused(
            _("Your application changed in another tab: look at it once more, then submit.")
        )
    move(locked, SUBMIT, by=by, submitted_at=at)
    submission = _snapshot(locked, at, zone if is_zone(zone) else "")
    acknowledge(submission)
    return submission


def _snapshot(application: Application, at: datetime, zone: str) -> Submission:
    """Freeze the draft into the next version, with its documents."""
    content = freeze(application)
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
    submission.documents.set(application.documents.current())
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
