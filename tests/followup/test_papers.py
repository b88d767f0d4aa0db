"""The documents and referees on "my application": what is submitted, what is not yet, how the check went."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from followup.papers import papers
from papers.models import CheckedFile
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db


def page(user: User, language: str = "en") -> str:
    return signed_in(user).get(address("my_application", language=language)).content.decode()


def found(application: Application) -> list[tuple[bool, bool]]:
    """Of each document, whether it is submitted and whether the draft holds it."""
    last = application.submissions.order_by("-version").first()
    return sorted((one.is_submitted, one.is_current) for one in papers(application, last))


def test_documents_say_whether_they_are_submitted(world: World, amina: User) -> None:
    application = world.submitted(amina)
    assert found(application) == [(True, True)] * 2
    lifecycle.reopen(application, by=amina, at=timezone.now())
    factories.attach(application, "cv", factories.pdf(text="a better one"))
    factories.attach(application, "diploma")
    application = Application.objects.get(pk=application.pk)
    assert found(application) == [(False, True), (False, True), (True, False), (True, True)]
    text = page(amina)
    assert "In the draft" in text
    assert "Submitted, no longer in the draft" in text


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Refusé à la vérification"), ("en", "Refused by the check")]
)
def test_a_document_that_cannot_be_opened_says_why(
    world: World, amina: User, language: str, words: str
) -> None:
    world.submitted(amina)
    CheckedFile.objects.update(state="refused", problem="virus", checked_at=timezone.now())
    text = page(amina, language)
    assert words in text
    with override(language):
        assert str(CheckedFile.objects.all()[0].why) in text


def test_a_document_being_checked_says_so(world: World, amina: User) -> None:
    world.submitted(amina)
    assert "being checked" in page(amina)


def test_a_document_is_ones_own_to_download(world: World, amina: User) -> None:
    document = world.submitted(amina).documents.all()[0]
    assert address("document_download", document.pk, language="en") in page(amina)


def test_referees_show_how_far_they_are(world: World, amina: User) -> None:
    draft = factories.draft(amina, world.cycle)
    factories.referee(draft, name="Élise Fortin")
    assert "Élise Fortin" in page(amina)


def test_the_page_costs_the_same_whatever_is_held(
    world: World, amina: User, django_assert_num_queries: Any
) -> None:
    draft = factories.draft(amina, world.cycle)
    factories.referee(draft, email="one@example.org")
    browser = signed_in(amina)
    browser.get(address("my_application"))
    with django_assert_num_queries(30):
        browser.get(address("my_application"))
    factories.attach(draft, "diploma")
    factories.referee(draft, name="Rémi Roy", email="two@example.org")
    with django_assert_num_queries(30):
        browser.get(address("my_application"))
