"""Which documents a file needs: from its cycle, its programs, its degrees and its answers."""

from typing import Any

import pytest
from django.db.models import prefetch_related_objects
from django.utils import timezone, translation

from accounts.models import User
from applications import drafts, lifecycle
from applications.completeness import LOOKS_AT, missing
from applications.forms.studies import StudiesForm
from applications.models import Application, Choice, Degree, Kind
from applications.snapshot import freeze, papers_of
from applications.wanted import held, unasked, wanted
from cycles.models import Cycle, Piece, Question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle, complete=False)


def degree(draft: Application, title: str = "B. Sc.", **fields: Any) -> Degree:
    return Degree.objects.create(
        application=draft, position=draft.degrees.count(), title=title, **fields
    )


def slots(draft: Application) -> list[str]:
    return [row.slot for row in wanted(Application.objects.get(pk=draft.pk))]


def choose(draft: Application, code: str) -> None:
    Choice.objects.create(application=draft, program=factories.program(code), rank=1)


def test_a_transcript_is_asked_for_each_degree(draft: Application) -> None:
    assert slots(draft) == ["cv", "diploma"]
    one, two = degree(draft), degree(draft, "M. Sc.")
    assert slots(draft) == ["cv", f"transcript-{one.pk}", f"transcript-{two.pk}", "diploma"]
    labels = [row.label for row in wanted(draft)]
    assert labels[1:3] == ["Relevé de notes, B. Sc.", "Relevé de notes, M. Sc."]
    assert [row.degree for row in wanted(draft)] == [None, one, two, None]


@pytest.mark.parametrize(
    ("language", "asked"), [("", False), ("fr", False), ("en", False), ("other", True)]
)
def test_a_translation_is_asked_for_what_we_cannot_read(
    draft: Application, language: str, asked: bool
) -> None:
    one = degree(draft, language=language)
    assert (f"translation-{one.pk}" in slots(draft)) is asked


def test_a_degree_without_a_name_has_a_number(draft: Application) -> None:
    degree(draft, "")
    (row,) = [row for row in wanted(draft) if row.degree]
    assert (row.label_fr, row.label_en) == ("Relevé de notes, diplôme 1", "Transcript, degree 1")
    with translation.override("en"):
        assert row.label == row.label_en


def test_a_piece_of_one_program_is_asked_there_only(draft: Application, cycle: Cycle) -> None:
    Piece.objects.create(
        cycle=cycle, slug="portfolio", name_fr="Portfolio", program=factories.program("dess")
    )
    assert "piece-portfolio" not in slots(draft)
    choose(draft, "dess")
    assert "piece-portfolio" in slots(draft)


def test_a_question_may_ask_for_a_file_on_a_condition(draft: Application, cycle: Cycle) -> None:
    first = Question.objects.create(cycle=cycle, code="wrote", kind="yes_no", label_fr="Écrit?")
    Question.objects.create(
        cycle=cycle,
        code="code",
        kind="file",
        label_fr="Votre code",
        label_en="Your code",
        is_required=True,
        shown_if=first,
        shown_when="yes",
        position=1,
    )
    for answer, asked in [({}, False), ("yes", False), ({"value": "no"}, False)]:
        Application.objects.update(answers={"wrote": answer} if answer else {})
        assert ("question-code" in slots(draft)) is asked
    Application.objects.update(answers={"wrote": {"version": 1, "value": "yes"}})
    row = wanted(Application.objects.get(pk=draft.pk))[-1]
    assert (row.slot, row.kind, row.required) == ("question-code", Kind.ANSWER, True)
    assert (row.label_fr, row.label_en) == ("Votre code", "Your code")


def test_what_is_required_lacks_until_it_is_held(draft: Application) -> None:
    one = degree(draft)
    lacks = {item.field for item in missing(draft) if item.step == "documents"}
    assert lacks == {"cv", f"transcript-{one.pk}"}
    factories.attach(draft, Kind.CV)
    fresh = Application.objects.get(pk=draft.pk)
    (item,) = [item for item in missing(fresh) if item.step == "documents"]
    assert item.text == "Document\u00a0: Relevé de notes, B. Sc."


def test_a_submission_takes_what_is_asked_and_names_it(amina: User, cycle: Cycle) -> None:
    draft = factories.draft(amina, cycle)
    stray = factories.attach(draft, Kind.OTHER, slot="piece-gone")
    submission = factories.submit(draft)
    assert stray not in submission.documents.all()
    first, second = submission.content["documents"]
    assert (first["slot"], first["what_fr"], first["what_en"]) == ("cv", *["Curriculum vitæ"] * 2)
    assert second["what_en"] == "Transcript, Licence en informatique"
    assert [line["what"] for line in papers_of(submission.content)] == [
        "Curriculum vitæ",
        "Relevé de notes, Licence en informatique",
    ]


def test_a_submission_of_before_names_its_documents_by_kind(amina: User, cycle: Cycle) -> None:
    content = freeze(factories.draft(amina, cycle))
    for line in content["documents"]:
        del line["slot"], line["what_fr"], line["what_en"]
    assert [(line["slot"], line["what"]) for line in papers_of(content)] == [
        ("cv", "Curriculum vitæ"),
        ("transcript", "Relevé de notes"),
    ]


def test_what_nothing_asks_for_any_more_stays_aside(draft: Application) -> None:
    stray = factories.attach(draft, Kind.OTHER, slot="piece-gone")
    factories.attach(draft, Kind.REQUEST, slot="request-1")
    assert unasked(draft) == [stray]
    assert held(draft) == []


def test_a_degree_that_is_removed_takes_its_documents_out_of_the_draft_only(
    amina: User, cycle: Cycle
) -> None:
    draft = factories.draft(amina, cycle)
    submission = factories.submit(draft)
    draft.refresh_from_db()
    lifecycle.reopen(draft, by=amina, at=timezone.now())
    draft = Application.objects.get(pk=draft.pk)
    drafts.take_out(draft, StudiesForm, 0, by=amina, at=timezone.now())
    assert [row.slot for row in draft.documents.current()] == ["cv"]
    assert submission.documents.count() == 2


@pytest.mark.parametrize("degrees", [1, 6])
def test_nothing_is_asked_of_the_database_once_the_whole_is_there(
    draft: Application, degrees: int, django_assert_num_queries: Any
) -> None:
    for number in range(degrees):
        degree(draft, f"B. Sc. {number}", language="other")
    choose(draft, "msc")
    fresh = Application.objects.select_related("cycle").get(pk=draft.pk)
    with django_assert_num_queries(7):
        prefetch_related_objects([fresh], *LOOKS_AT)
    with django_assert_num_queries(0):
        assert len(wanted(fresh)) == 2 + 2 * degrees
    with django_assert_num_queries(1):  # the courses of the prerequisites
        assert len(missing(fresh)) > 0
