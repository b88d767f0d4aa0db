"""Documents: what is refused and why, what is kept, who may read it."""

import io
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications import documents, lifecycle
from applications.forms.document import DocumentForm
from applications.models import Application, Document
from audit.moves import Refused
from papers import pdf
from papers.labels import printable
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(), complete=False)


def send(client: Client, application: Application, file: Any, kind: str = "cv") -> Any:
    url = reverse("document_upload", args=[application.number, kind])
    return client.post(url, {"file": file} if file else {})


def locked_pdf(tmp_path: Path) -> bytes:
    path = tmp_path / "locked.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    return path.read_bytes()


def test_a_pdf_is_kept_by_its_content(client: Client, amina: User, draft: Application) -> None:
    client.force_login(amina)
    content = factories.pdf(2)
    assert send(client, draft, factories.upload_of(content, "mon cv.pdf")).status_code == 302
    document = Document.objects.get()
    assert (document.label, document.pages, document.size) == ("mon cv.pdf", 2, len(content))
    assert document.file.name == f"documents/{document.sha256[:2]}/{document.sha256}.pdf"
    with default_storage.open(document.file.name) as kept:
        assert kept.read() == content


def test_a_new_version_replaces_the_old_one_in_the_draft_only(
    amina: User, draft: Application
) -> None:
    factories.fill(draft)
    submission = factories.submit(draft)
    first = draft.documents.current().get(kind="cv")
    draft.refresh_from_db()
    lifecycle.reopen(draft, by=amina, at=timezone.now())
    second = factories.attach(draft, "cv", factories.pdf(3))
    assert draft.documents.current().get(kind="cv") == second
    assert first in submission.documents.all()
    assert default_storage.exists(str(first.file))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("", None),
        ("empty.pdf", b""),
        ("a" * 60 + ".pdf", b"%PDF-1.7"),
        ("photo.pdf", b"\x89PNG\r\n"),
        ("noise.pdf", b"%PDF-" + os.urandom(2000)),
        ("huge.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)),
    ],
)
def test_what_is_no_sound_pdf_is_refused_with_a_sentence(
    client: Client, amina: User, draft: Application, name: str, content: bytes | None
) -> None:
    client.force_login(amina)
    page = send(client, draft, factories.upload_of(content, name) if name else None)
    assert page.status_code == 422
    assert 'id="err_cv"' in page.content.decode()
    assert not Document.objects.exists()


def test_a_pdf_with_a_password_is_refused(
    client: Client, amina: User, draft: Application, tmp_path: Path
) -> None:
    client.force_login(amina)
    page = send(client, draft, factories.upload_of(locked_pdf(tmp_path)))
    assert "mot de passe" in page.content.decode()


@pytest.mark.parametrize(("pages", "problem"), [(200, ""), (201, "long")])
def test_pages_are_limited(pages: int, problem: str) -> None:
    verdict = pdf.inspect(factories.upload_of(factories.pdf(pages)))
    assert verdict == pdf.Verdict(pages=0 if problem else pages, problem=problem)


def test_a_page_of_five_metres_is_too_wide() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].mediabox = pikepdf.Array([0, 0, 14_401, 10])
    out = io.BytesIO()
    document.save(out)
    verdict = pdf.inspect(factories.upload_of(out.getvalue()))
    assert verdict.problem == "wide"


def test_a_refused_file_leaves_the_good_version(
    client: Client, amina: User, draft: Application
) -> None:
    client.force_login(amina)
    good = factories.attach(draft)
    page = send(client, draft, factories.upload_of(b"no"))
    assert good.label in page.content.decode()
    assert draft.documents.current().get() == good


def test_an_unknown_kind_is_404(client: Client, amina: User, draft: Application) -> None:
    client.force_login(amina)
    assert send(client, draft, factories.upload_of(), "photo").status_code == 404


def test_upload_after_submission_is_refused_in_place(client: Client, amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    client.force_login(amina)
    page = send(client, application, factories.upload_of(factories.pdf(4)))
    assert page.status_code == 422
    assert application.documents.count() == 2


def test_an_account_holds_thirty_files(
    amina: User, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.attach(draft)
    monkeypatch.setattr(documents, "MOST_FILES", 1)
    with pytest.raises(Refused):
        factories.attach(draft)
    monkeypatch.setattr(documents, "MOST_FILES", 2)
    monkeypatch.setattr(documents, "MOST_BYTES", 1)
    with pytest.raises(Refused):
        factories.attach(draft)


def test_remove_takes_it_out_of_the_draft_once(
    client: Client, amina: User, draft: Application
) -> None:
    client.force_login(amina)
    document = factories.attach(draft)
    url = reverse("document_remove", args=[draft.number, document.pk])
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert not draft.documents.current().exists()
    assert client.post(url).status_code == 404
    documents.remove(document, by=amina, at=timezone.now())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("amina", 200),
        ("bruno", 404),
        ("david", 404),
        ("adam", 404),
        ("claire", 404),
        ("dominique", 404),
    ],
)
def test_who_may_download(
    client: Client, draft: Application, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    document = factories.attach(draft)
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("document_download", args=[document.pk]))
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == factories.pdf()
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"


def test_others_cannot_send_or_remove(client: Client, bruno: User, draft: Application) -> None:
    document = factories.attach(draft)
    client.force_login(bruno)
    assert send(client, draft, factories.upload_of()).status_code == 404
    url = reverse("document_remove", args=[draft.number, document.pk])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\n", "document.pdf"),
        ("relevé 2024.pdf", "relevé 2024.pdf"),
    ],
)
def test_a_name_is_only_a_label(name: str, label: str) -> None:
    assert printable(name) == label


def test_a_full_disk_leaves_no_partial_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        default_storage.save("documents/ab/x.pdf", ContentFile(b"1" * 100))
    assert list(Path(default_storage.path("documents/ab")).iterdir()) == []


def test_a_full_disk_is_a_sentence_and_keeps_what_was_there(
    client: Client, amina: User, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(amina)
    held = factories.attach(draft, "cv")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    url = reverse("document_upload", args=[draft.number, "cv"])
    answer = client.post(url, {"file": factories.upload_of(factories.pdf(3))})
    assert answer.status_code == 422
    assert "réessayez dans quelques minutes" in answer.content.decode()
    assert draft.documents.current().get(slot="cv") == held


def test_the_form_says_how_many_pages() -> None:
    form = DocumentForm({}, {"file": factories.upload_of(factories.pdf(3))}, slot="cv")
    assert form.is_valid()
    assert form.pages == 3
