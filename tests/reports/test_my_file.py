""" "My file": everything of one's own, nothing of anybody else's, and nothing early."""

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.people import correct_address
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import record
from notifications.models import OutgoingEmail
from reports import my_file, trail
from reviews import assignment as assigning
from reviews.models import Review
from tests import factories
from tests.followup.factories import World, decided, release_all

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def contents(person: User) -> dict[str, bytes]:
    """The files of the archive."""
    with my_file.archive(person) as packed, ZipFile(packed) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def page(person: User, language: str = "fr") -> str:
    with override(language):
        return contents(person)["index.html"].decode()


def data(person: User) -> dict[str, Any]:
    return json.loads(contents(person)["my-file.json"])  # type: ignore[no-any-return]


def everything(person: User) -> str:
    """All of it but the PDFs, in both languages, as one text."""
    files = contents(person)
    names = "\n".join(files)
    return names + files["my-file.json"].decode() + page(person) + page(person, "en")


@pytest.fixture
def world(person: Any) -> World:
    return World(person)


@pytest.fixture
def application(world: World, amina: User) -> Application:
    return factories.submitted(amina, world.cycle, accommodation="PLUS DE TEMPS")


def test_it_holds_every_field_and_every_file(application: Application, amina: User) -> None:
    files = contents(amina)
    (held,) = json.loads(files["my-file.json"])["applications.application"]
    names = {field.name for field in Application._meta.concrete_fields}
    assert set(held) == names
    assert held["accommodation"] == "PLUS DE TEMPS"
    assert held["statement"] == "Je veux apprendre."
    documents = [name for name in files if name.startswith("documents/")]
    assert len(documents) == application.documents.count() == 2
    assert all(files[name].startswith(b"%PDF-") for name in documents)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fr",
            ["Mon dossier", "Lettre d’intention", "Je veux apprendre.", "Besoins d’accommodement"],
        ),
        ("en", ["My file", "Letter of intent", "Je veux apprendre.", "Submitted"]),
    ],
)
def test_the_page_is_in_words(
    application: Application, amina: User, language: str, words: list[str]
) -> None:
    text = page(amina, language)
    assert [word for word in words if word not in text] == []
    assert f'<html lang="{language}-CA">' in text


def test_no_code_and_no_word_of_ours_is_left_in_the_page(
    application: Application, amina: User
) -> None:
    text = page(amina)
    ours = (
        "How",
        "Course",
        "Grade",
        "Program",
        "Application",
        "Rank",
        "Person",
        "Degrees",
        "What en",
    )
    assert [word for word in ours if f"<dt>{word}</dt>" in text] == []
    codes = ("taken", "bachelor", "done", "SN", "CA", "none", application.country)
    assert [code for code in codes if f"<dd>{code}</dd>" in text] == []
    assert "J’ai réussi un tel cours" in text


def test_a_letter_comes_from_the_referee_and_not_from_the_timetable(
    application: Application, amina: User
) -> None:
    referee = factories.referee(application)
    record("receive_reference", referee, by=None)
    with override("fr"):
        assert [one.who for one in trail.happened(amina)][-1] == "la personne répondante"
        record("lapse_offer", application, by=None)
        assert trail.happened(amina)[-1].who.startswith("l’horaire")


def test_what_was_submitted_is_there_to_the_letter(application: Application, amina: User) -> None:
    (told,) = data(amina)["applications.submission"]
    submission = application.submissions.get()
    assert told["content"] == submission.content
    assert told["notice_version"] == submission.notice_version
    assert submission.receipt in page(amina)


def test_letters_are_there_but_for_secrets(application: Application, amina: User) -> None:
    held = data(amina)["letters"]
    assert [letter["subject"] for letter in held if application.number in letter["subject"]]
    with transaction.atomic():
        OutgoingEmail.objects.create(
            key="code:1",
            letter="sign_in_code",
            language="fr",
            address=amina.email,
            about=f"accounts.user:{amina.pk}",
            subject="Un code",
            text="CODE-SECRET",
            secret=True,
        )
    told = page(amina)
    assert "Un code" in told
    assert "CODE-SECRET" not in everything(amina)


def test_an_address_that_was_anothers_brings_nothing_of_theirs(
    application: Application, amina: User, claire: User, person: Any
) -> None:
    old = amina.email
    correct_address(amina, "amina.nouvelle@example.org", by=claire)
    heir = person("heir")
    User.objects.filter(pk=heir.pk).update(email=old)
    heir.refresh_from_db()
    assert application.number not in everything(heir)


def test_who_opened_the_file_is_told_by_day_and_work(
    client: Client, application: Application, amina: User, world: World, david: User
) -> None:
    assigning.assign(application, david, by=world.claire)
    assignment = application.assignments.get()
    for reader, address in (
        (world.claire, reverse("file", args=[application.number])),
        (world.claire, reverse("file", args=[application.number])),
        (david, reverse("review", args=[assignment.pk])),
    ):
        client.force_login(reader)
        client.get(address)
    told = data(amina)["openings"]
    assert [one["who"] for one in told] == [
        "un membre du personnel\xa0: coordination",
        "une personne professeure qui lit les demandes",
    ]
    client.force_login(amina)
    shown = client.get(reverse("my_file")).content.decode()
    assert "Un membre du personnel\xa0: coordination" in shown
    for name in (world.claire.full_name, david.full_name, david.email):
        assert name not in shown + everything(amina)


def test_nothing_of_others_and_nothing_of_the_committee(
    application: Application, amina: User, bruno: User, world: World, david: User
) -> None:
    Application.objects.filter(pk=factories.submitted(bruno, world.cycle).pk).update(
        statement="CANARY-BRUNO", phone="+15145550177"
    )
    assignment = assigning.assign(application, david, by=world.claire)
    Review.objects.create(
        assignment=assignment, comment="CANARY-REVIEW", private_notes="CANARY-NOTE"
    )
    decided(application, "decline", claire=world.claire, dominique=world.dominique)
    text = everything(amina)
    words = ["CANARY", "5550177", "Bruno", bruno.email, "David", "Dominique", "decline"]
    assert [word for word in words if word in text] == []


def test_letters_of_reference_stay_in_confidence(world: World, amina: User) -> None:
    row = factories.referee(factories.draft(amina, world.cycle))
    row = factories.letter_from(row, factories.pdf(text="CANARY"), "CANARY-LETTER.pdf")
    files = contents(amina)
    text = everything(amina)
    assert "Élise Fortin" in text
    for secret in ("CANARY", row.sha256, row.token_sha256, row.seed, row.token):
        assert secret not in text
    with row.file.open("rb") as kept:
        assert kept.read() not in files.values()


def test_nothing_of_it_is_early(application: Application, amina: User, world: World) -> None:
    def told() -> dict[str, Any]:
        held = data(amina)
        return {key: value for key, value in held.items() if key not in ("made_at", "trail")}

    before = told()
    for outcome in ("accept", "decline", "waitlist"):
        with transaction.atomic():
            decided(application, outcome, claire=world.claire, dominique=world.dominique)
            assert told() == before
            transaction.set_rollback(True)
    decided(application, "accept", claire=world.claire, dominique=world.dominique)
    release_all(world.cycle, claire=world.claire, dominique=world.dominique)
    (answer,) = data(amina)["reviews.decision"]
    assert answer["outcome"] == "accept"


def test_no_way_in_is_told(amina: User) -> None:
    Authenticator.objects.create(user=amina, type="totp", data={"secret": "CANARY-TOTP"})
    amina.set_password("CANARY-PASSWORD")
    amina.save()
    text = everything(amina)
    assert "CANARY" not in text
    assert amina.password not in text


def test_names_of_files_lead_nowhere(application: Application, amina: User) -> None:
    application.documents.update(label="../../etc/<b>é 1.pdf")
    names = [name for name in contents(amina) if name.startswith("documents/")]
    assert len(names) == 2
    assert all(name.count("/") == 2 and "/.." not in name for name in names)


def test_a_file_that_is_lost_stops_nothing(application: Application, amina: User) -> None:
    document = application.documents.all()[0]
    document.file.storage.delete(document.file.name or "")
    assert document.label in contents(amina)["my-file.json"].decode()


def test_each_time_is_recorded(client: Client, application: Application, amina: User) -> None:
    client.force_login(amina)
    answer = client.post(reverse("my_file_download"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="mila-my-file.zip"'
    assert answer["Cache-Control"] == "no-store"
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(io.BytesIO(body)) as zipped:
        assert "index.html" in zipped.namelist()
    assert AuditEntry.objects.about(amina).filter(verb="export file", actor=amina).count() == 1


def test_it_is_asked_for_by_a_button(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert client.get(reverse("my_file_download")).status_code == 405
    assert not AuditEntry.objects.filter(verb="export file").exists()
    for language, title in (("fr", "Mon dossier"), ("en", "My file")):
        with override(language):
            assert title in client.get(reverse("my_file")).content.decode()


def test_someone_who_never_applied_has_a_file_too(elise: User, claire: User) -> None:
    for somebody in (elise, claire):
        assert data(somebody)["accounts.user"][0]["email"] == somebody.email
        assert "Rien." in page(somebody)


def test_what_happened_is_in_plain_words(application: Application, amina: User) -> None:
    lifecycle.withdraw(application, by=amina)
    text = page(amina, "en")
    assert "Withdrawn (you)" in text
    assert "Application begun (you)" in text


def test_it_costs_the_same_whatever_was_written(
    application: Application, amina: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(69):
        contents(amina)
    factories.attach(lifecycle.reopen(application, by=amina, at=timezone.now()), "diploma")
    with django_assert_num_queries(69):
        contents(amina)
