"""What the office asks and writes stands first on "my application"."""

from datetime import timedelta

import pytest

from accounts.models import User
from applications.erasure import erase_draft
from applications.models import Application
from cycles.clock import day_of
from desk import pieces, talking
from desk.models import Message, Request
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def application(world: World, amina: User) -> Application:
    return world.submitted(amina)


def page(user: User, language: str = "en") -> str:
    return signed_in(user).get(address("my_application", language=language)).content.decode()


def asked(application: Application, claire: User) -> Request:
    today = day_of(application.submitted_at)  # type: ignore[arg-type]
    return pieces.ask(
        application,
        title="Transcript of 2024",
        reason="The second page is missing.",
        due_on=today + timedelta(days=7),
        by=claire,
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_piece_that_is_asked_comes_first(
    application: Application, amina: User, world: World, language: str
) -> None:
    row = asked(application, world.claire)
    text = page(amina, language)
    link = address("request_answer", application.number, row.pk, language=language)
    assert row.title in text
    assert text.index(link) < text.index('id="meanwhile"')
    assert "Il ne manque rien" not in text
    assert "Nothing is missing" not in text


def test_a_piece_that_is_taken_back_is_gone(
    application: Application, amina: User, world: World
) -> None:
    row = asked(application, world.claire)
    pieces.cancel(row, by=world.claire, why="Found.")
    assert row.title not in page(amina)


def test_a_message_that_waits_is_announced_until_it_is_opened(
    application: Application, amina: User, world: World
) -> None:
    assert "new message" not in page(amina)
    for text in ("Bonjour.", "Encore un mot."):
        talking.write(application, text, by=world.claire)
    assert "You have 2 new messages." in page(amina)
    assert "Bonjour." not in page(amina)
    signed_in(amina).get(address("application_messages", application.number))
    assert "new message" not in page(amina)


def test_a_draft_is_erased_with_its_messages(world: World, amina: User) -> None:
    draft = factories.draft(amina, world.cycle)
    talking.write(draft, "Une question.", by=amina)
    erase_draft(draft, by=amina)
    assert not Message.objects.exists()
