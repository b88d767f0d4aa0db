"""Erasing a draft: all of its words and files go, what was submitted stays, and nobody else loses anything."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from applications import documents, erasure, lifecycle, referees
from applications.models import Application, Choice, Degree, Document, Referee
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from papers import forgetting
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle, statement="UNE LETTRE")


def letter(application: Application, key: str, **fields: Any) -> OutgoingEmail:
    """A letter about the draft, at some stage."""
    values = {
        "key": key,
        "letter": "draft_reminder",
        "language": "fr",
        "address": "amina@example.org",
        "about": f"applications.application:{application.pk}",
        "subject": "Votre brouillon",
        "text": "Il vous reste deux jours.",
    }
    return OutgoingEmail.objects.create(**{**values, **fields})


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_nothing_of_it_is_left(draft: Application, amina: User) -> None:
    names = set(draft.documents.values_list("file", flat=True))
    CheckedFile.objects.update(preview="previews/a.webp")
    pk = draft.pk
    erasure.erase_draft(draft, by=amina)
    for model in (Application, Choice, Degree, Document, CheckedFile):
        assert not model._default_manager.exists(), model
    assert names
    assert not any(default_storage.exists(name) for name in names)
    trail = AuditEntry.objects.filter(subject=f"applications.application:{pk}")
    assert "UNE LETTRE" not in str(list(trail.values()))
    assert trail.get(verb="erase draft").actor == amina


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_referees_are_told_and_their_letters_go(draft: Application, amina: User) -> None:
    waiting = factories.referee(draft, email="elise@example.org")
    gone = factories.referee(draft, name="Rémi Roy", email="remi@example.org")
    referees.remove(gone, by=amina, at=timezone.now())
    sent = factories.referee(draft, name="Ana Paz", email="ana@example.org", language="en")
    sent = factories.letter_from(sent, factories.pdf(text="a letter"))
    erasure.erase_draft(draft, by=amina)
    assert not Referee.objects.exists()
    assert not default_storage.exists(sent.file.name or "")
    told = {row.address: row for row in OutgoingEmail.objects.filter(text__gt="")}
    assert set(told) == {waiting.email, sent.email}
    assert "n’est plus nécessaire" in told[waiting.email].subject
    assert "no longer needed" in told[sent.email].subject
    assert all(row.secret for row in told.values())


def test_letters_about_it_lose_their_words_or_never_leave(draft: Application, amina: User) -> None:
    letter(draft, "waiting")
    doubt = {"status": "unknown", "tried_at": timezone.now()}
    letter(draft, "in doubt", **doubt)
    letter(draft, "gone", status="sent", sent_at=timezone.now())
    letter(draft, "of another", about="applications.application:0")
    erasure.erase_draft(draft, by=amina)
    left = {row.key: row for row in OutgoingEmail.objects.all()}
    assert set(left) == {"gone", "of another"}
    assert (left["gone"].subject, left["gone"].text) == ("", "")
    assert left["of another"].text


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_file_that_another_holds_stays(
    draft: Application, amina: User, bruno: User, cycle: Cycle
) -> None:
    same = factories.pdf()
    factories.attach(draft, content=same)
    his = factories.attach(factories.draft(bruno, cycle, complete=False), content=same)
    erasure.erase_draft(draft, by=amina)
    with default_storage.open(his.file.name) as kept:
        assert kept.read() == same
    assert CheckedFile.objects.filter(sha256=his.sha256).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_file_sent_while_the_last_holder_lets_go_is_whole(
    draft: Application, amina: User, bruno: User, cycle: Cycle
) -> None:
    same = factories.pdf(text="the same")
    document = factories.attach(draft, content=same)
    other = factories.draft(bruno, cycle, complete=False)
    errors: list[BaseException] = []

    def let_go() -> None:
        try:
            forgetting.forget(document.sha256, document.file.name or "", held=erasure.is_held)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    draft.documents.all().delete()
    with transaction.atomic():
        forgetting.settle(document.sha256)
        waiting = threading.Thread(target=let_go)
        waiting.start()
        his = factories.attach(other, content=same)
    waiting.join()
    assert not errors
    assert default_storage.exists(his.file.name)


def test_a_file_let_go_since_it_was_found_is_asked_for_again(draft: Application) -> None:
    document = documents.on_disk(draft, "diploma", factories.upload_of(), pages=1)
    default_storage.delete(document.file.name or "")
    with pytest.raises(Refused), transaction.atomic():
        documents.enter(document)
    assert not draft.documents.filter(kind="diploma").exists()


def test_what_was_submitted_is_never_erased(draft: Application, amina: User) -> None:
    factories.submit(draft)
    for prepare in (
        lambda: None,
        lambda: lifecycle.reopen(draft, by=amina, at=timezone.now()),
        lambda: lifecycle.withdraw(draft, by=amina),
    ):
        prepare()
        with pytest.raises(Refused) as refused:
            erasure.erase_draft(draft, by=amina)
        assert not refused.value.forbidden
    assert draft.submissions.count() == 1


def test_a_draft_left_after_the_close_may_be_erased(draft: Application, amina: User) -> None:
    Cycle.objects.update(closes_at=draft.cycle.opens_at + timedelta(days=1))
    erasure.erase_draft(draft, by=amina)
    assert not Application.objects.exists()


def test_nobody_erases_for_another(draft: Application, bruno: User, claire: User) -> None:
    for stranger in (bruno, claire):
        with pytest.raises(Refused) as refused:
            erasure.erase_draft(draft, by=stranger)
        assert refused.value.forbidden
    assert Application.objects.exists()


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Effacer mon brouillon?"), ("en", "Erase my draft?")]
)
def test_it_is_asked_once_more(
    client: Client, draft: Application, amina: User, language: str, title: str
) -> None:
    client.force_login(amina)
    with translation.override(language):
        page = reverse("application_erase", args=[draft.number])
    assert title in client.get(page).content.decode()
    assert Application.objects.exists()
    answer = client.post(page, follow=True)
    assert answer.redirect_chain
    assert not Application.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("fr", "loi 25"), ("en", "Law 25")])
def test_the_page_of_a_submitted_file_says_what_can_be_done(
    client: Client, draft: Application, amina: User, language: str, words: str
) -> None:
    factories.submit(draft)
    client.force_login(amina)
    with translation.override(language):
        page = reverse("application_erase", args=[draft.number])
    text = client.get(page).content.decode()
    assert words in text
    assert '<button class="btn btn-outline-danger"' not in text
    client.post(page)
    assert Application.objects.exists()


def test_it_is_ones_own_draft(
    client: Client, draft: Application, bruno: User, claire: User
) -> None:
    for stranger in (bruno, claire):
        client.force_login(stranger)
        page = reverse("application_erase", args=[draft.number])
        assert client.get(page).status_code == client.post(page).status_code == 404
    assert Application.objects.exists()


def test_my_application_offers_it_for_drafts_only(
    client: Client, draft: Application, amina: User
) -> None:
    client.force_login(amina)
    link = reverse("application_erase", args=[draft.number])
    assert link in client.get(reverse("my_application")).content.decode()
    factories.submit(draft)
    assert link not in client.get(reverse("my_application")).content.decode()
