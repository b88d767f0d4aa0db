"""Nothing is shown to the public until nothing is missing, in both languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle, Program
from cycles.publishing import gaps, publish, unpublish
from reviews.models import Criterion
from tests import factories
from tests.cycles.factories import coming, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return coming()


@pytest.fixture(autouse=True)
def english_page() -> Any:
    """The sentences below are in English."""
    with translation.override("en"):
        yield


def sentences(cycle: Cycle) -> list[str]:
    """What is missing, in words."""
    return [gap.text for gap in gaps(cycle)]


def test_a_whole_cycle_is_published_and_taken_back(cycle: Cycle, adam: User) -> None:
    assert sentences(cycle) == []
    for _again in range(2):
        publish(cycle, by=adam)
    cycle.refresh_from_db()
    assert cycle.is_published
    for _again in range(2):
        unpublish(cycle, by=adam)
    cycle.refresh_from_db()
    assert not cycle.is_published
    verbs = [entry.verb for entry in AuditEntry.objects.about(cycle).order_by("pk")]
    assert verbs == ["publish", "unpublish"]


def test_a_cycle_that_opened_is_not_taken_back(adam: User) -> None:
    opened = factories.cycle()
    with pytest.raises(Refused, match="closing date"):
        unpublish(opened, by=adam)
    opened.refresh_from_db()
    assert opened.is_published


@pytest.mark.parametrize("verb", [publish, unpublish])
def test_only_administrators_decide(cycle: Cycle, claire: User, verb: Any) -> None:
    with pytest.raises(Refused) as refused:
        verb(cycle, by=claire)
    assert refused.value.forbidden


@pytest.mark.parametrize(
    ("change", "sentence", "anchor"),
    [
        ({"name_en": ""}, "no name in English", "#id_name_en"),
        ({"notice_fr": " "}, "notice is missing in French", "#id_notice_fr"),
        ({"notice_en": ""}, "notice is missing in English", "#id_notice_en"),
        (
            {"opens_at": timezone.now() - timedelta(9), "closes_at": timezone.now() - timedelta(8)},
            "closing date is past",
            "#id_closes_at",
        ),
    ],
)
def test_what_the_cycle_itself_lacks(
    cycle: Cycle, adam: User, change: dict[str, Any], sentence: str, anchor: str
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(**change)
    cycle.refresh_from_db()
    (gap,) = gaps(cycle)
    assert sentence in gap.text
    assert gap.url == f"/en/admin/cycles/cycle/{cycle.pk}/change/{anchor}"
    with pytest.raises(Refused) as refused:
        publish(cycle, by=adam)
    assert refused.value.reasons == [gap.text]
    cycle.refresh_from_db()
    assert not cycle.is_published


def test_empty_lists_are_told(cycle: Cycle) -> None:
    for rows in (cycle.intakes, cycle.pieces, cycle.declarations, Criterion.objects):
        rows.all().delete()
    assert [text.split(" ")[:2] for text in sentences(cycle)] == [
        ["No", "program"],
        ["No", "document"],
        ["No", "declaration"],
        ["The", "rubric"],
    ]


def test_texts_in_one_language_are_told_where_they_are(cycle: Cycle) -> None:
    Program.objects.filter(code="dess").update(short_fr="D.E.S.S.")
    cycle.pieces.filter(slug="cv").update(help_en="")
    cycle.declarations.filter(code="true").update(text_en="")
    Criterion.objects.update(anchor_3_fr="Bien")
    question(cycle, label_en="")
    found = {gap.url.split("/admin/")[1]: gap.text for gap in gaps(cycle)}
    page = f"cycles/cycle/{cycle.pk}/change/"
    assert set(found) == {
        f"cycles/program/{factories.program('dess').pk}/change/",
        f"{page}#id_pieces-0-help_en",
        f"{page}#id_declarations-0-text_en",
        f"{page}#id_criteria-0-anchor_3_en",
        f"cycles/question/{cycle.questions.get().pk}/change/",
    }
    assert all("one language only" in text for text in found.values())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"choices_fr": "Un\nDeux", "choices_en": "One"}, "not as many choices"),
        ({"choices_fr": "Un", "choices_en": "One"}, "at least two"),
        ({"choices_fr": "Un\nDeux", "choices_en": "One\nTwo"}, None),
        ({"help_fr": "Dites tout.", "kind": "text"}, "one language only"),
    ],
)
def test_questions_are_whole(cycle: Cycle, fields: dict[str, Any], sentence: str | None) -> None:
    row = question(cycle, **{"kind": "choice", **fields})
    found = sentences(cycle)
    assert [sentence in text for text in found] == ([True] if sentence else [])
    row.is_retired = True
    row.save()
    assert sentences(cycle) == [], "what is not asked lacks nothing"


def test_conditions_and_programs_of_questions_hold(cycle: Cycle) -> None:
    first = question(cycle, "first", position=1)
    second = question(cycle, "second", position=2, shown_if=first, shown_when="yes")
    assert sentences(cycle) == []
    second.shown_when = "maybe"
    second.save()
    assert "not an answer" in sentences(cycle)[0]
    second.delete()
    first.program = Program.objects.create(code="phd", name_fr="Doctorat", name_en="PhD")
    first.save()
    assert "does not have" in sentences(cycle)[0]
