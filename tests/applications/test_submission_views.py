"""Submitting, the receipt, reopening and withdrawing, as pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Status
from cycles.models import Cycle
from tests import factories

pytestmark = pytest.mark.django_db
DECLARED = ["true", "notice", "transfer"]
FIRST, AGAIN = 30, 8  # queries of a submission, and of one more click


@pytest.fixture
def draft(amina: User) -> Application:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()
    return application


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def send(client: Client, application: Application, **changes: Any) -> Any:
    data = {"revision": str(application.revision), "declaration": DECLARED, **changes}
    return client.post(reverse("application_submit", args=[application.number]), data)


def test_submitting_leads_to_the_receipt(mine: Client, draft: Application) -> None:
    answer = send(mine, draft)
    receipt = f"MPP-{draft.number}-1"
    assert answer.url == reverse("application_receipt", args=[receipt])
    page = mine.get(answer.url).content.decode()
    assert receipt in page
    assert draft.submissions.get().sha256 in page
    assert send(mine, draft).url == answer.url


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_receipt_renders_in_both_languages(
    mine: Client, draft: Application, language: str
) -> None:
    receipt = factories.submit(draft).receipt
    assert mine.get(f"{language}/applications/receipt/{receipt}/").status_code == 200


def test_the_receipt_is_for_its_owner(client: Client, draft: Application, bruno: User) -> None:
    receipt = factories.submit(draft).receipt
    client.force_login(bruno)
    assert client.get(reverse("application_receipt", args=[receipt])).status_code == 404


def test_a_missing_declaration_keeps_the_ticked_ones(mine: Client, draft: Application) -> None:
    page = send(mine, draft, declaration=["true", "notice"])
    assert page.status_code == 422
    assert page.content.decode().count(" checked") == 2
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


@pytest.mark.parametrize("revision", ["", "x", "1"])
def test_a_draft_that_changed_is_shown_again(
    mine: Client, draft: Application, revision: str
) -> None:
    assert send(mine, draft, revision=revision).status_code == 409
    assert not draft.submissions.exists()


def test_an_incomplete_draft_is_shown_with_what_lacks(mine: Client, draft: Application) -> None:
    draft.degrees.all().delete()
    page = send(mine, draft)
    assert page.status_code == 409
    assert "#id_degrees-0-institution" in page.content.decode()


def test_too_late_is_a_sentence(mine: Client, draft: Application) -> None:
    Cycle.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    page = send(mine, draft)
    assert page.status_code == 409
    assert "n’est pas ouverte" in page.content.decode()


@pytest.mark.parametrize("name", ["application_submit", "application_reopen"])
def test_actions_need_a_post(mine: Client, draft: Application, name: str) -> None:
    assert mine.get(reverse(name, args=[draft.number])).status_code == 405


@pytest.mark.parametrize(
    "name", ["application_submit", "application_reopen", "application_withdraw"]
)
@pytest.mark.parametrize("who", ["bruno", "claire", "dominique", "david"])
def test_others_get_404(
    client: Client, draft: Application, name: str, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.post(reverse(name, args=[draft.number])).status_code == 404


def test_reopen_then_submit_again(mine: Client, draft: Application) -> None:
    send(mine, draft)
    assert mine.post(reverse("application_reopen", args=[draft.number])).status_code == 302
    draft.refresh_from_db()
    assert send(mine, draft).url.endswith("-2/")


def test_reopening_a_draft_is_refused_with_a_message(mine: Client, draft: Application) -> None:
    answer = mine.post(reverse("application_reopen", args=[draft.number]))
    assert answer.url == reverse("home_for_me")
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


@pytest.mark.parametrize("language", ["", "/en"])
def test_withdrawing_asks_once_more(mine: Client, draft: Application, language: str) -> None:
    url = f"{language}/applications/{draft.number}/withdraw/"
    assert mine.get(url).status_code == 200
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert mine.post(url).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.WITHDRAWN


# Bad input, and the price -------------------------------------------------------------------------
ODD = ["9" * 5000, "9" * 10, "-1", "1.0", "\x00", "\u202e1", "²", "x" * 1_000_000]


@pytest.mark.parametrize("revision", ODD, ids=range(len(ODD)))
def test_an_odd_revision_is_a_draft_to_look_at_again(
    mine: Client, draft: Application, revision: str
) -> None:
    assert send(mine, draft, revision=revision).status_code == 409
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


@pytest.mark.parametrize(
    "odd", ["\x00", "\u202e\u2066", "x" * 1_000_000, "0001-01-01", "9999-12-31"]
)
def test_odd_input_beside_what_counts_changes_nothing(
    mine: Client, draft: Application, odd: str
) -> None:
    assert send(mine, draft, declaration=[odd]).status_code == 422
    answer = send(mine, draft, zone=odd, more=odd)
    assert answer.status_code == 302
    assert draft.submissions.get().zone == ""
    for name in ("application_withdraw", "application_restore", "application_reopen"):
        url = reverse(name, args=[draft.number])
        assert mine.post(url, {"why": odd, "at": odd}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.REOPENED


def test_a_submission_has_its_price(
    mine: Client, draft: Application, django_assert_num_queries: Any
) -> None:
    """Counted, so that nobody makes the last click of thousands dearer without knowing."""
    mine.get(reverse("my_application"))
    with django_assert_num_queries(FIRST):
        send(mine, draft)
    with django_assert_num_queries(AGAIN):
        send(mine, draft)
