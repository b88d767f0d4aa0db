"""The page of a question: what its kind needs, its condition in one choice, and its earlier wordings."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AuditEntry
from cycles.models import Cycle, Question
from tests import factories
from tests.cycles.factories import coming, question

pytestmark = pytest.mark.django_db
Posted = Callable[..., dict[str, Any]]
COLOURS = {"kind": "choice", "choices_fr": "Bleu\nVert", "choices_en": "Blue\nGreen"}


@pytest.fixture
def cycle() -> Cycle:
    return coming()


def new(cycle: Cycle) -> str:
    """The page of a new question, in English."""
    return f"/en/admin/cycles/question/add/?cycle={cycle.pk}"


def page_of(row: Question, name: str = "change") -> str:
    """A page of a question, in English."""
    return f"/en/admin/cycles/question/{row.pk}/{name}/"


def errors(answer: Any) -> dict[str, list[str]]:
    """What the page says is wrong, by field."""
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def test_a_question_is_added_last_with_a_code_of_its_own(
    admin: Client, cycle: Cycle, adam: User, posted: Posted
) -> None:
    question(cycle, position=4)
    form = posted(new(cycle), label_fr="Combien d’heures ?", label_en="How many hours?")
    answer = admin.post(new(cycle), form | {"kind": "number", "lowest": "1", "highest": "40"})
    row = Question.objects.get(code="how-many-hours")
    assert answer.url == f"/en/admin/cycles/cycle/{cycle.pk}/change/#questions-heading"
    assert (row.cycle, row.position, row.lowest, row.highest) == (cycle, 5, 1, 40)
    assert [e.verb for e in AuditEntry.objects.about(row)] == ["add"]
    assert AuditEntry.objects.about(row)[0].actor == adam


def test_only_from_the_page_of_a_cycle(admin: Client, cycle: Cycle) -> None:
    for query in ("", "?cycle=", "?cycle=x", f"?cycle={cycle.pk + 99}"):
        assert admin.get(f"/en/admin/cycles/question/add/{query}").status_code == 403
    assert admin.get("/en/admin/cycles/question/").status_code == 200
    assert "cycles/question/" not in admin.get("/en/admin/").content.decode()


def test_what_another_kind_needs_is_not_kept(admin: Client, cycle: Cycle, posted: Posted) -> None:
    form = posted(new(cycle), label_fr="A ?", label_en="A?", kind="text", limit="60")
    admin.post(new(cycle), form | {"choices_fr": "Un\nDeux", "highest": "3"})
    row = Question.objects.get()
    assert (row.limit, row.choices_fr, row.highest) == (60, "", None)


@pytest.mark.parametrize(
    ("french", "english", "field", "said"),
    [
        ("", "", "choices_fr", "at least two"),
        ("Bleu", "Blue", "choices_fr", "at least two"),
        ("Bleu\nVert", "Blue\nGreen\nRed", "choices_en", "2 choices in French and 3 in English"),
    ],
)
def test_choices_are_as_many_in_both_languages(
    admin: Client, cycle: Cycle, posted: Posted, french: str, english: str, field: str, said: str
) -> None:
    form = posted(new(cycle), label_fr="A ?", kind="choice", choices_fr=french, choices_en=english)
    assert said in errors(admin.post(new(cycle), form))[field][0]
    assert not Question.objects.exists()


def test_a_condition_is_one_choice_among_earlier_answers(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    been = question(cycle, "been", position=1)
    colour = question(cycle, "colour", position=2, **COLOURS)
    question(cycle, "text", kind="text", position=3)
    question(cycle, "gone", is_retired=True, position=3)
    question(factories.cycle(code="B29", opens=-40), "elsewhere")
    text = admin.get(new(cycle)).content.decode()
    values = [f"{been.pk}:yes", f"{been.pk}:no", f"{colour.pk}:1", f"{colour.pk}:2"]
    assert [text.count(f'<option value="{value}">') for value in values] == [1, 1, 1, 1]
    assert text.count(" → ") == 4
    assert "been? → No" in text
    form = posted(new(cycle), label_fr="Z ?", kind="yes_no", condition=f"{colour.pk}:2")
    admin.post(new(cycle), form)
    row = Question.objects.get(label_fr="Z ?")
    assert (row.shown_if, row.shown_when, row.code) == (colour, "2", "z")
    again = posted(page_of(row))
    assert again["condition"] == f"{colour.pk}:2"
    admin.post(page_of(row), again | {"condition": ""})
    row.refresh_from_db()
    assert (row.shown_if, row.shown_when) == (None, "")
    # An earlier question offers no later one.
    assert " → " not in admin.get(page_of(been)).content.decode()
    assert "condition" in errors(
        admin.post(page_of(been), posted(page_of(been)) | {"condition": f"{colour.pk}:1"})
    )


def test_only_programs_of_the_cycle_are_offered(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    dess = factories.program("dess")
    cycle.intakes.filter(program=dess).delete()
    form = posted(new(cycle), label_fr="A ?", kind="text", program=str(dess.pk))
    assert "program" in errors(admin.post(new(cycle), form))


def test_a_code_stands_once(admin: Client, cycle: Cycle, posted: Posted) -> None:
    question(cycle)
    form = posted(new(cycle), label_fr="A ?", kind="text", code="been")
    assert "already has a question" in errors(admin.post(new(cycle), form))["code"][0]
    for label in ("Been?", "Been!", "Been", "漢字"):
        admin.post(new(cycle), form | {"label_fr": label, "label_en": label, "code": ""})
    codes = list(cycle.questions.values_list("code", flat=True))
    assert codes == ["been", "been-2", "been-3", "been-4", "text"]


def test_the_public_reads_both_languages(admin: Client, posted: Posted) -> None:
    row = question(factories.cycle())
    found = errors(admin.post(page_of(row), posted(page_of(row)) | {"label_en": ""}))
    assert "both languages" in found["label_en"][0]


def test_after_the_opening_another_wording_is_another_version(
    admin: Client, posted: Posted, adam: User
) -> None:
    row = question(factories.cycle())
    fields = posted(page_of(row))
    assert not {"kind", "code", "limit", "lowest", "choices_fr"} & set(fields)
    assert "becomes version 2" in admin.get(page_of(row)).content.decode()
    admin.post(page_of(row), fields | {"label_en": "Been to Montréal?"})
    row.refresh_from_db()
    assert (row.version, row.label_en) == (2, "Been to Montréal?")
    text = admin.get(page_of(row)).content.decode()
    assert "Earlier wordings" in text
    assert "been ? / been?" in text


def test_a_change_that_answers_would_not_survive_is_said_at_the_field(
    admin: Client, posted: Posted
) -> None:
    row = question(factories.cycle(), **COLOURS)
    form = posted(page_of(row)) | {"choices_fr": "Vert\nBleu"}
    found = errors(admin.post(page_of(row), form))
    assert "never moved or removed" in found["choices_fr"][0]


def test_retired_and_asked_again_on_pages_of_their_own(admin: Client, posted: Posted) -> None:
    row = question(factories.cycle())
    for name, retired in (("retire", True), ("ask-again", False)):
        assert admin.get(page_of(row, name)).status_code == 200
        row.refresh_from_db()
        assert row.is_retired != retired, "looking changes nothing"
        assert admin.post(page_of(row, name)).url == page_of(row)
        row.refresh_from_db()
        assert row.is_retired == retired
        assert admin.get(page_of(row)).status_code == 200


def test_deleted_before_the_opening_alone(admin: Client, cycle: Cycle) -> None:
    row, kept = question(cycle), question(factories.cycle(code="B29", opens=-40))
    assert admin.post(page_of(row, "delete"), {"post": "yes"}).status_code == 302
    assert admin.post(page_of(kept, "delete"), {"post": "yes"}).status_code == 403
    assert list(Question.objects.all()) == [kept]
    assert AuditEntry.objects.filter(verb="remove").count() == 1


@pytest.mark.parametrize("name", ["change", "retire", "ask-again", "delete"])
def test_for_administrators_alone(client: Client, cycle: Cycle, claire: User, name: str) -> None:
    row = question(cycle)
    client.force_login(claire)
    for answer in (client.get(page_of(row, name)), client.post(page_of(row, name))):
        assert answer.status_code == 302
    row.refresh_from_db()
    assert not row.is_retired


@pytest.mark.parametrize("name", ["retire", "ask-again"])
def test_no_such_question(admin: Client, cycle: Cycle, name: str) -> None:
    assert admin.post(page_of(Question(pk=987654), name)).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_both_languages(admin: Client, cycle: Cycle, prefix: str) -> None:
    row = question(cycle)
    for name in ("change", "retire", "ask-again"):
        answer = admin.get(f"{prefix}/admin/cycles/question/{row.pk}/{name}/")
        assert answer.status_code == 200
        assert ("been ?" if not prefix else "been?") in answer.content.decode()
