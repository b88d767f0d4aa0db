"""Withdrawing an application, and undoing it until the close."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application, Status
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db


def withdrawn(applicant: User, *, filed: bool) -> Application:
    """A file that was withdrawn: submitted before, or a draft."""
    make = factories.submitted if filed else factories.draft
    return lifecycle.withdraw(make(applicant, factories.cycle()), by=applicant)


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


@pytest.mark.parametrize(("filed", "status"), [(True, Status.SUBMITTED), (False, Status.DRAFT)])
def test_undoing_brings_the_file_back_as_it_was(amina: User, filed: bool, status: str) -> None:
    application = withdrawn(amina, filed=filed)
    lifecycle.restore(application, by=amina, at=timezone.now())
    application.refresh_from_db()
    assert application.status == status
    assert application.submissions.count() == filed
    assert AuditEntry.objects.about(application).last().verb == "restore"


def test_a_file_withdrawn_while_it_was_changed_counts_as_it_was_received(amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    lifecycle.reopen(application, by=amina, at=timezone.now())
    lifecycle.withdraw(application, by=amina)
    assert lifecycle.restore(application, by=amina, at=timezone.now()).status == Status.SUBMITTED


@pytest.mark.parametrize(("seconds", "accepted"), [(-1, True), (600, True), (601, False)])
def test_undoing_ends_with_the_close(amina: User, seconds: int, accepted: bool) -> None:
    application = withdrawn(amina, filed=True)
    at = application.cycle.closes_at + timedelta(seconds=seconds)
    if accepted:
        assert lifecycle.restore(application, by=amina, at=at).is_filed
        return
    with pytest.raises(Refused):
        lifecycle.restore(application, by=amina, at=at)
    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    assert letters("restored") == []


def test_undoing_is_refused_while_another_file_is_begun(amina: User) -> None:
    first = withdrawn(amina, filed=True)
    second = lifecycle.start(first.cycle, by=amina)
    with pytest.raises(Refused) as refused:
        lifecycle.restore(first, by=amina, at=timezone.now())
    assert "autre demande" in refused.value.reasons[0]
    lifecycle.withdraw(second, by=amina)
    assert lifecycle.restore(first, by=amina, at=timezone.now()).status == Status.SUBMITTED


def test_only_a_withdrawn_file_of_ones_own_is_restored(amina: User, bruno: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    with pytest.raises(Refused):
        lifecycle.restore(application, by=amina, at=timezone.now())
    lifecycle.withdraw(application, by=amina)
    with pytest.raises(Refused) as refused:
        lifecycle.restore(application, by=bruno, at=timezone.now())
    assert refused.value.forbidden


def test_each_withdrawal_and_each_return_has_one_letter(amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    for _time in range(2):
        lifecycle.withdraw(application, by=amina)
        lifecycle.restore(application, by=amina, at=timezone.now())
    assert len(letters("withdrawn")) == len(letters("restored")) == 2
    assert "annuler ce retrait jusqu’à" in letters("withdrawn")[0].text
    assert "de nouveau soumise" in letters("restored")[0].text


def test_the_letters_tell_a_draft_and_a_closed_cycle_apart(bruno: User) -> None:
    application = factories.draft(bruno, factories.cycle())
    lifecycle.withdraw(application, by=bruno)
    lifecycle.restore(application, by=bruno, at=timezone.now())
    assert "nobody reads a draft" in letters("restored")[0].text
    application.cycle.closes_at = timezone.now() - timedelta(days=1)
    application.cycle.save()
    lifecycle.withdraw(application, by=bruno)
    assert "undo" not in letters("withdrawn")[1].text


# The pages ----------------------------------------------------------------------------------------
@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def restore(client: Client, application: Application) -> int:
    return client.post(reverse("application_restore", args=[application.number])).status_code


@pytest.mark.parametrize(
    ("language", "words"), [("", "Annuler le retrait"), ("/en", "Undo the withdrawal")]
)
def test_the_page_offers_the_way_back(mine: Client, amina: User, language: str, words: str) -> None:
    application = withdrawn(amina, filed=True)
    assert words in mine.get(f"{language}/applications/mine/").content.decode()
    assert restore(mine, application) == 302
    page = mine.get(f"{language}/applications/mine/").content.decode()
    assert words not in page
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def test_the_page_offers_no_way_back_that_is_closed(mine: Client, amina: User) -> None:
    application = withdrawn(amina, filed=True)
    again = lifecycle.start(application.cycle, by=amina)
    assert (
        "Annuler le retrait"
        not in mine.get(reverse("past_application", args=[application.number])).content.decode()
    )
    lifecycle.withdraw(again, by=amina)
    application.cycle.closes_at = timezone.now() - timedelta(hours=1)
    application.cycle.save()
    page = mine.get(reverse("my_application")).content.decode()
    assert "Annuler le retrait" not in page
    assert "prochaine période" in page


def test_the_question_says_until_when_it_can_be_undone(mine: Client, amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    url = reverse("application_withdraw", args=[application.number])
    assert "Vous pourrez annuler ce retrait" in mine.get(url).content.decode()
    application.cycle.closes_at = timezone.now() - timedelta(hours=1)
    application.cycle.save()
    assert "ce retrait est définitif" in mine.get(url).content.decode()


def test_too_late_is_a_sentence_and_a_look_changes_nothing(mine: Client, amina: User) -> None:
    application = withdrawn(amina, filed=True)
    assert mine.get(reverse("application_restore", args=[application.number])).status_code == 405
    application.cycle.closes_at = timezone.now() - timedelta(hours=1)
    application.cycle.save()
    assert restore(mine, application) == 302
    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN


@pytest.mark.parametrize("who", ["bruno", "claire", "dominique", "david"])
def test_others_get_404(
    client: Client, amina: User, who: str, request: pytest.FixtureRequest
) -> None:
    application = withdrawn(amina, filed=True)
    client.force_login(request.getfixturevalue(who))
    assert restore(client, application) == 404
