"""Who may do what after the answer: the whole table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from followup.models import Offer, UdemFile
from followup.permissions import follows_up, is_timetable, owns_offer, owns_udem_file
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


def test_only_the_person_owns_their_offer_and_file(
    world: World, amina: User, bruno: User, adam: User, fatou: User
) -> None:
    offer = world.accepted(amina)
    for other in (bruno, adam, fatou, world.claire, world.dominique, None):
        assert not owns_offer(other, offer)
        assert not owns_udem_file(other, offer.udem_file)
    assert owns_offer(amina, offer)
    assert owns_udem_file(amina, offer.udem_file)
    assert is_timetable(None, offer)
    assert not is_timetable(amina, offer)


def test_who_follows_up(
    world: World, amina: User, david: User, adam: User, fatou: User, gilles: User
) -> None:
    assert follows_up(world.claire)
    assert follows_up(world.dominique)
    assert not any(follows_up(user) for user in (amina, david, adam, fatou, gilles, None))


def test_who_sees_the_rows(world: World, amina: User, bruno: User, david: User) -> None:
    world.accepted(amina)
    for user in (amina, world.claire, world.dominique):
        assert Offer.objects.visible_to(user).count() == 1
        assert UdemFile.objects.visible_to(user).count() == 1
    for user in (bruno, david, AnonymousUser()):
        assert not Offer.objects.visible_to(user).exists()
        assert not UdemFile.objects.visible_to(user).exists()
