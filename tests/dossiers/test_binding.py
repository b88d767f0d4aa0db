"""Binding: the pieces of a file become one PDF, in one task, and again when what it is made of changes."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.models import Cycle
from dossiers import binding, tasks
from dossiers.models import Edition
from papers import checking, press
from papers.models import CheckedFile
from tests import factories
from tests.dossiers import factories as dossiers

OWN = 2  # pages of the cover


def text_of(row: Edition, *pages: int) -> str:
    """What these pages say; all of them when none is named. The first is 1."""
    read = PdfReader(io.BytesIO(dossiers.content_of(row))).pages
    return "\n".join(read[page - 1].extract_text() for page in pages or range(1, len(read) + 1))


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Each bookmark and its page; the first is 1."""
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    with pdf.open_outline() as outline:
        return [(one.title, places[one.destination[0].objgen]) for one in outline.root]  # type: ignore[index]


def tried_often() -> None:
    """As many tries as there are, without the pauses between them."""
    for _try in range(binding.MOST_TRIES):
        Edition.objects.update(due_at=timezone.now())
        tasks.bind_dossiers()


def test_eight_documents_are_bound_by_one_task(cycle: Cycle, amina: User, claire: User) -> None:
    application = dossiers.eight(amina, cycle, by=claire)
    dossiers.close(cycle)
    factories.check()
    tasks.bind_dossiers()
    row = Edition.objects.get()
    assert (row.state, row.tries, row.pages, row.is_whole) == ("ready", 1, OWN + 120, True)
    content = dossiers.content_of(row)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (row.size, row.sha256)
    assert row.file.name == f"dossiers/{row.sha256[:2]}/{row.sha256}.pdf"
    starts = {line["what_en"].split(",")[0]: line["page"] for line in row.outline}
    assert starts == {
        "Curriculum vitæ": 3,
        "Transcript": 6,
        "Diploma": 26,
        "Portfolio": 33,
        "Thesis": 73,
        "Prize": 109,
        "Relevé final (received later)": 111,
        "Letter of reference: Élise Fortin": 121,
    }
    with dossiers.opened(row) as pdf:
        assert [page for _title, page in bookmarks(pdf)] == [1, *starts.values()]
        assert bookmarks(pdf)[0] == (application.number, 1)
        assert bookmarks(pdf)[3] == ("Diplôme / Diploma", 26)
    for line, word in zip(
        row.outline,
        ["cv", "transcript", "diploma", "portfolio", "thesis", "prize", "later", "letter"],
        strict=True,
    ):
        assert f"{word} 1, line 1" in text_of(row, line["page"])
        assert f"{word} {line['pages']}, line 1" in text_of(row, line["page"] + line["pages"] - 1)


def test_the_cover_tells_what_the_page_tells(application: Application) -> None:
    dossiers.bind()
    row = dossiers.edition(application)
    told = text_of(row, 1)
    for words in (
        *("Amina Benali", application.number, "Maîtrise en informatique", "Automne 2027"),
        *("Curriculum vitæ", "page 2", "Relevé de notes", "page 4", "Préalables", "MAT1400"),
        *("15,2 sur 20", "note de passage 10", "J’ai réussi un tel cours", "14/20"),
        *("Expérience et langues", "Je veux apprendre.", "Objectifs de stage"),
    ):
        assert words in told


def test_it_is_tagged_and_tells_nothing_of_how_it_was_made(application: Application) -> None:
    dossiers.bind()
    with dossiers.opened(dossiers.edition(application)) as pdf:
        assert dict(pdf.docinfo) == {"/Title": application.number}
        assert "/Metadata" not in pdf.Root
        assert pdf.Root.Lang == "fr-CA"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert "/StructParents" in pdf.pages[0].obj
        assert pdf.Root.PageLabels.Nums == [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
    assert b"typst" not in dossiers.content_of(dossiers.edition(application)).lower()


def test_the_same_parts_give_the_same_bytes(application: Application) -> None:
    dossiers.bind()
    first = dossiers.edition(application)
    Edition.objects.update(state="waiting")
    dossiers.bind()
    assert dossiers.edition(application).sha256 == first.sha256


def test_what_is_refused_or_waits_is_a_page_that_says_so(application: Application) -> None:
    factories.check()
    tasks.bind_dossiers()
    whole = dossiers.edition(application)
    cv = application.documents.current().get(kind="cv")
    refused = {"state": "refused", "problem": "broken", "checked_at": timezone.now()}
    CheckedFile.objects.filter(sha256=cv.sha256).update(**refused, cleaned="", cleaned_sha256="")
    tasks.bind_dossiers()
    row = dossiers.edition(application)
    assert (row.state, row.is_whole) == ("ready", True)
    assert [line["problem"] for line in row.outline] == ["broken", ""]
    said = text_of(row, row.outline[0]["page"])
    assert "Ce document n’a pas pu être ouvert." in said
    assert "This document could not be opened." in said
    assert row.sha256 != whole.sha256
    assert row.pages == whole.pages - 1
    checking.again("broken")
    tasks.bind_dossiers()
    row = dossiers.edition(application)
    assert (row.outline[0]["problem"], row.is_whole) == ("waiting", False)
    assert "This document is being checked." in text_of(row, row.outline[0]["page"])
    factories.check()
    tasks.bind_dossiers()
    assert dossiers.edition(application).sha256 == whole.sha256


def test_the_page_in_place_of_a_piece_stands_between_the_others(
    cycle: Cycle, amina: User, claire: User
) -> None:
    application = dossiers.eight(amina, cycle, by=claire)
    dossiers.close(cycle)
    factories.check()
    thesis = application.documents.get(slot="piece-thesis")
    check = CheckedFile.objects.get(sha256=thesis.sha256)
    Path(default_storage.path(str(check.cleaned))).write_bytes(b"%PDF-1.7 and nothing else")
    tried_often()
    row = dossiers.edition(application)
    assert [line["problem"] for line in row.outline] == ["", "", "", "", "broken", "", "", ""]
    assert row.pages == OWN + 120 - 36 + 1
    assert "portfolio 40" in text_of(row, 72)
    assert "could not be opened" in text_of(row, 73)
    assert "prize 1" in text_of(row, 74)


def test_a_copy_that_is_lost_is_waited_for_and_then_told(application: Application) -> None:
    factories.check()
    cv = application.documents.current().get(kind="cv")
    check = CheckedFile.objects.get(sha256=cv.sha256)
    default_storage.delete(str(check.cleaned))
    tasks.bind_dossiers()
    row = dossiers.edition(application)
    assert row.state == "waiting"
    assert row.due_at > timezone.now()
    tried_often()
    row = dossiers.edition(application)
    assert row.outline[0]["problem"] == "lost"
    assert "is not available" in text_of(row, row.outline[0]["page"])


def test_what_cannot_be_bound_with_the_others_is_found_and_told(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.check()
    asked = binding.ask

    def with_a_cv(row: Edition, content: Any, leaves: Any, folder: Path) -> Any:
        said = asked(row, content, leaves, folder)
        bad = any(leaf.path and leaf.titled.piece.slot == "cv" for leaf in leaves)
        return type(said)(problem="broken") if bad else said

    monkeypatch.setattr(binding, "ask", with_a_cv)
    tried_often()
    row = dossiers.edition(application)
    assert [line["problem"] for line in row.outline] == ["broken", ""]


def test_while_nothing_can_be_set_it_waits(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.check()
    monkeypatch.setattr(press, "CHILD", Path("/nowhere.py"))
    tasks.bind_dossiers()
    row = dossiers.edition(application)
    assert (row.state, row.tries) == ("waiting", 1)
    assert row.due_at > timezone.now()


def test_a_child_that_binds_nothing_is_asked_again_later(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.check()
    monkeypatch.setattr(binding, "SECONDS_TO_MERGE", 0)
    tasks.bind_dossiers()
    assert dossiers.edition(application).state == "waiting"


def test_a_later_submission_has_its_own(cycle: Cycle, amina: User) -> None:
    application = factories.submitted(amina, cycle)
    first = application.submissions.get()
    dossiers.close(cycle)
    dossiers.bind()
    assert "Je veux apprendre." in text_of(dossiers.edition(application))
    Cycle.objects.update(closes_at=timezone.now() + timedelta(days=1))
    cycle.refresh_from_db()
    application.refresh_from_db()
    lifecycle.reopen(application, by=amina, at=timezone.now())
    application.refresh_from_db()
    application.statement = "Je sais mieux pourquoi."
    application.revision += 1
    application.save()
    dossiers.attach(application, "cv", dossiers.document(2, "newer"), 2)
    factories.submit(application)
    dossiers.close(cycle)
    dossiers.bind()
    row = Edition.objects.get()
    assert row.submission_id != first.pk
    told = text_of(row)
    assert "Je sais mieux pourquoi." in told
    assert "Je veux apprendre." not in told
    assert "newer 2" in told


def test_an_edition_of_a_submission_that_was_replaced_is_let_go(cycle: Cycle, amina: User) -> None:
    application = factories.submitted(amina, cycle)
    row = Edition.objects.create(submission=application.submissions.get(), is_blind=False)
    lifecycle.reopen(application, by=amina, at=timezone.now())
    application.refresh_from_db()
    factories.submit(application)
    taken = binding.take()
    assert taken == row
    binding.bind(taken)
    assert not Edition.objects.exists()


def test_a_letter_that_arrives_is_bound(application: Application) -> None:
    referee = factories.referee(application)
    dossiers.bind()
    assert len(dossiers.edition(application).outline) == 2
    factories.letter_from(referee, dossiers.document(1, "letter"))
    dossiers.bind()
    row = dossiers.edition(application)
    assert row.outline[-1]["slot"] == f"reference-{referee.pk}"
    assert "letter 1" in text_of(row, row.pages)


def test_a_blind_cycle_has_one_with_names_and_one_without(
    application: Application, cycle: Cycle
) -> None:
    Cycle.objects.update(is_blind=True)
    dossiers.bind()
    assert Edition.objects.count() == 2
    named, blind = (dossiers.edition(application, blind=blind) for blind in (False, True))
    assert "Amina Benali" in text_of(named, 1)
    cover = text_of(blind, 1)
    assert "Amina" not in cover
    assert "Benali" not in cover
    assert application.number in cover
    assert b"Benali" not in dossiers.content_of(blind)


def test_one_that_was_bound_meanwhile_is_not_written_twice(application: Application) -> None:
    factories.check()
    row = binding.take()
    assert row is None
    tasks.bind_dossiers()
    bound = dossiers.edition(application)
    binding.bind(bound)
    assert dossiers.edition(application).bound_at == bound.bound_at
