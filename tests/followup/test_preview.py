"""What people will read, looked at before the release: true to the page, written nowhere."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from answers.release import prepare_release
from reviews.models import Release
from tests.answers import factories as made
from tests.followup.factories import World
from tests.followup.pages import signed_in
from tests.reports.timetable_world import everything

pytestmark = pytest.mark.django_db
SAYS = {
    "accept": ("Accept the offer", "Accepter l’offre"),
    "waitlist": ("What happens now", "La suite"),
    "decline": ("You may apply again", "Vous pourrez présenter"),
}


@pytest.fixture
def release(world: World, amina: User) -> Release:
    """A frozen list with one answer on it."""
    file = world.submitted(amina)
    made.answered(file, "decline", proposer=world.claire, director=world.dominique)
    return prepare_release(file.cycle, by=world.claire, while_open=True)


def read(user: User, release: Release, outcome: str, language: str = "en") -> Any:
    with translation.override(language):
        address = reverse("release_reads", args=[release.pk, outcome])
    return signed_in(user).get(address)


@pytest.mark.parametrize("outcome", SAYS)
def test_each_answer_as_it_will_read_in_both_languages(
    world: World, release: Release, amina: User, outcome: str
) -> None:
    read(world.dominique, release, outcome)
    before = everything()
    for language, words in zip(("en", "fr"), SAYS[outcome], strict=True):
        page = read(world.dominique, release, outcome, language).content.decode()
        assert words in page
        assert 'class="look-only" disabled' in page
        assert amina.full_name not in page
    assert everything() == before


def test_only_those_who_know_of_the_release_look(world: World, release: Release) -> None:
    person = world.person("zoe")
    assert read(person, release, "accept").status_code in {403, 404}
    assert read(world.claire, release, "nothing").status_code == 404
    shown = signed_in(world.claire).get(f"/en/releases/{release.pk}/").content.decode()
    assert f"/en/releases/{release.pk}/read/accept/" in shown


def test_the_text_claims_nothing_that_could_be_untrue(world: World, release: Release) -> None:
    page = read(world.claire, release, "decline").content.decode()
    assert "People read the applications and decided; no machine did." in page
    assert "Professors read each application" not in page
