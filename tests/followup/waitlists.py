"""Waitlists with a place to call for."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from audit.invariants import broken
from followup import offers
from followup.models import CallRules
from followup.seats import of_program
from notifications.models import OutgoingEmail
from reviews.models import Decision
from tests import factories
from tests.followup.factories import World

People = Callable[..., list[User]]
NOW = timezone.now


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


def free(world: World) -> int:
    return of_program(world.cycle, factories.program()).free


def one_seat(world: World, people: list[User]) -> list[Decision]:
    """One offer, declined, for one seat; the others wait in order."""
    decisions = world.answered_all(people[:1], people[1:], seats=1)
    offers.decline(decisions[0], by=people[0], at=NOW())
    return decisions[1:]


def unsound() -> list[str]:
    """What is broken, but for the letters that these tests only say have left."""
    return [row for row in broken() if "was sent without an attempt" not in row]


def left() -> None:
    """As if every letter had left."""
    OutgoingEmail.objects.update(status=OutgoingEmail.Status.SENT, sent_at=NOW())


def automatic(world: World, **changes: Any) -> None:
    CallRules.objects.create(cycle=world.cycle, is_automatic=True, **changes)


def withdrawn(world: World, decision: Decision) -> None:
    lifecycle.withdraw(decision.application, by=decision.application.applicant)
