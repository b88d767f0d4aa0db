"""The cycle's own questions: asked of whom, kept how, frozen how, and what becomes of an answer when they change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications import answers
from applications.completeness import missing
from applications.content import Content
from applications.models import Application
from cycles import wordings
from cycles.models import Cycle, Question
from tests import factories

pytestmark = pytest.mark.django_db
Ask = Callable[..., Question]


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


@pytest.fixture
def ask(cycle: Cycle) -> Ask:
    """Adds a question to the cycle."""

    def make(code: str, kind: str = "text", **fields: Any) -> Question:
        position = Question.objects.count()
        words = {"label_fr": f"{code} en français?", "label_en": f"{code} in English?"}
        return Question.objects.create(
            cycle=cycle, code=code, kind=kind, position=position, **{**words, **fields}
        )

    return make


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle)


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def url_of(draft: Application) -> str:
    return reverse("application_step", args=[draft.number, "questions"])


def save(client: Client, draft: Application, **told: str) -> Any:
    url = url_of(draft)
    fields = {f"question-{code}": value for code, value in told.items()}
    return client.post(url, {"seen": client.get(url).context["seen"], **fields})


def lacking(draft: Application) -> list[str]:
    fresh = Application.objects.get(pk=draft.pk)
    return [item.field for item in missing(fresh) if item.step == "questions"]


def kept(draft: Application) -> Any:
    draft.refresh_from_db()
    return draft.answers


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_cycle_without_questions_has_no_such_step(
    mine: Client, draft: Application, language: str
) -> None:
    assert mine.get(f"{language}{url_of(draft)}").status_code == 404
    assert (
        "questions"
        not in mine.get(reverse("application_review", args=[draft.number])).content.decode()
    )


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_kind_is_drawn_and_kept(
    mine: Client, draft: Application, ask: Ask, language: str
) -> None:
    ask("line")
    ask("story", "long_text", limit=50)
    ask("count", "number", lowest=1, highest=9)
    ask("pick", "choice", choices_fr="Un\nDeux", choices_en="One\nTwo")
    ask("sure", "yes_no", is_required=True)
    page = mine.get(f"{language}{url_of(draft)}").content.decode()
    assert ("sure in English?" in page) is bool(language)
    told = {"line": "א", "story": "b\r\nc", "count": "9", "pick": "2", "sure": "no"}
    assert save(mine, draft, **told).status_code == 302
    expected = {"line": "א", "story": "b\nc", "count": 9, "pick": "2", "sure": "no"}
    assert {code: row["value"] for code, row in kept(draft).items()} == expected
    draft.refresh_from_db()
    assert [row["text_fr"] for row in answers.frozen(draft)] == ["א", "b\nc", "9", "Deux", "Non"]
    assert [row["text_en"] for row in answers.frozen(draft)][3:] == ["Two", "No"]


@pytest.mark.parametrize(
    ("kind", "value", "fields"),
    [
        ("text", "x" * 201, {}),
        ("long_text", "x" * 51, {"limit": 50}),
        ("number", "10", {"highest": 9}),
        ("number", "1e400", {}),
        ("number", "9" * 40, {}),
        ("choice", "3", {"choices_fr": "Un\nDeux", "choices_en": "One\nTwo"}),
        ("yes_no", "perhaps", {}),
    ],
)
def test_a_wrong_answer_is_said_and_the_rest_is_kept(
    mine: Client, draft: Application, ask: Ask, kind: str, value: str, fields: dict[str, Any]
) -> None:
    ask("wrong", kind, **fields)
    ask("right")
    page = save(mine, draft, wrong=value, right="yes")
    assert page.status_code == 422
    assert "id_question-wrong" in page.content.decode()
    assert list(kept(draft)) == ["right"]


def test_a_required_one_blocks_and_an_optional_one_does_not(draft: Application, ask: Ask) -> None:
    ask("must", is_required=True)
    ask("may")
    assert lacking(draft) == ["question-must"]
    Application.objects.update(answers={"must": {"version": 1, "value": "yes"}})
    assert lacking(draft) == []


def test_a_program_has_its_own(draft: Application, ask: Ask) -> None:
    ask("theirs", is_required=True, program=factories.program("dess"))
    ask("ours", is_required=True, program=factories.program("msc"))
    assert lacking(draft) == ["question-ours"]


def test_a_condition_is_judged_by_the_server(mine: Client, draft: Application, ask: Ask) -> None:
    parent = ask("parent", "yes_no", is_required=True)
    ask("child", is_required=True, shown_if=parent, shown_when="yes")
    page = mine.get(url_of(draft)).content.decode()
    assert 'data-when="question-parent" data-when-is="yes"' in page
    save(mine, draft, parent="no", child="")
    assert lacking(draft) == []
    save(mine, draft, parent="yes", child="")
    assert lacking(draft) == ["question-child"]
    save(mine, draft, parent="no", child="left from before")
    draft.refresh_from_db()
    assert [row["code"] for row in answers.frozen(draft)] == ["parent"]


def test_an_emptied_answer_is_taken_out(mine: Client, draft: Application, ask: Ask) -> None:
    ask("line")
    save(mine, draft, line="something")
    save(mine, draft, line="")
    assert kept(draft) == {}


def test_an_answer_that_still_fits_counts_with_a_quiet_word(
    mine: Client, draft: Application, ask: Ask, adam: User
) -> None:
    question = ask("line", is_required=True)
    save(mine, draft, line="before")
    wordings.revise(question, by=adam, label_fr="Autrement?", label_en="Otherwise?")
    assert lacking(draft) == []
    assert "Cette question a changé le" in mine.get(url_of(draft)).content.decode()
    draft.refresh_from_db()
    frozen = answers.frozen(draft)[0]
    assert (frozen["label_fr"], frozen["version"]) == ("line en français?", 1)
    save(mine, draft, line="after")
    assert "Cette question a changé" not in mine.get(url_of(draft)).content.decode()
    assert answers.frozen(Application.objects.get(pk=draft.pk))[0]["label_fr"] == "Autrement?"


def test_an_answer_that_no_longer_fits_is_kept_and_asked_again(
    mine: Client, draft: Application, ask: Ask, adam: User
) -> None:
    question = ask("line", is_required=True)
    save(mine, draft, line="much too long now")
    wordings.revise(question, by=adam, limit=5)
    assert lacking(draft) == ["question-line"]
    page = mine.get(url_of(draft)).content.decode()
    assert "much too long now" in page
    save(mine, draft, line="")
    assert kept(draft)["line"]["value"] == "much too long now"
    assert answers.frozen(draft) == []
    save(mine, draft, line="short")
    assert lacking(draft) == []


@pytest.mark.parametrize(("shown", "version"), [("1", 1), ("2", 2), ("9", 2), ("x", 2), ("", 2)])
def test_the_version_kept_is_the_one_that_was_shown(
    mine: Client, draft: Application, ask: Ask, adam: User, shown: str, version: int
) -> None:
    question = ask("line")
    wordings.revise(question, by=adam, label_fr="Autrement?")
    seen = mine.get(url_of(draft)).context["seen"]
    mine.post(url_of(draft), {"seen": seen, "question-line": "a", "version-line": shown})
    assert kept(draft)["line"]["version"] == version


def test_two_tabs_on_the_questions_see_both(mine: Client, draft: Application, ask: Ask) -> None:
    ask("line")
    old = mine.get(url_of(draft)).context["seen"]
    save(mine, draft, line="first")
    page = mine.post(url_of(draft), {"seen": old, "question-line": "second"})
    assert page.status_code == 409
    assert page.context["theirs"] == [("line en français?", "first")]


def test_what_was_filed_stays_readable_when_the_question_is_retired(
    draft: Application, ask: Ask, adam: User
) -> None:
    question = ask("sure", "yes_no")
    Application.objects.filter(pk=draft.pk).update(answers={"sure": {"version": 1, "value": "yes"}})
    submission = factories.submit(draft)
    wordings.retire(question, by=adam)
    told = Content(submission.content).answers
    assert [(row.label, row.text) for row in told] == [("sure en français?", "Oui")]


def test_a_submission_tells_what_was_declared(draft: Application) -> None:
    submission = factories.submit(draft)
    declared = submission.content["declarations"]
    assert [row["code"] for row in declared] == ["true", "notice", "transfer"]
    assert declared[0]["text"] == "Ce que j’ai écrit est vrai et complet."
    assert {(row["language"], row["version"]) for row in declared} == {("fr", 1)}
    assert {row["at"] for row in declared} == {submission.at.isoformat()}


def test_a_declaration_that_changed_is_read_once_more(mine: Client, draft: Application) -> None:
    page = mine.get(reverse("application_review", args=[draft.number]))
    draft.cycle.declarations.filter(code="true").update(text_fr="Tout est vrai.", version=2)
    data = {
        "revision": page.context["application"].revision,
        "declaration": ["true", "notice", "transfer"],
        "wording": page.context["wording"],
    }
    url = reverse("application_submit", args=[draft.number])
    again = mine.post(url, data)
    assert again.status_code == 409
    assert "Tout est vrai." in again.content.decode()
    assert not draft.submissions.exists()
    assert mine.post(url, {**data, "wording": again.context["wording"]}).status_code == 302


@pytest.mark.parametrize("many", [1, 6])
def test_autosave_of_the_questions_costs_the_same(
    mine: Client,
    draft: Application,
    ask: Ask,
    many: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for index in range(many):
        ask(f"q{index}")
    told = {f"question-q{index}": "yes" for index in range(many)}
    data = {"seen": mine.get(url_of(draft)).context["seen"], **told}
    with django_assert_num_queries(AUTOSAVE):
        mine.post(url_of(draft), data, headers={"HX-Request": "true"})
    assert len(kept(draft)) == many


AUTOSAVE = 9
