"""Accommodation needs: optional, outside the form and the snapshot, for the coordination alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from applications import accommodation
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from tests import factories
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
NEEDS = "Je lis lentement à l’écran: des documents en grand caractère."


@pytest.fixture
def application(amina: User) -> Application:
    return factories.submitted(amina, judging.cycle())


def page(application: Application, language: str = "fr") -> str:
    with override(language):
        return reverse("application_accommodation", args=[application.number])


def held(application: Application) -> str:
    return Application.objects.get(pk=application.pk).accommodation


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Besoins d’accommodement"), ("en", "Accommodation needs")]
)
def test_the_page_says_who_reads_it(
    client: Client, application: Application, amina: User, language: str, title: str
) -> None:
    client.force_login(amina)
    assert title in client.get(page(application, language)).content.decode()


def test_needs_are_kept_changed_and_erased_after_the_submission(
    client: Client, application: Application, amina: User
) -> None:
    client.force_login(amina)
    for text in (NEEDS, "Autre chose.", ""):
        answer = client.post(page(application), {"accommodation": text}, follow=True)
        assert answer.status_code == 200
        assert held(application) == text
    verbs = AuditEntry.objects.about(application).values_list("verb", flat=True)
    assert [verb for verb in verbs if "needs" in verb] == ["say needs", "say needs", "erase needs"]


def test_the_trail_never_holds_the_words(application: Application, amina: User) -> None:
    accommodation.say_needs(application, NEEDS, by=amina)
    accommodation.say_needs(application, NEEDS, by=amina)
    entry = AuditEntry.objects.about(application).get(verb="say needs")
    assert NEEDS not in f"{entry.why}{entry.details}"


def test_they_may_be_written_after_the_close(amina: User, client: Client) -> None:
    closed = factories.submitted(amina, factories.cycle())
    Cycle.objects.update(closes_at=closed.cycle.opens_at + timedelta(days=1))
    client.force_login(amina)
    client.post(page(closed), {"accommodation": NEEDS})
    assert held(closed) == NEEDS


@pytest.mark.parametrize("text", ["a" * 1001, "a\x00b"])
def test_a_refused_text_stays_on_the_page(
    client: Client, application: Application, amina: User, text: str
) -> None:
    client.force_login(amina)
    answer = client.post(page(application), {"accommodation": text})
    assert answer.status_code == 422
    assert text[:900] in answer.content.decode()
    assert held(application) == ""


def test_a_thousand_characters_fit_whatever_the_line_breaks(
    client: Client, application: Application, amina: User
) -> None:
    client.force_login(amina)
    client.post(page(application), {"accommodation": "é\r\n" * 499 + "éé"})
    assert held(application) == "é\n" * 499 + "éé"


def test_it_is_ones_own_page(
    client: Client, application: Application, bruno: User, claire: User
) -> None:
    for stranger in (bruno, claire):
        client.force_login(stranger)
        assert client.get(page(application)).status_code == 404
        assert client.post(page(application), {"accommodation": "x"}).status_code == 404
    assert held(application) == ""


def test_nobody_writes_for_another(application: Application, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        accommodation.say_needs(application, NEEDS, by=claire)
    assert refused.value.forbidden


def test_the_coordination_alone_reads_them(
    client: Client,
    application: Application,
    amina: User,
    claire: User,
    dominique: User,
    david: User,
) -> None:
    accommodation.say_needs(application, NEEDS, by=amina)
    assignment = judging.assigned(application, david, by=claire)
    for reader, address, sees in (
        (claire, reverse("file", args=[application.number]), True),
        (dominique, reverse("file", args=[application.number]), False),
        (david, reverse("review", args=[assignment.pk]), False),
    ):
        client.force_login(reader)
        answer = client.get(address)
        assert answer.status_code == 200
        assert (NEEDS in answer.content.decode()) is sees


def test_a_submission_never_holds_them(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle(), accommodation=NEEDS)
    assert NEEDS not in str(factories.submit(draft).content)


def test_what_was_typed_when_the_session_ended_comes_back(
    client: Client, application: Application, amina: User
) -> None:
    client.post(page(application), {"accommodation": NEEDS})
    client.force_login(amina)
    assert NEEDS in client.get(page(application)).content.decode()
