"""`check_invariants` sees what is broken after the answer, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.invariants import broken
from audit.moves import record
from followup import calls, invariants
from followup.models import Filing, Offer, Reply, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Decision
from tests import factories
from tests.followup.factories import World
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_sound_world_is_sound(world: World, amina: User) -> None:
    world.filed(amina)
    assert broken() == []


def hide_the_decision() -> None:
    with unguarded():
        Decision.objects.update(status=Decision.Status.APPROVED)


def decline_it() -> None:
    Offer.objects.update(status=Reply.DECLINED)


def lose_the_file() -> None:
    UdemFile.objects.all().delete()


def change_the_program() -> None:
    UdemFile.objects.update(program=factories.program("dess"))


def lose_a_letter() -> None:
    OutgoingEmail.objects.filter(letter="offer_accepted").delete()


def send_another() -> None:
    OutgoingEmail.objects.filter(letter="udem_filed").update(
        letter="offer_declined", key="offer_declined:0"
    )


def unfile_it() -> None:
    UdemFile.objects.update(status=Filing.TO_FILE, number="", number_mark="", filed_on=None)


@pytest.mark.parametrize(
    ("breaking", "check"),
    [
        (hide_the_decision, invariants.offers_rest_on_released_answers),
        (decline_it, invariants.udem_files_follow_acceptances),
        (lose_the_file, invariants.udem_files_follow_acceptances),
        (change_the_program, invariants.udem_files_follow_acceptances),
        (lose_a_letter, invariants.replies_are_confirmed),
        (send_another, invariants.replies_are_confirmed),
        (unfile_it, invariants.moves_agree_with_the_trail),
        (decline_it, invariants.moves_agree_with_the_trail),
    ],
)
def test_what_is_broken_is_said(
    world: World, amina: User, breaking: Callable[[], None], check: Callable[[], list[str]]
) -> None:
    world.filed(amina)
    assert check() == []
    breaking()
    assert check()
    assert set(check()) <= set(broken())


# Calls --------------------------------------------------------------------------------------------
def name_an_offer_a_call() -> None:
    with unguarded():
        Decision.objects.filter(outcome="waitlist").update(outcome="accept", rank=None)


def forget_the_call() -> None:
    Offer.objects.update(called_at=None, called_by=None)


def lose_the_call() -> None:
    OutgoingEmail.objects.filter(letter="waitlist_called").delete()


def correct_what_was_called() -> None:
    with unguarded():
        Decision.objects.update(status=Decision.Status.CORRECTED, is_current=False)


def write_another_seat() -> None:
    record("take_seat", Offer.objects.get(), by=None, free=0)


def open_it_in_silence() -> None:
    Offer.objects.update(opened_at=timezone.now(), round=2)


@pytest.mark.parametrize(
    ("breaking", "check"),
    [
        (name_an_offer_a_call, invariants.offers_rest_on_released_answers),
        (forget_the_call, invariants.offers_rest_on_released_answers),
        (correct_what_was_called, invariants.called_answers_stay),
        (write_another_seat, invariants.seats_are_taken_for_a_reason),
        (lose_the_call, invariants.replies_are_confirmed),
        (forget_the_call, invariants.replies_are_confirmed),
        (open_it_in_silence, invariants.replies_are_confirmed),
    ],
)
def test_what_is_broken_of_a_call_is_said(
    world: World, amina: User, breaking: Callable[[], None], check: Callable[[], list[str]]
) -> None:
    waits = world.answered(amina, "waitlist")
    calls.call(waits, by=world.claire, at=timezone.now(), why="A seat more.")
    assert broken() == []
    breaking()
    assert check()


def test_a_call_that_the_trail_does_not_know_is_said(world: World, amina: User) -> None:
    waits = world.answered(amina, "waitlist")
    Offer.objects.create(decision=waits, reply_by=timezone.now() + DAY, called_at=timezone.now())
    assert invariants.seats_are_taken_for_a_reason()
