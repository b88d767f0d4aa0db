"""A document sent in parts: announced, finished once, refused with a sentence; and what its row shows."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from applications import documents, erasure, lifecycle
from applications.models import Application, Choice, Degree, Document
from applications.views.rows import trouble_of
from applications.views.uploads import hexadecimal, number_of
from audit.models import AuditEntry
from cycles.models import Cycle
from papers import uploads
from papers.models import CheckedFile, Upload
from tests import factories

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(), complete=False)


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def begin(
    client: Client, draft: Application, content: bytes, slot: str = "cv", **changes: Any
) -> Any:
    said = {
        "name": "cv.pdf",
        "size": len(content),
        "head": content[:16].hex(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return client.post(reverse("document_begin", args=[draft.number, slot]), {**said, **changes})


def part(client: Client, where: str, start: int, content: bytes) -> Any:
    headers = {"Upload-Offset": str(start)}
    return client.post(where, content, "application/octet-stream", headers=headers)


def sent(client: Client, draft: Application, content: bytes) -> str:
    """A whole file, not finished; where to finish it."""
    to = begin(client, draft, content).json()
    assert part(client, to["part"], to["received"], content[to["received"] :]).status_code == 200
    return str(to["finish"])


def test_a_document_in_parts_is_the_document(mine: Client, draft: Application) -> None:
    content = factories.pdf(2)
    to = begin(mine, draft, content).json()
    assert (to["received"], to["largest"]) == (0, uploads.PART)
    part(mine, to["part"], 0, content[:300])
    assert mine.post(to["finish"]).json()["received"] == 300
    assert begin(mine, draft, content).json()["received"] == 300
    part(mine, to["part"], 300, content[300:])
    row = mine.post(to["finish"])
    assert (row.status_code, "2 pages" in row.content.decode()) == (200, True)
    document = Document.objects.get()
    assert (document.slot, document.pages, document.size) == ("cv", 2, len(content))
    assert Upload.objects.get().subject == f"applications.document:{document.pk}"


def test_asked_fifty_times_it_is_one_document(mine: Client, draft: Application) -> None:
    finish = sent(mine, draft, factories.pdf())
    answers = {mine.post(finish).status_code for _turn in range(50)}
    assert answers == {200}
    assert Document.objects.count() == 1
    assert AuditEntry.objects.filter(verb="upload").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": 10 * 1024 * 1024}, "10\u00a0Mo ou plus"),
        ({"size": "१"}, "vide"),
        ({"size": "9" * 5000}, "vide"),
        ({"head": ""}, "pas un PDF"),
        ({"head": "zz"}, "pas un PDF"),
        ({"head": b"\x89PNG\r\n\x1a\n".hex()}, "C’est une image"),
        ({"head": b"PK\x03\x04".hex()}, "C’est un document texte"),
        ({"name": "x" * 64 + ".pdf"}, "64 caractères"),
    ],
)
def test_what_cannot_be_taken_is_said_before_it_is_sent(
    mine: Client, draft: Application, changes: dict[str, Any], words: str
) -> None:
    row = begin(mine, draft, factories.pdf(), **changes)
    assert row.status_code == 422
    assert words in row.content.decode()
    assert 'id="err_cv"' in row.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name", ["a\x00b.pdf", "\u202efdp.pdf", "../../etc/passwd.pdf", "成績.pdf", "\ud800.pdf", ""]
)
def test_a_name_of_any_kind_is_a_label(mine: Client, draft: Application, name: str) -> None:
    assert (
        begin(mine, draft, factories.pdf(), name=name.encode("utf-8", "replace")).status_code == 200
    )
    label = Upload.objects.get().name
    assert label.isprintable()
    assert "/" not in label


def test_a_name_too_long_comes_with_a_shorter_one(mine: Client, draft: Application) -> None:
    row = begin(mine, draft, factories.pdf(), name="relevé " * 12 + ".pdf")
    assert f'value="{("relevé " * 12)[:59].rstrip()}.pdf"' in row.content.decode()


def test_a_plain_form_takes_the_shorter_name(mine: Client, draft: Application) -> None:
    url = reverse("document_upload", args=[draft.number, "cv"])
    file = factories.upload_of(name="x" * 70 + ".pdf")
    refused = mine.post(url, {"file": file})
    assert refused.status_code == 422
    assert 'name="label"' in refused.content.decode()
    file.seek(0)
    assert mine.post(url, {"file": file, "label": "../x.pdf"}).status_code == 302
    assert Document.objects.get().label == "x.pdf"


def test_a_damaged_pdf_is_refused_once_it_is_opened(mine: Client, draft: Application) -> None:
    good = factories.attach(draft)
    finish = sent(mine, draft, b"%PDF-1.7\n" + b"x" * 500)
    for _turn in range(2):
        row = mine.post(finish)
        assert row.status_code == 422
        assert "endommagé" in row.content.decode()
        assert "dernière bonne version" in row.content.decode()
    assert draft.documents.get() == good


def test_a_closed_draft_is_said_at_the_beginning_and_at_the_end(
    mine: Client, draft: Application
) -> None:
    finish = sent(mine, draft, factories.pdf())
    Upload.objects.update(begun_at=timezone.now() - timedelta(hours=2))
    Cycle.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert begin(mine, draft, factories.pdf(3)).status_code == 422
    assert mine.post(finish).status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(("late", "kept"), [(9, True), (11, False)])
def test_a_file_begun_in_time_counts_for_ten_minutes_more(
    mine: Client, draft: Application, late: int, kept: bool
) -> None:
    finish = sent(mine, draft, factories.pdf())
    end = timezone.now() - timedelta(minutes=late)
    Cycle.objects.update(closes_at=end, grace_minutes=0)
    Upload.objects.update(begun_at=end - timedelta(minutes=1))
    mine.post(finish)
    assert Document.objects.exists() is kept
    assert begin(mine, draft, factories.pdf(9)).status_code == 422


def test_the_moment_is_never_before_it_began() -> None:
    begun = timezone.now()
    assert documents.moment_of(begun, begun + timedelta(minutes=3)) == begun
    later = begun + timedelta(hours=1)
    assert documents.moment_of(begun, later) == later - documents.LONGEST_SENDING


def test_an_account_that_is_full_says_so_first(
    mine: Client, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.attach(draft)
    monkeypatch.setattr(documents, "MOST_FILES", 1)
    row = begin(mine, draft, factories.pdf(3))
    assert (row.status_code, "30 fichiers" in row.content.decode()) == (422, True)


def test_what_is_not_asked_has_no_door(mine: Client, draft: Application) -> None:
    assert begin(mine, draft, factories.pdf(), slot="photo").status_code == 404
    assert mine.get(reverse("document_row", args=[draft.number, "photo"])).status_code == 404


def test_an_upload_for_one_place_ends_in_no_other(mine: Client, draft: Application) -> None:
    begun = factories.begun(draft, "cv")
    url = reverse("document_finish", args=[draft.number, "diploma", begun.pk])
    assert mine.post(url).status_code == 404
    assert begun.purpose == documents.purpose_of(draft, "cv")


def test_nobody_else_begins_or_ends_it(client: Client, bruno: User, draft: Application) -> None:
    begun = factories.begun(draft)
    client.force_login(bruno)
    assert begin(client, draft, factories.pdf()).status_code == 404
    url = reverse("document_finish", args=[draft.number, "cv", begun.pk])
    assert client.post(url).status_code == 404
    assert client.get(reverse("document_row", args=[draft.number, "cv"])).status_code == 404


def test_an_erased_draft_leaves_nothing_on_its_way(draft: Application, bruno: User) -> None:
    factories.begun(draft)
    other = factories.begun(factories.draft(bruno, draft.cycle, complete=False))
    erasure.erase_draft(draft, by=draft.applicant)
    assert list(Upload.objects.all()) == [other]


def test_a_problem_is_said_before_what_to_do() -> None:
    trouble = trouble_of("cv", "size", "cv.pdf")
    assert trouble.cause.startswith("Ce fichier")
    assert trouble.cause.endswith(".")
    assert f"{trouble.cause} {trouble.remedy}" == trouble.text


def test_what_a_browser_says_is_never_believed() -> None:
    assert [number_of(text) for text in ("12", "-1", "1e5", "१", "", None)] == [12, 0, 0, 0, 0, 0]
    assert hexadecimal("2550", 16) == b"%P"
    assert [hexadecimal(text, 1) for text in ("255", "GG", "2550", "２５")] == [b""] * 4


# Versions, pictures and what the row shows --------------------------------------------------------
def test_a_version_of_before_comes_back(mine: Client, draft: Application) -> None:
    first = factories.attach(draft, "cv", factories.pdf(1))
    second = factories.attach(draft, "cv", factories.pdf(2))
    url = reverse("document_restore", args=[draft.number, first.pk])
    assert mine.get(url).status_code == 405
    assert mine.post(url).status_code == 302
    assert draft.documents.current().get() == first
    assert AuditEntry.objects.filter(verb="restore_document").count() == 1
    assert mine.post(url).status_code == 404
    documents.restore(first, by=draft.applicant, at=timezone.now())
    assert draft.documents.current().get() == first
    second.refresh_from_db()
    assert second.replaced_at


def test_what_was_removed_can_be_put_back(mine: Client, draft: Application) -> None:
    document = factories.attach(draft)
    mine.post(reverse("document_remove", args=[draft.number, document.pk]))
    url = reverse("document_restore", args=[draft.number, document.pk])
    page = mine.get(reverse("application_step", args=[draft.number, "documents"])).content.decode()
    assert url in page
    mine.post(url)
    assert draft.documents.current().get() == document


def test_nobody_else_puts_back(client: Client, bruno: User, draft: Application) -> None:
    first = factories.attach(draft)
    factories.attach(draft, "cv", factories.pdf(2))
    client.force_login(bruno)
    url = reverse("document_restore", args=[draft.number, first.pk])
    assert client.post(url).status_code == 404


def test_a_submitted_file_is_not_changed_by_putting_back(mine: Client, amina: User) -> None:
    application = factories.submitted(amina, factories.cycle(code="B27"))
    old = factories.earlier(application.documents.filter(slot="cv").get())
    mine.post(reverse("document_restore", args=[application.number, old.pk]))
    assert old not in application.documents.current()


def test_the_row_says_what_was_submitted(mine: Client, amina: User) -> None:
    application = factories.submitted(amina, factories.cycle(code="B27"))
    lifecycle.reopen(application, by=amina, at=timezone.now())
    factories.attach(application, "cv", factories.pdf(5))
    url = reverse("document_row", args=[application.number, "cv"])
    row = mine.get(url).content.decode()
    assert "toujours dans ce que vous avez soumis" in row
    with translation.override("en"):
        url = reverse("document_row", args=[application.number, "cv"])
    assert "still in what you submitted" in mine.get(url).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "En vérification"),
        ("clean", "aucun virus trouvé"),
        ("refused", "antivirus"),
    ],
)
def test_the_row_says_how_the_check_goes(
    mine: Client, draft: Application, state: str, words: str
) -> None:
    factories.attach(draft)
    values = {
        "waiting": {},
        "clean": {"cleaned": "x", "cleaned_sha256": "x", "scanned_by": "ClamAV"},
        "refused": {"problem": "virus"},
    }[state]
    at = None if state == "waiting" else timezone.now()
    CheckedFile.objects.update(state=state, checked_at=at, **values)
    row = mine.get(reverse("document_row", args=[draft.number, "cv"])).content.decode()
    assert words in row
    assert ("hx-get" in row) is (state == "waiting")


def test_an_upload_that_stopped_is_told(mine: Client, draft: Application) -> None:
    factories.begun(draft)
    row = mine.get(reverse("document_row", args=[draft.number, "cv"])).content.decode()
    assert "a été interrompu" in row


@pytest.mark.parametrize(
    ("who", "status"), [("amina", 200), ("bruno", 404), ("claire", 404), ("david", 404)]
)
def test_the_picture_is_for_its_owner(
    client: Client, draft: Application, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    document = factories.attach(draft)
    factories.pictured(document)
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("document_preview", args=[document.pk]))
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content).startswith(b"RIFF")
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_without_a_picture_has_none(mine: Client, draft: Application) -> None:
    document = factories.attach(draft)
    assert mine.get(reverse("document_preview", args=[document.pk])).status_code == 404


@pytest.mark.parametrize("degrees", [1, 6])
def test_the_step_costs_the_same_with_one_degree_and_six(
    mine: Client, draft: Application, degrees: int, django_assert_num_queries: Any
) -> None:
    Choice.objects.create(application=draft, program=factories.program(), rank=1)
    for place in range(degrees):
        degree = Degree.objects.create(application=draft, position=place, title=f"B. Sc. {place}")
        for pages in (1, 2):
            slot = f"transcript-{degree.pk}"
            factories.attach(draft, "transcript", factories.pdf(pages + 2 * place), slot=slot)
    with django_assert_num_queries(14):
        mine.get(reverse("application_step", args=[draft.number, "documents"]))
