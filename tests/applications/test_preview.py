"""The form of a cycle as an administrator previews it: every step, for every program, and nothing is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from applications.models import Application, Choice, Degree
from applications.steps import STEPS
from audit.models import AuditEntry
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests.cycles.factories import coming, question

pytestmark = pytest.mark.django_db
SLUGS = [*(step.slug for step in STEPS), "review"]


@pytest.fixture
def cycle() -> Cycle:
    row = coming()
    question(row, "season")
    row.intakes.filter(program__code="msc").update(referees_asked=2)
    return row


@pytest.fixture
def admin(client: Client, adam: User) -> Client:
    client.force_login(adam)
    return client


def text_of(admin: Client, step: str, query: str = "", language: str = "en") -> str:
    """A page of the preview."""
    with translation.override(language):
        answer = admin.get(reverse("cycle_preview", args=["A28", step]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows() -> list[int]:
    """How many rows of what a preview pretends there are, and of what must not follow from it."""
    kept: list[Any] = [User, Application, Choice, Degree, AuditEntry, OutgoingEmail]
    return [model.objects.count() for model in kept]


@pytest.mark.parametrize("step", SLUGS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_step_shows_and_nothing_is_kept(
    admin: Client, cycle: Cycle, step: str, language: str
) -> None:
    before = rows()
    for query in ("", "?program=dess", "?program=msc&program=dess"):
        text = text_of(admin, step, query, language)
        assert "<fieldset disabled>" in text
        assert 'id="preview_msc"' in text
    assert rows() == before
    cycle.refresh_from_db()
    assert not cycle.is_published


def test_the_way_through_the_form_stays_in_the_preview(admin: Client, cycle: Cycle) -> None:
    text = text_of(admin, "documents", "?program=msc&program=dess")
    query = "?program=msc&amp;program=dess"
    for step in SLUGS:
        assert f'"/en/preview/A28/{step}/{query}' in text, step
    assert 'href="/en/applications/A28-' not in text


def test_what_hangs_on_the_program_shows_for_it_alone(admin: Client, cycle: Cycle) -> None:
    cycle.pieces.filter(slug="diploma").update(program=cycle.programs.get(code="dess"))
    assert "Diploma" in text_of(admin, "documents", "?program=dess")
    assert "Diploma" not in text_of(admin, "documents", "?program=msc")
    assert "asks for 2 letters" in text_of(admin, "referees", "?program=msc")
    assert "asks for no letter" in text_of(admin, "referees", "?program=dess")


def test_documents_of_a_degree_in_another_language_show(admin: Client, cycle: Cycle) -> None:
    text = text_of(admin, "documents")
    assert "Transcript" in text
    assert "Certified translation" in text


def test_a_question_on_a_condition_shows_once_its_answer_is_chosen(
    admin: Client, cycle: Cycle
) -> None:
    first = question(cycle, "first", position=1)
    question(cycle, "proof", kind="file", position=2, shown_if=first, shown_when="yes")
    text = text_of(admin, "documents")
    assert '<option value="first:yes">Yes</option>' in text
    assert "proof?" not in text
    chosen = text_of(admin, "documents", "?answer=first:yes")
    assert '<option value="first:yes" selected>Yes</option>' in chosen
    assert "proof?" in chosen
    assert "proof?" not in text_of(admin, "documents", "?answer=first:no")


def test_declarations_show_at_the_end(admin: Client, cycle: Cycle) -> None:
    text = text_of(admin, "review")
    assert "What I wrote is true and complete." in text
    assert "version 2026-10" in text


def test_a_cycle_without_programs_or_long_closed(admin: Client, cycle: Cycle) -> None:
    cycle.intakes.all().delete()
    Cycle.objects.filter(pk=cycle.pk).update(
        opens_at="2020-10-15T13:00Z", closes_at="2020-12-01T13:00Z"
    )
    for step in SLUGS:
        text_of(admin, step)


@pytest.mark.parametrize("query", ["?program=none", "?answer=x", "?answer=:", "?answer=%00:1"])
def test_strange_choices_are_ignored(admin: Client, cycle: Cycle, query: str) -> None:
    text_of(admin, "documents", query)


def test_no_such_step_or_cycle(admin: Client, cycle: Cycle) -> None:
    for code, step in (("A28", "nothing"), ("X99", "you")):
        address = reverse("cycle_preview", args=[code, step])
        assert admin.get(address).status_code == 404


def test_for_administrators_to_read(
    client: Client, cycle: Cycle, claire: User, amina: User, adam: User
) -> None:
    address = reverse("cycle_preview", args=["A28", "you"])
    assert client.get(address).status_code == 302
    for person in (claire, amina):
        client.force_login(person)
        assert client.get(address).status_code == 403
    client.force_login(adam)
    assert client.post(address).status_code == 405


def test_linked_from_the_cycle(admin: Client, cycle: Cycle) -> None:
    page = reverse("admin:cycles_cycle_change", args=[cycle.pk])
    assert reverse("cycle_preview", args=["A28", "you"]) in admin.get(page).content.decode()
