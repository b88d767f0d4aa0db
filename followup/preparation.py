"""Getting the UdeM application ready while we read: the list of one's programs, and what is ticked."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.permissions import owns
from audit.moves import Refused
from followup.models import Done, Preparation
from followup.situation import ENDED_AT_UDEM, Situation, State

# Before the submission there is nothing to prepare for; after UdeM's offer is accepted and after these ends, no longer.
NOT_PREPARING = (
    *(State.BEFORE, State.START, State.CLOSED, State.DRAFT, State.UNSUBMITTED),
    *(State.WITHDRAWN, State.NOT_SELECTED, State.DECLINED, State.LAPSED),
    *(State.UDEM_ACCEPTED, State.REGISTERED, *ENDED_AT_UDEM),
    State.WAIT_OVER,
)


@dataclass(frozen=True)
class Thing:
    """One line of the list."""

    preparation: Preparation
    done: bool


@dataclass(frozen=True)
class Checklist:
    """The list as the person left it, in order."""

    things: list[Thing]

    @property
    def ready(self) -> int:
        """How many are ticked."""
        return sum(thing.done for thing in self.things)

    @property
    def next(self) -> list[Preparation]:
        """The first three that are left."""
        return [thing.preparation for thing in self.things if not thing.done][:3]


def prepares(situation: Situation) -> bool:
    """Whether the list is there for this file: from the submission on, whatever we may have decided."""
    return situation.submission is not None and situation.state not in NOT_PREPARING


def checklist(situation: Situation) -> Checklist:
    """The list of the file's programs, in two queries."""
    rows = Preparation.objects.for_programs(situation.programs, permits=situation.needs_permits)
    done = set(
        Done.objects.filter(application=situation.application).values_list(
            "preparation_id", flat=True
        )
    )
    return Checklist([Thing(row, row.pk in done) for row in rows])


@transaction.atomic
def tick(application: Application, preparation: Preparation, *, done: bool, by: User) -> None:
    """Note that a thing is ready, or not yet; noted twice is noted once. Raises Refused for anybody else."""
    if not owns(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    if done:
        Done.objects.get_or_create(application=application, preparation=preparation)
    else:
        Done.objects.filter(application=application, preparation=preparation).delete()
