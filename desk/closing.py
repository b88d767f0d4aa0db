"""Closing a file that stayed incomplete, and taking it up again: the last resort, always with its reason."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application, Status
from applications.models.application import FILED
from audit.moves import Move, move
from desk.letters import tell_closed, tell_taken_up
from desk.permissions import handles


def begun_again(application: Application) -> Iterable[str]:
    """A person has one live file a cycle."""
    if application.has_successor():
        yield _("The person has begun another application in this cycle.")


CLOSE = Move(
    "close_incomplete",
    FILED,
    Status.CLOSED,
    may=handles,
    label=gettext_lazy("Close as incomplete"),
)
TAKE_UP = Move(
    "take_up_again",
    (Status.CLOSED,),
    Status.SUBMITTED,
    may=handles,
    blocked_by=begun_again,
    label=gettext_lazy("Take up again"),
)
MOVES = (CLOSE, TAKE_UP)


@transaction.atomic
def close_incomplete(application: Application, *, by: User, why: str) -> Application:
    """Take a file out of every queue because what was asked did not come; the person is told why."""
    move(application, CLOSE, by=by, why=why)
    tell_closed(application, why=why)
    return application


@transaction.atomic
def take_up_again(application: Application, *, by: User, why: str) -> Application:
    """Put a closed file back where it was: what was submitted last counts. The person is told."""
    move(application, TAKE_UP, by=by, why=why)
    tell_taken_up(application)
    return application
