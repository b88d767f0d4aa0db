"""`check_invariants` sees what is broken after the answer, and nothing else."""

from collections.abc import Callable

import pytest

from accounts.models import User
from audit.invariants import broken
from followup import invariants
from followup.models import Filing, Offer, Reply, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Decision
from tests import factories
from tests.followup.factories import World
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


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
