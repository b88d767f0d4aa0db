"""The search of a submission: what it finds where, once, and again when something comes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from applications import lifecycle
from applications.models import Submission
from cycles.models import Cycle
from desk import pieces
from dossiers import scanning, settling
from dossiers.held import held, is_letter, letter_place
from dossiers.models import Redaction, Scan
from dossiers.scanning import due, must_be_seen, portraits, scan_due
from papers.redacting import Page, Unreadable
from tests import factories
from tests.desk.factories import asked, received
from tests.dossiers.blind import factories as dossiers


def told(submission: Submission) -> list[tuple[str, int, str, str]]:
    """What was found: the place without its number, the page, the kind, the words."""
    rows = Redaction.objects.filter(submission=submission)
    return sorted((r.place.split("-")[0], r.page, r.kind, r.words) for r in rows)


EXPECTED = [
    ("cv", 1, "picture", ""),
    ("cv", 1, "words", "514 555-0199"),
    ("cv", 1, "words", "Elodie NGUYEN-TREMBLAY"),
    ("statement", 0, "words", "portfolio.example/elo"),
    ("statement", 0, "words", "Élodie"),
    ("transcript", 1, "page", ""),
    ("transcript", 2, "words", "E. Tremblay"),
]


def test_texts_and_papers_are_searched(submission: Submission) -> None:
    assert list(due()) == [submission]
    assert scan_due() == 1
    assert told(submission) == EXPECTED
    assert set(Redaction.objects.values_list("status", flat=True)) == {"proposed"}
    row = Redaction.objects.get(words="Elodie NGUYEN-TREMBLAY")
    assert row.around[0].endswith("these years. ")
    assert len(row.boxes) == 1
    assert list(due()) == []


def test_searching_twice_changes_nothing(scanned: Submission, claire: User) -> None:
    row = Redaction.objects.get(words="E. Tremblay")
    settling.let_show(Redaction.objects.filter(pk=row.pk), by=claire)
    before = list(Redaction.objects.order_by("pk").values())
    scanning.scan(scanned)
    Redaction.objects.filter(pk=row.pk).update(boxes=[])
    Scan.objects.update(rules=0)
    assert list(due()) == [scanned]
    scan_due()
    assert list(Redaction.objects.order_by("pk").values()) == before


def test_what_comes_later_is_searched_too(scanned: Submission, claire: User) -> None:
    application = scanned.application
    row = dossiers.letter(application, dossiers.LONG + "Elodie was my student")
    assert list(due()) == [scanned]
    scan_due()
    place = letter_place(row)
    assert is_letter(place)
    assert [one.words for one in Redaction.objects.filter(place=place)] == ["Elodie"]
    piece = pieces.accept(received(asked(application, by=claire)), by=claire)
    factories.check()
    assert list(due()) == [scanned]
    scan_due()
    assert f"request-{piece.pk}" in Scan.objects.get().papers
    assert list(due()) == []


def test_only_blind_cycles_and_what_counts(scanned: Submission, amina: User) -> None:
    Scan.objects.all().delete()
    Cycle.objects.update(is_blind=False)
    assert list(due()) == []
    Cycle.objects.update(is_blind=True)
    assert list(due()) == [scanned]
    lifecycle.withdraw(scanned.application, by=amina)
    assert list(due()) == []


def test_a_paper_that_is_not_clean_waits(cycle: Cycle, amina: User) -> None:
    draft = factories.draft(amina, cycle)
    submission = factories.submit(draft)
    scanning.scan(submission)
    assert Scan.objects.get().papers == {}
    assert list(due()) == []
    factories.check()
    assert list(due()) == [submission]
    scan_due()
    assert set(Scan.objects.get().papers) == {paper.place for paper in held(submission)}


def test_one_that_fails_does_not_stop_the_others(
    submission: Submission, bruno: User, cycle: Cycle
) -> None:
    other = dossiers.submitted(bruno, cycle, first_names="Bruno", last_names="Costa")
    for paper in held(submission):
        default_storage.delete(paper.cleaned)
    assert scan_due() == 1
    assert list(due()) == [submission]
    assert Scan.objects.get(submission=submission).tried_at
    assert Scan.objects.get(submission=other).scanned_at


def test_there_is_an_end_to_one_run(submission: Submission) -> None:
    assert scan_due(seconds=-1) == 0


def test_a_paper_that_cannot_be_read_hides_whole(
    submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> Any:
        raise Unreadable

    monkeypatch.setattr(scanning, "read", broken)
    scanning.scan(submission)
    pages = Redaction.objects.exclude(page=0)
    assert {row.kind for row in pages} == {"page"}
    assert pages.count() == sum(paper.pages for paper in held(submission))


def test_another_content_voids_what_was_decided(scanned: Submission, claire: User) -> None:
    rows = Redaction.objects.filter(kind="page")
    settling.let_show(rows, by=claire)
    place = rows.get().place
    page = scanning.Finding(place, page=1, kind="page")
    scanning.keep_paper(scanned, place, Scan.objects.get().papers[place], [page])
    assert rows.get().status == "shown"
    scanning.keep_paper(scanned, place, "other", [page])
    assert rows.get().status == "proposed"


WORDS = "w" * 40
BOX = (0.0, 0.0, 100.0, 100.0)


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        (Page("", 600, 800, [], 0, whole=True), False),  # blank
        (Page("", 600, 800, [], 5, whole=True), True),  # outlines of letters
        (Page(WORDS, 600, 800, [], 5, whole=True), False),
        (Page(WORDS, 600, 800, [], 5, whole=False), True),
        (Page(WORDS + "\ufffd" * 40, 600, 800, [], 5, whole=True), True),
        (Page(WORDS + "\ue001" * 40, 600, 800, [], 5, whole=True), True),
        (Page(WORDS, 600, 800, [(0, 0, 600, 400)], 5, whole=True), True),
        (Page(WORDS, 600, 800, [(0, 0, 100, 100)], 5, whole=True), False),
    ],
)
def test_a_page_whose_words_do_not_say_all_is_to_be_seen(page: Page, seen: bool) -> None:
    assert must_be_seen(page) is seen


def test_a_face_is_neither_a_dot_nor_a_line() -> None:
    boxes = [BOX, (0.0, 0.0, 10.0, 10.0), (0.0, 0.0, 500.0, 50.0), (0.0, 0.0, 0.0, 0.0)]
    assert portraits(Page("", 600, 800, boxes, 4, whole=True)) == [BOX]


def test_words_that_stand_nowhere_hide_their_page(
    submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        scanning, "placed", lambda path, spans: {n: [[] for _s in s] for n, s in spans.items()}
    )
    scanning.scan(submission)
    assert Redaction.objects.filter(place="cv", kind="page").count() == 1


def test_it_says_what_it_is(scanned: Submission) -> None:
    assert str(Scan.objects.get()).startswith(f"{scanned.pk}: 2")
    assert str(Redaction.objects.get(kind="picture")) == f"{scanned.pk}: cv 1 picture"
    row = Redaction(words="x", line="abc")
    assert row.around == ("", "x", "")
