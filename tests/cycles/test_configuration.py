"""What a cycle asks: courses, documents, declarations, extra questions and their conditions."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from cycles.models import (
    Course,
    Cycle,
    Declaration,
    Piece,
    Question,
    QuestionVersion,
    asked,
)
from tests import factories
from tests.cycles.factories import question

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


def test_the_courses_of_the_grid_come_with_the_product() -> None:
    codes = list(Course.objects.values_list("code", flat=True))
    assert codes == ["MAT1400", "MAT1600", "MAT1978", "IFT1015", "IFT2015", "IFT2125"]
    assert str(Course.objects.all()[0]) == "MAT1400 Calcul 1"
    with translation.override("en"):
        assert str(Course.objects.all()[0]) == "MAT1400 Calculus 1"


def test_a_cycle_that_existed_gets_what_the_pages_asked_until_then(cycle: Cycle) -> None:
    defaults = [
        list(cycle.pieces.values_list("slug", "is_required", "name_fr", "position")),
        list(cycle.declarations.values_list("code", "text_fr", "text_en", "position")),
    ]
    for model in (Piece, Declaration, Course):
        model.objects.all().delete()
    import_module("cycles.migrations.0002_configuration").fill(apps, connection.schema_editor())
    assert defaults == [
        list(cycle.pieces.values_list("slug", "is_required", "name_fr", "position")),
        list(cycle.declarations.values_list("code", "text_fr", "text_en", "position")),
    ]
    assert [code for code, *_rest in defaults[1]] == ["true", "notice", "transfer"]
    assert Course.objects.count() == 6


def test_the_notice_s_declaration_names_its_version(cycle: Cycle) -> None:
    notice = cycle.declarations.get(code="notice")
    assert str(notice).endswith("(avis de confidentialité, version 2026-10).")
    with translation.override("en"):
        assert notice.sentence.endswith("(privacy notice, version 2026-10).")


def test_pieces_know_whom_and_how_often_they_are_asked(cycle: Cycle) -> None:
    msc, dess = factories.program("msc"), factories.program("dess")
    cv, transcript, translated, _diploma = cycle.pieces.all()
    assert [piece.for_each_degree for piece in (cv, transcript, translated)] == [False, True, True]
    assert (cv.is_asked([]), cv.is_asked([dess])) == (True, True)
    cv.program = msc
    assert (cv.is_asked([dess]), cv.is_asked([dess, msc])) == (False, True)
    assert str(transcript) == "Relevé de notes"


@pytest.mark.parametrize("model", [Piece, Declaration])
def test_a_code_stands_once_in_a_cycle(cycle: Cycle, model: Any) -> None:
    twice = model.objects.filter(cycle=cycle)[0]
    twice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    twice.cycle = factories.cycle(code="B27", opens=-40)
    model.objects.filter(cycle=twice.cycle).delete()
    twice.save()


def test_both_starts_of_studies(cycle: Cycle) -> None:
    assert cycle.starts == [cycle.starts_on]
    cycle.second_start_on = cycle.starts_on.replace(year=cycle.starts_on.year + 1)
    cycle.full_clean()
    assert cycle.starts == [cycle.starts_on, cycle.second_start_on]
    cycle.second_start_on = cycle.starts_on
    with pytest.raises(ValidationError, match="suit le premier"):
        cycle.full_clean()


# Questions ----------------------------------------------------------------------------------------
def test_choices_are_told_in_the_reader_s_language_under_the_same_values(cycle: Cycle) -> None:
    texts = {"choices_fr": "Bleu\n\n Vert \n", "choices_en": "Blue\nGreen"}
    colour = question(cycle, kind="choice", **texts)
    assert colour.answers == colour.options == [("1", "Bleu"), ("2", "Vert")]
    with translation.override("en"):
        assert colour.options == [("1", "Blue"), ("2", "Green")]
        colour.choices_en = "Blue"
        assert colour.options == [("1", "Bleu"), ("2", "Vert")], "half a list would shift answers"
    assert question(cycle, "text", kind="text").answers == []


def test_how_long_an_answer_may_be(cycle: Cycle) -> None:
    kinds = [question(cycle, kind, kind=kind) for kind in ("text", "long_text")]
    assert [row.longest for row in kinds] == [200, 1500]
    kinds[0].limit = 60
    assert kinds[0].longest == 60


def test_asked_of_a_program_only(cycle: Cycle) -> None:
    msc, dess = factories.program("msc"), factories.program("dess")
    only = question(cycle, program=msc)
    assert only.is_asked([msc, dess], {})
    assert not only.is_asked([dess], {})
    only.is_retired = True
    assert not only.is_asked([msc], {})


def test_asked_on_a_condition_and_never_after_a_question_that_is_not_asked(
    cycle: Cycle, django_assert_num_queries: Any
) -> None:
    first = question(cycle, "first", position=1)
    second = question(cycle, "second", position=2, shown_if=first, shown_when="yes")
    third = question(cycle, "third", position=3, shown_if=second, shown_when="no")
    rows = list(cycle.questions.all())

    def codes(**answers: str) -> list[str]:
        return [row.code for row in asked(rows, [], answers)]

    with django_assert_num_queries(0):
        assert codes() == codes(first="no") == ["first"]
        assert codes(first="yes") == ["first", "second"]
        assert codes(first="yes", second="no") == ["first", "second", "third"]
        # What was answered before the first answer changed asks nothing any more.
        assert codes(first="no", second="no") == ["first"]
    assert third.shown_if == second


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"shown_when": "maybe"}, "pas une réponse"),
        ({"position": 0}, "plus tôt"),
        ({"cycle": "other"}, "même période"),
    ],
)
def test_a_condition_looks_back(cycle: Cycle, change: dict[str, Any], sentence: str) -> None:
    first = question(cycle, "first", position=1)
    second = question(cycle, "second", position=2, shown_if=first, shown_when="yes")
    second.full_clean()
    for name, value in change.items():
        other = factories.cycle(code="B27") if value == "other" else value
        setattr(second, name, other)
    with pytest.raises(ValidationError, match=sentence):
        second.clean()


def test_a_condition_on_itself_or_on_one_no_longer_asked(cycle: Cycle) -> None:
    first = question(cycle, "first", position=1)
    second = question(cycle, "second", position=1, shown_if=first, shown_when="yes")
    assert second.broken_condition == ""
    assert (
        Question(cycle=cycle, position=1, shown_if=second, shown_when="no").broken_condition == ""
    )
    first.shown_if, first.shown_when = first, "yes"
    assert "plus tôt" in first.broken_condition
    second.shown_if.is_retired = True
    assert "plus posée" in second.broken_condition


@pytest.mark.parametrize(
    "fields", [{"lowest": 5, "highest": 4}, {"shown_when": "yes"}, {"code": "been"}]
)
def test_what_the_database_refuses(cycle: Cycle, fields: dict[str, Any]) -> None:
    question(cycle)
    with pytest.raises(IntegrityError), transaction.atomic():
        question(cycle, **{"code": "other", **fields})


def test_a_version_keeps_the_wording(cycle: Cycle) -> None:
    row = question(cycle, kind="number", lowest=1, highest=9)
    kept = QuestionVersion.objects.create(question=row, version=1, content=row.wording)
    kept.refresh_from_db()
    assert kept.content["highest"] == 9
    assert kept.content["label_fr"] == str(row) == "been ?"
    assert str(kept) == f"{row.pk}, 1"
