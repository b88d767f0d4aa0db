"""What one agreed to: the words as read, the version, the time; how it is taken back, and what it says once it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.models import Declaration
from scholarships import applying
from tests import factories
from tests.scholarships.factories import a_round, sent

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def application(amina: User) -> Application:
    """Submitted."""
    return factories.submitted(amina, factories.cycle())


def page(client: Client, user: User, language: str = "fr") -> str:
    client.force_login(user)
    with override(language):
        answer = client.get(reverse("my_consents"))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def test_nothing_yet(client: Client, elise: User) -> None:
    assert "encore consenti à rien" in page(client, elise)
    assert "not agreed to anything yet" in page(client, elise, "en")


def test_each_declaration_as_it_was_read(
    client: Client, application: Application, amina: User, bruno: User
) -> None:
    declaration = Declaration.objects.filter(cycle=application.cycle).first()
    assert declaration is not None
    read = declaration.text_fr.replace("{version}", "")[:60]
    Declaration.objects.filter(pk=declaration.pk).update(text_fr="Autre chose.")
    text = page(client, amina)
    assert read in text
    assert "Autre chose." not in text
    assert reverse("application_withdraw", args=[application.number]) in text
    assert application.number not in page(client, bruno)
    lifecycle.withdraw(application, by=amina)
    text = page(client, amina)
    assert "a pris fin avec la demande" in text
    assert reverse("application_withdraw", args=[application.number]) not in text


def test_a_scholarship_consent_is_taken_back_where_it_was_given(
    client: Client, application: Application, amina: User
) -> None:
    mine = sent(a_round(application.cycle), application)
    way = reverse("scholarship_consent_withdraw", args=[mine.number, "panel"])
    assert way in page(client, amina)
    applying.take_consent_back(mine, "panel", by=amina, at=timezone.now())
    text = page(client, amina)
    assert way not in text
    assert "retiré" in text


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same(
    count: int, client: Client, amina: User, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        factories.submitted(amina, factories.cycle(code=f"A3{number}"))
    client.force_login(amina)
    client.get(reverse("my_consents"))
    with django_assert_num_queries(5):
        client.get(reverse("my_consents"))
