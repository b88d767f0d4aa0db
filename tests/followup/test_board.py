"""The staff's list: each line says how far a person is, and the next step."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from applications import lifecycle
from cycles.clock import end_of
from followup import offers
from followup.board import Row, offered, row_of
from followup.models import UdemFile
from followup.situation import Situation
from tests.followup.factories import NUMBER, World

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of these tests."""
    with override("en"):
        yield


def line(world: World, *, after: timedelta = timedelta(0)) -> Row:
    (decision,) = offered(world.claire, world.cycle)
    return row_of(decision, at=NOW() + after)


def test_open_offers_wait_for_a_reply(world: World, amina: User) -> None:
    decision = world.answered(amina)
    row = line(world)
    assert (str(row.next_step), row.due) == ("Applicant replies", offers.reply_deadline(decision))
    assert row.udem_file is None


def test_late_offers_call_the_waitlist(world: World, amina: User) -> None:
    world.answered(amina)
    row = line(world, after=timedelta(days=100))
    assert (row.reply["label"], row.due) == ("No reply in time", None)
    assert str(row.next_step) == "Call the waitlist"


def test_accepted_people_apply_to_udem(world: World, amina: User) -> None:
    world.accepted(amina)
    row = line(world)
    assert (str(row.next_step), row.due) == (
        "Applicant applies to UdeM",
        end_of(world.cycle.udem_safe_on),
    )


def test_filed_people_wait_for_udem(world: World, amina: User) -> None:
    world.filed(amina)
    row = line(world)
    assert row.udem_file is not None
    assert row.udem_file.number == NUMBER
    assert str(row.next_step) == "UdeM studies the file"


def test_withdrawn_people_have_no_next_step(world: World, amina: User) -> None:
    lifecycle.withdraw(world.accepted(amina).decision.application, by=amina)
    assert str(line(world).next_step) == "None: withdrawn by the applicant"


def test_no_row_is_named_after_the_udem_number(world: World, amina: User) -> None:
    offer = world.filed(amina).offer
    assert NUMBER not in f"{offer} {UdemFile.objects.get()}"


def test_no_cycle_has_no_deadline() -> None:
    situation = Situation(None, NOW())
    assert situation.deadline is None
    assert situation.left is None
    assert not situation.is_live
