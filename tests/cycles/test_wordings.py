"""Questions and declarations change freely before the opening, and without losing anything after it."""

from typing import Any

import pytest

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles import wordings
from cycles.models import Cycle, Question
from tests import factories
from tests.cycles.factories import coming, question

pytestmark = pytest.mark.django_db
COLOURS = {
    "kind": "choice",
    "choices_fr": "Bleu\nVert\nRouge",
    "choices_en": "Blue\nGreen\nRed",
}


@pytest.fixture
def before() -> Cycle:
    return coming()


@pytest.fixture
def opened() -> Cycle:
    return factories.cycle()


def test_before_the_opening_a_question_simply_changes(before: Cycle, adam: User) -> None:
    row = wordings.revise(question(before), by=adam, label_fr="Autre ?", kind="text")
    row.refresh_from_db()
    assert (row.label_fr, row.kind, row.version, row.versions.count()) == ("Autre ?", "text", 1, 0)
    entry = AuditEntry.objects.about(row).get()
    assert (entry.verb, entry.details) == ("revise", {"fields": ["kind", "label_fr"]})


def test_after_the_opening_the_wording_people_saw_is_kept(opened: Cycle, adam: User) -> None:
    row = question(opened)
    row = wordings.revise(row, by=adam, label_fr="Autre ?", label_en="Other?")
    wordings.revise(row, by=adam, help_fr="Dites.", help_en="Tell.")
    row.refresh_from_db()
    assert row.version == 3
    kept = [(one.version, one.content["label_fr"], one.by) for one in row.versions.all()]
    assert kept == [(1, "been ?", adam), (2, "Autre ?", adam)]


def test_what_is_not_wording_or_not_a_change_makes_no_version(opened: Cycle, adam: User) -> None:
    row = question(opened)
    wordings.revise(row, by=adam, label_fr=row.label_fr)
    assert not AuditEntry.objects.about(row).exists()
    wordings.revise(row, by=adam, position=9, program=factories.program())
    row.refresh_from_db()
    assert (row.position, row.version, row.versions.count()) == (9, 1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "text"},
        {"code": "other"},
        {"choices_fr": "Vert\nBleu\nRouge"},
        {"choices_fr": "Bleu\nVert"},
        {"choices_en": "Blue\nRed\nGreen\nPink"},
    ],
)
def test_answers_given_keep_their_meaning(
    opened: Cycle, before: Cycle, adam: User, changes: dict[str, Any]
) -> None:
    row = question(opened, **COLOURS)
    with pytest.raises(Refused, match="a ouvert"):
        wordings.revise(row, by=adam, **changes)
    row.refresh_from_db()
    assert (row.kind, row.choices_fr, row.version) == ("choice", COLOURS["choices_fr"], 1)
    wordings.revise(question(before, **COLOURS), by=adam, **changes)


def test_choices_may_be_reworded_and_added_at_the_end(opened: Cycle, adam: User) -> None:
    row = question(opened, **COLOURS)
    changes = {"choices_fr": "Azur\nVert\nRouge\nRose", "choices_en": "Azure\nGreen\nRed\nPink"}
    assert wordings.revise(row, by=adam, **changes).version == 2


def test_a_condition_follows_its_choice_to_another_line(before: Cycle, adam: User) -> None:
    colour = question(before, "colour", position=1, **COLOURS)
    green = question(before, "green", position=2, shown_if=colour, shown_when="2")
    red = question(before, "red", position=3, shown_if=colour, shown_when="3")
    wordings.revise(colour, by=adam, choices_fr="Vert\nBleu", choices_en="Green\nBlue")
    green.refresh_from_db()
    red.refresh_from_db()
    assert (green.shown_when, red.shown_when) == ("1", "3")
    assert (green.broken_condition, bool(red.broken_condition)) == ("", True)


def test_a_question_is_retired_and_asked_again(opened: Cycle, adam: User) -> None:
    row = question(opened)
    for _again in range(2):
        wordings.retire(row, by=adam)
    row.refresh_from_db()
    assert row.is_retired
    wordings.ask_again(row, by=adam)
    row.refresh_from_db()
    assert not row.is_retired
    verbs = [entry.verb for entry in AuditEntry.objects.about(row).order_by("pk")]
    assert verbs == ["retire", "ask again"]


def test_a_question_that_others_hang_on_stays(before: Cycle, adam: User) -> None:
    first = question(before, "first", position=1)
    second = question(before, "second", position=2, shown_if=first, shown_when="yes")
    for verb in (wordings.retire, wordings.remove):
        with pytest.raises(Refused, match="conditions"):
            verb(first, by=adam)
    wordings.remove(second, by=adam)
    wordings.remove(first, by=adam)
    assert not Question.objects.exists()
    assert AuditEntry.objects.filter(verb="remove").count() == 2


def test_a_question_of_an_opened_cycle_is_never_deleted(opened: Cycle, adam: User) -> None:
    with pytest.raises(Refused, match="retirez"):
        wordings.remove(question(opened), by=adam)
    assert Question.objects.count() == 1


def test_another_sentence_after_the_opening_is_another_version(
    before: Cycle, opened: Cycle, adam: User
) -> None:
    for cycle, version in ((before, 1), (opened, 2)):
        row = cycle.declarations.get(code="true")
        old = row.text_fr
        wordings.reword(row, by=adam, text_fr="Tout est vrai.", position=row.position)
        wordings.reword(row, by=adam, position=7)
        row.refresh_from_db()
        assert (row.text_fr, row.version, row.position) == ("Tout est vrai.", version, 7)
        first = AuditEntry.objects.about(row).order_by("pk")[0]
        assert first.details["before"]["text_fr"] == old
    wordings.reword(row, by=adam, position=7)
    assert AuditEntry.objects.about(row).count() == 2


def test_only_administrators_word(opened: Cycle, claire: User) -> None:
    row = question(opened)
    for verb in (wordings.revise, wordings.retire, wordings.ask_again, wordings.remove):
        with pytest.raises(Refused) as refused:
            verb(row, by=claire)
        assert refused.value.forbidden
    with pytest.raises(Refused) as refused:
        wordings.reword(opened.declarations.all()[0], by=claire, text_fr="Non.")
    assert refused.value.forbidden
