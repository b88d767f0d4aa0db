"""Saying that a file is complete, and taking that back."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from audit.moves import Move, Refused, move
from desk.models import Check, Request
from desk.permissions import handles_check


def what_lacks(check: Check) -> Iterator[str]:
    """Why this file cannot be called complete."""
    if not check.application.is_filed:
        yield _("This file is not submitted, or is out of the process.")
    rows = Request.objects.filter(application=check.application_id)
    if rows.filter(status__in=[Request.Status.ASKED, Request.Status.RECEIVED]).exists():
        yield _("A piece that was asked for is still to come, or to be looked at.")


COMPLETE = Move(
    "mark_complete",
    # Again after a new submission: the mark is about what was last received.
    (Check.Status.TO_CHECK, Check.Status.COMPLETE),
    Check.Status.COMPLETE,
    may=handles_check,
    blocked_by=what_lacks,
    label=gettext_lazy("Mark complete"),
)
CHECK_AGAIN = Move(
    "check_again",
    (Check.Status.COMPLETE,),
    Check.Status.TO_CHECK,
    may=handles_check,
    label=gettext_lazy("To check again"),
)
MOVES = (COMPLETE, CHECK_AGAIN)


def check_of(application: Application) -> Check:
    """The file's check; the first one is made here."""
    return Check.objects.get_or_create(application=application)[0]


@transaction.atomic
def mark_complete(application: Application, *, by: User) -> Check:
    """Everything is there. Raises Refused while a piece is asked for."""
    check = check_of(application)
    return move(check, COMPLETE, by=by, checked_by=by, checked_at=timezone.now())


@transaction.atomic
def check_again(application: Application, *, by: User, why: str) -> Check:
    """Take "complete" back, with the reason."""
    return move(
        check_of(application), CHECK_AGAIN, by=by, why=why, checked_by=None, checked_at=None
    )


def mark_all_complete(
    applications: Iterable[Application], *, by: User
) -> tuple[int, list[tuple[Application, Refused]]]:
    """Each file that may be; how many were, and the others with what keeps them."""
    done, kept = 0, []
    for application in applications:
        try:
            mark_complete(application, by=by)
            done += 1
        except Refused as refused:
            kept.append((application, refused))
    return done, kept
