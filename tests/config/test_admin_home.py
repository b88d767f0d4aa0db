"""The configuration's first page: the set-up of the year, done or not; lists found by a word; both languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from audit.models import subject_of
from config.admin_home import cycle_to_set_up, matching, steps
from cycles.models import Cycle, Intake
from notifications.letter_text import LetterText
from retention.models import Rule
from tests import factories
from tests.reviews import factories as judging
from tests.scholarships.factories import a_round


def page(client: Client, user: User, language: str = "en", **query: str) -> str:
    client.force_login(user)
    with translation.override(language):
        answer = client.get(reverse("admin:index"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def done(cycle: Cycle) -> list[bool]:
    return [one.done for one in steps(cycle)]


def test_the_year_is_set_up_step_by_step(adam: User, client: Client) -> None:
    cycle = factories.cycle(opens=100, closes=140, is_published=False)
    assert cycle_to_set_up() == cycle
    Rule.objects.update(source="")
    Intake.objects.filter(cycle=cycle).update(seats=None)
    LetterText.objects.create(scope=subject_of(cycle), letter="welcome", subject_fr="Bienvenue")
    # Dates and what is asked come with a new cycle; the rest is to do.
    assert done(cycle) == [True, False, True, False, False, False, False, False]
    with translation.override("en"):
        text = page(client, adam)
    assert text.count("to do</b>") == 6
    assert "Next: <b>Programs, seats and referees</b>" in text
    for one in steps(cycle):
        assert client.get(one.url.partition("#")[0]).status_code == 200, one.title
    Intake.objects.filter(cycle=cycle).update(seats=10)
    a_round(cycle)
    LetterText.objects.all().delete()
    Rule.objects.update(source="Calendrier de conservation, 2026")
    assert done(cycle) == [True, True, True, False, True, True, True, False]


def test_a_year_that_is_open_is_done(adam: User, client: Client) -> None:
    cycle = judging.cycle()
    assert cycle_to_set_up() == cycle
    a_round(cycle)
    Rule.objects.update(source="Écrit.")
    assert all(done(cycle))
    assert "rien ne vous attend ici" in page(client, adam, "fr")
    coming = factories.cycle(code="A28", opens=300, closes=330, is_published=False)
    assert cycle_to_set_up() == coming


@pytest.mark.parametrize(
    ("words", "there"), [("periode", True), ("PÉRIODES", True), ("zzz", False)]
)
def test_a_list_is_found_by_a_word_without_accents(
    adam: User, client: Client, words: str, there: bool
) -> None:
    text = page(client, adam, "fr", q=words)
    assert ("/admin/cycles/cycle/" in text) is there
    assert "/admin/audit/" not in text
    assert (" hidden>Aucune liste" in text) is there


def test_lists_stand_in_the_order_of_the_work_in_both_languages(adam: User, client: Client) -> None:
    factories.cycle()
    for language, words in (("fr", "Trouver une liste"), ("en", "Find a list")):
        text = page(client, adam, language)
        assert words in text
        assert text.index("/admin/cycles/cycle/") < text.index("/admin/accounts/user/")
        assert " style=" not in text


def test_without_a_cycle_one_is_added(adam: User, client: Client) -> None:
    assert reverse("admin:cycles_cycle_add").rpartition("/admin")[2] in page(client, adam)


def test_a_part_is_found_with_all_its_lists() -> None:
    apps: list[dict[str, Any]] = [
        {"name": "Périodes", "models": [{"name": "cours"}, {"name": "programmes"}]},
        {"name": "Comptes", "models": [{"name": "personnes"}]},
    ]
    assert matching(apps, "periodes") == apps[:1]
    assert matching(apps, "programmes periodes")[0]["models"] == [{"name": "programmes"}]
    assert matching(apps, " ") == apps
