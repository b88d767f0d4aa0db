"""The receipt: its page, its PDF, and the bytes that its fingerprint is of."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import User
from applications import lifecycle
from applications.models import Application, Submission
from applications.models.referee import Referee
from cycles import typography
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)  # 12:05 in Montréal, 17:05 in Dakar


def received(applicant: User, *, zone: str = "", **fields: Any) -> Submission:
    """A submission of noon."""
    cycle = factories.cycle(closes=3000, opens=-3000)
    application = factories.draft(applicant, cycle, **fields)
    application.refresh_from_db()
    return lifecycle.submit(
        application, by=applicant, revision=application.revision, at=NOON, zone=zone
    )


def page(client: Client, submission: Submission, language: str = "") -> str:
    answer = client.get(f"{language}/applications/receipt/{submission.receipt}/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def pdf(client: Client, submission: Submission, language: str = "") -> str:
    answer = client.get(f"{language}/applications/receipt/{submission.receipt}/pdf/")
    assert answer.status_code == 200, answer.content
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join("\n".join(one.extract_text() for one in pages).replace("\u00a0", " ").split())


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


# Times --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("read", [page, pdf])
def test_it_tells_the_time_in_montreal_and_where_the_reader_was(
    mine: Client, amina: User, read: Any
) -> None:
    submission = received(amina, zone="Africa/Dakar")
    said = read(mine, submission)
    assert "mardi 24 novembre 2026, 12 h 05 (heure de Montréal)" in said
    assert "mardi 24 novembre 2026, 17 h 05 (Dakar)" in said
    assert "Tuesday 24 November 2026, 17:05 (Dakar)" in read(mine, submission, "/en")


@pytest.mark.parametrize("zone", ["", "America/Toronto", "America/New_York"])
def test_it_tells_one_time_where_there_is_one(mine: Client, amina: User, zone: str) -> None:
    said = page(mine, received(amina, zone=zone))
    assert said.count("12 h 05") == 1


@pytest.mark.parametrize(
    "zone",
    [
        *("Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America", "Africa/Dakar\x00"),
        *("africa/dakar", "<script>", "x" * 100_000, "\u202eAfrica/Dakar", "Europe/Paris'--"),
    ],
)
def test_a_zone_that_is_none_is_not_kept(amina: User, zone: str) -> None:
    assert received(amina, zone=zone).zone == ""


def test_the_browser_s_zone_comes_with_the_form(mine: Client, amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()
    review = mine.get(reverse("application_review", args=[application.number])).content.decode()
    assert 'name="zone"' in review
    assert "js/draft.js" in review
    data = {
        "revision": str(application.revision),
        "declaration": ["true", "notice", "transfer"],
        "zone": "Asia/Kathmandu",
    }
    mine.post(reverse("application_submit", args=[application.number]), data)
    assert application.submissions.get().zone == "Asia/Kathmandu"


def test_the_zone_is_as_fixed_as_the_rest(amina: User) -> None:
    submission = received(amina)
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(zone="Africa/Dakar")


# What was received --------------------------------------------------------------------------------
@pytest.mark.parametrize("read", [page, pdf])
def test_it_lists_what_was_received(mine: Client, amina: User, read: Any) -> None:
    submission = received(amina)
    said = read(mine, submission)
    assert submission.receipt in said
    assert "Maîtrise en informatique" in said
    assert "Amina Benali" in said
    whole = "".join(said.split())
    assert submission.sha256 in whole
    for document in submission.content["documents"]:
        assert document["label"] in said
        assert document["sha256"] in whole
    assert "1 page" in said


def test_the_fingerprints_are_of_what_can_be_downloaded(mine: Client, amina: User) -> None:
    submission = received(amina)
    answer = mine.get(reverse("receipt_content", args=[submission.receipt]))
    assert hashlib.sha256(answer.content).hexdigest() == submission.sha256
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    for document in submission.documents.all():
        with default_storage.open(str(document.file.name)) as file:
            assert hashlib.sha256(file.read()).hexdigest() == document.sha256


def test_the_pdf_is_a_tagged_download_in_the_language_of_the_page(
    mine: Client, amina: User
) -> None:
    submission = received(amina)
    for language, name in (("", "recu"), ("/en", "receipt")):
        answer = mine.get(f"{language}/applications/receipt/{submission.receipt}/pdf/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == (
            f'attachment; filename="{name}-{submission.receipt}.pdf"'
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        with pikepdf.open(io.BytesIO(answer.content)) as document:
            assert document.Root.Lang == ("en-CA" if language else "fr-CA")
            assert "/StructTreeRoot" in document.Root


def test_a_name_of_any_script_prints(mine: Client, amina: User) -> None:
    submission = received(
        amina, first_names="محمد 小明 𠮷 😀", last_names='#"O’Neil\\" \u202e$x$ Đặng'
    )
    said = pdf(mine, submission)
    assert "[U+1F600]" in said
    assert "O’Neil" in said
    assert "$x$" in said


def test_a_pdf_that_cannot_be_made_is_a_sentence(
    mine: Client, amina: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    submission = received(amina)
    monkeypatch.setattr("papers.press.CHILD", tmp_path / "none.py")
    answer = mine.get(reverse("receipt_pdf", args=[submission.receipt]), follow=True)
    assert "Ce PDF ne peut pas être produit" in answer.content.decode()


# What became of it --------------------------------------------------------------------------------
def reopened(application: Application, **fields: Any) -> Application:
    """Reopened, with these answers changed."""
    application.refresh_from_db()
    lifecycle.reopen(application, by=application.applicant, at=timezone.now())
    for name, value in fields.items():
        setattr(application, name, value)
    application.save()
    return application


CHANGED = "Vous avez modifié votre demande depuis"


@pytest.mark.parametrize("read", [page, pdf])
def test_it_says_that_the_draft_changed_since(mine: Client, amina: User, read: Any) -> None:
    submission = received(amina)
    assert CHANGED not in read(mine, submission)
    application = reopened(submission.application)
    assert CHANGED not in read(mine, submission)
    application.statement = "Autre chose."
    application.save()
    assert CHANGED in read(mine, submission)


@pytest.mark.parametrize("read", [page, pdf])
def test_receipts_know_each_other(mine: Client, amina: User, read: Any) -> None:
    first = received(amina)
    second = factories.submit(reopened(first.application, statement="Mieux."))
    assert second.receipt in read(mine, first)
    assert "Une version plus récente a été reçue" in read(mine, first)
    assert first.receipt in read(mine, second)
    assert "Une version plus récente" not in read(mine, second)


@pytest.mark.parametrize("read", [page, pdf])
def test_it_says_that_the_file_was_withdrawn(mine: Client, amina: User, read: Any) -> None:
    submission = received(amina)
    lifecycle.withdraw(submission.application, by=amina)
    assert "Cette demande a été retirée." in read(mine, submission)


# Who ----------------------------------------------------------------------------------------------
ADDRESSES = ["application_receipt", "receipt_pdf", "receipt_content"]


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("who", ["bruno", "david"])
def test_strangers_get_404(
    client: Client, amina: User, name: str, who: str, request: pytest.FixtureRequest
) -> None:
    submission = received(amina)
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(name, args=[submission.receipt])).status_code == 404


def test_coordinators_read_the_receipt_and_not_the_content(
    client: Client, amina: User, claire: User
) -> None:
    submission = received(amina)
    client.force_login(claire)
    got = [client.get(reverse(name, args=[submission.receipt])).status_code for name in ADDRESSES]
    assert got == [200, 200, 404]
    assert "/content/" not in page(client, submission)


@pytest.mark.parametrize("name", ADDRESSES)
def test_looking_is_all_that_can_be_done(mine: Client, amina: User, name: str) -> None:
    assert mine.post(reverse(name, args=[received(amina).receipt])).status_code == 405


def test_a_receipt_costs_the_same_with_one_earlier_and_with_three(
    mine: Client, amina: User, django_assert_num_queries: Any
) -> None:
    submission = received(amina)
    for count in (1, 3):
        while submission.application.submissions.count() <= count:
            submission = factories.submit(reopened(submission.application))
        with django_assert_num_queries(6):
            page(mine, submission)


# The letter ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Chez vous : mardi 24 novembre 2026, 17 h 05 (Dakar)", "(1 page, ", "La suite :"]),
        ("en", ["Where you are: Tuesday 24 November 2026, 17:05 (Dakar)", "What comes next:"]),
    ],
)
def test_the_acknowledgement_says_what_was_received_and_what_comes(
    person: Any, language: str, words: list[str]
) -> None:
    submission = received(person("awa", language=language), zone="Africa/Dakar")
    text = OutgoingEmail.objects.get(letter="acknowledgement").text.replace("\u00a0", " ")
    prefix = "/en" if language == "en" else ""
    address = f"{prefix}/applications/receipt/{submission.receipt}/"
    with translation.override(language):
        cycle = submission.application.cycle
        days = [
            typography.day_text(day).replace("\u00a0", " ")
            for day in (cycle.documents_due_on, cycle.release_on)
        ]
    names = [one["label"] for one in submission.content["documents"]]
    for word in [*words, *days, *names, address, submission.sha256]:
        assert word in text


def test_an_acknowledgement_without_a_zone_tells_one_time(amina: User) -> None:
    received(amina)
    assert "Chez vous" not in OutgoingEmail.objects.get(letter="acknowledgement").text


# Referees -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("read", [page, pdf])
def test_it_names_the_referees_and_how_far_each_is(mine: Client, amina: User, read: Any) -> None:
    cycle = factories.cycle(closes=3000, opens=-3000)
    application = factories.draft(amina, cycle)
    referee = Referee.objects.create(
        application=application,
        name="Élise Fortin",
        organisation="École de la Lune",
        email="elise@example.org",
        relation="teacher",
        language="fr",
        token_sha256="0" * 64,
    )
    submission = factories.submit(application)
    said = read(mine, submission)
    assert "Élise Fortin" in said
    assert "École de la Lune" in said
    assert str(referee.get_status_display()) in said
    assert "elise@example.org" not in said
