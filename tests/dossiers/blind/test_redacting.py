"""What a blind reader gets: texts with marks, papers without a trace."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from applications.models import Submission
from cycles.models import Cycle
from dossiers import redacting, scanning, settling
from dossiers.held import held
from dossiers.models import Redaction, Scan
from dossiers.redacting import UNSCANNED, mark_of, marks_of, redacted, without_names
from papers.redacting import Unreadable
from tests.dossiers.blind import factories as dossiers
from tests.papers.test_child_redact import bytes_of, text_of

NAMED = [b"lodie", b"nguy", b"tremblay", b"5550199", b"555-0199", b"elonguyen", b"portfolio.ex"]


def copied(submission: Submission, slot: str, folder: Path) -> Path:
    """The cleaned copy of a paper, on our disk."""
    paper = next(one for one in held(submission) if one.place.startswith(slot))
    path = folder / "clean.pdf"
    with default_storage.open(paper.cleaned) as file:
        path.write_bytes(file.read())
    return path


def place_of(submission: Submission, slot: str) -> str:
    """The whole name of its place."""
    return next(one.place for one in held(submission) if one.place.startswith(slot))


def seen(submission: Submission, slot: str, folder: Path) -> Path:
    """What a blind reader gets of a paper."""
    path, place = copied(submission, slot, folder), place_of(submission, slot)
    return redacted(path, submission=submission, slot=place, out=folder / "out.pdf")


def left_in(path: Path) -> list[bytes]:
    """What names the person in a file, unpacked."""
    content = bytes_of(path)
    return [word for word in NAMED if word in content]


@pytest.mark.parametrize("slot", ["cv", "transcript"])
def test_nothing_is_left_of_a_name(scanned: Submission, tmp_path: Path, slot: str) -> None:
    assert left_in(copied(scanned, slot, tmp_path)) != []
    assert left_in(seen(scanned, slot, tmp_path)) == []


def test_a_paper_is_searched_before_it_is_shown(submission: Submission, tmp_path: Path) -> None:
    assert left_in(seen(submission, "cv", tmp_path)) == []
    assert set(Scan.objects.get().papers) == {"cv"}
    assert [one.pk for one in scanning.due()] == [submission.pk]
    other = dossiers.paper(f"{dossiers.LONG} Tremblay again")
    path = tmp_path / "other.pdf"
    path.write_bytes(other)
    out = redacted(path, submission=submission, slot="cv", out=tmp_path / "out.pdf")
    assert left_in(out) == []


def test_a_page_without_words_waits_for_the_office(
    scanned: Submission, claire: User, tmp_path: Path
) -> None:
    text = text_of(seen(scanned, "transcript", tmp_path))
    assert "Page en attente de la coordination · Page waiting for the office" in text
    assert dossiers.LONG.strip() in text  # page three
    pages = Redaction.objects.filter(kind="page")
    settling.hide(pages, by=claire)
    assert "Page hidden by the office" in text_of(seen(scanned, "transcript", tmp_path))
    settling.let_show(pages, by=claire)
    assert "Page" not in text_of(seen(scanned, "transcript", tmp_path))


def test_a_part_of_a_page_is_painted(scanned: Submission, claire: User, tmp_path: Path) -> None:
    place = place_of(scanned, "transcript")
    before = settling.hide_part(scanned, place, 1, "top_half", by=claire)
    assert str(before.status) == "confirmed"
    assert Redaction.objects.get(kind="page").status == "shown"
    assert "waiting" not in text_of(seen(scanned, "transcript", tmp_path))


def test_what_may_show_shows(scanned: Submission, claire: User, tmp_path: Path) -> None:
    settling.let_show(Redaction.objects.exclude(page=0), by=claire)
    text = text_of(seen(scanned, "cv", tmp_path))
    assert "NGUYEN-TREMBLAY" in text


def test_elsewhere_the_file_is_the_same(scanned: Submission, tmp_path: Path) -> None:
    Cycle.objects.update(is_blind=False)
    scanned = Submission.objects.get()
    path = copied(scanned, "cv", tmp_path)
    assert redacted(path, submission=scanned, slot="cv", out=tmp_path / "out.pdf") == path
    assert without_names(scanned.content, submission=scanned) is scanned.content
    assert mark_of(scanned) == ""


def test_a_paper_that_cannot_be_drawn_is_withheld(
    scanned: Submission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    tries: list[Any] = []

    def once(path: Path, out: Path, **more: Any) -> None:
        tries.append(more)
        if len(tries) == 1:
            raise Unreadable
        out.write_bytes(b"")

    monkeypatch.setattr(redacting, "hide", once)
    with caplog.at_level(logging.WARNING):
        seen(scanned, "cv", tmp_path)
    assert tries[1]["boxes"] == {}
    assert set(tries[1]["notices"]) == set(range(1, 201))


def test_texts_have_marks(scanned: Submission, claire: User) -> None:
    content = without_names(scanned.content, submission=scanned)
    assert content["statement"] == "Je m’appelle […]. Mon site: […]"
    assert content["person"] == {"language": "fr"}
    assert content["links"] == []
    assert {line["label"] for line in content["documents"]} == {""}
    words = Redaction.objects.filter(place="statement", words="Élodie")
    settling.let_show(words, by=claire)
    again = without_names(scanned.content, submission=scanned)
    assert again["statement"] == "Je m’appelle Élodie. Mon site: […]"
    settling.look_again(words, by=claire)
    assert without_names(scanned.content, submission=scanned) == content


def test_texts_are_hidden_before_anybody_searched(submission: Submission) -> None:
    content = without_names(submission.content, submission=submission)
    assert "Élodie" not in content["statement"]


def test_words_added_by_hand(scanned: Submission, claire: User, tmp_path: Path) -> None:
    assert settling.add(scanned, "STATISTICS  and algebra", by=claire) == 3
    assert "algebra" not in text_of(seen(scanned, "transcript", tmp_path))
    assert settling.add(scanned, "m'appelle", by=claire) == 1
    assert "appelle" not in without_names(scanned.content, submission=scanned)["statement"]
    before = {row.pk for row in Redaction.objects.all()}
    Scan.objects.update(rules=0)
    scanning.scan(scanned)
    assert {row.pk for row in Redaction.objects.all()} == before
    rows = Redaction.objects.filter(by_hand=True).select_related("submission__application")
    settling.let_show(rows.filter(page=2), by=claire)
    assert "algebra" in redacting.decided([scanned.pk])[scanned.pk].extra[0]
    assert settling.remove(rows.filter(place="statement"), by=claire) == 1
    assert "appelle" in without_names(scanned.content, submission=scanned)["statement"]


def test_the_mark_changes_with_what_is_hidden(scanned: Submission, claire: User) -> None:
    first = mark_of(scanned)
    assert len(first) == 16
    words = Redaction.objects.filter(words="Élodie")
    settling.hide(words, by=claire)
    assert mark_of(scanned) == first  # it was hidden before
    settling.let_show(words, by=claire)
    second = mark_of(scanned)
    settling.add(scanned, "algebra", by=claire)
    third = mark_of(scanned)
    settling.hide(Redaction.objects.filter(kind="page"), by=claire)
    assert len({first, second, third, mark_of(scanned)}) == 4
    settling.look_again(words, by=claire)
    Redaction.objects.filter(by_hand=True).delete()
    settling.look_again(Redaction.objects.filter(kind="page"), by=claire)
    assert mark_of(scanned) == first


def test_marks_of_many_cost_two_queries(
    scanned: Submission, bruno: User, cycle: Cycle, django_assert_num_queries: Any
) -> None:
    other = dossiers.submitted(bruno, cycle)
    rows = list(Submission.objects.select_related("application__cycle"))
    with django_assert_num_queries(2):
        marks = marks_of(rows)
    assert marks[other.pk] == UNSCANNED
    assert marks[scanned.pk] == mark_of(scanned)
