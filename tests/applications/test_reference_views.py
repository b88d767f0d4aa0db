"""The referee's pages: one link, no account, nothing of the file, and no harm from a mail scanner."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from applications import lifecycle, referees
from applications.models import Application, Referee
from applications.views import reference
from cycles.models import Cycle
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def referee(amina: User) -> Referee:
    return factories.referee(
        factories.draft(amina, factories.cycle(referees=2), phone="+15145550199")
    )


@pytest.fixture
def visitor() -> Client:
    """As a browser of somebody without an account: CSRF is checked where it is asked for."""
    return Client(enforce_csrf_checks=True)


def link(referee: Referee, act: str = "", prefix: str = "") -> str:
    return f"{prefix}/reference/{referee.token}/{act}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client, referee: Referee, content: bytes | None = None) -> Any:
    return client.post(link(referee, "send/"), {"file": factories.upload_of(content, "lettre.pdf")})


@pytest.mark.parametrize(
    ("prefix", "title"),
    [("", "Une lettre de recommandation pour"), ("/en", "A reference letter for")],
)
def test_it_says_who_asks_and_by_when_and_nothing_more(
    visitor: Client, referee: Referee, prefix: str, title: str
) -> None:
    page = visitor.get(link(referee, prefix=prefix))
    assert f"{title} Amina Benali" in text(page)
    for canary in ("5550199", "amina@", "Sénégal", "Je veux apprendre", referee.application.number):
        assert canary not in text(page)
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies


def test_opening_changes_nothing(visitor: Client, referee: Referee) -> None:
    before = Referee.objects.values().get()
    for act in ("", "decline/"):
        assert visitor.get(link(referee, act)).status_code == 200
        assert visitor.head(link(referee, act)).status_code == 200
    assert visitor.get(link(referee, "send/")).status_code == 405
    assert Referee.objects.values().get() == before


def test_a_letter_is_sent_and_replaced(visitor: Client, referee: Referee) -> None:
    assert send(visitor, referee).url == link(referee)
    page = text(visitor.get(link(referee)))
    assert "lettre.pdf" in page
    assert Referee.objects.get().sha256 in page
    assert "Remplacer" in page
    assert send(visitor, referee, factories.pdf(3)).status_code == 302
    assert Referee.objects.get().pages == 3


def test_what_is_no_pdf_is_refused_with_its_cause(visitor: Client, referee: Referee) -> None:
    page = send(visitor, referee, b"neither this nor that")
    assert page.status_code == 422
    assert "Imprimer" in text(page)
    assert page["Referrer-Policy"] == "no-referrer"
    assert visitor.post(link(referee, "send/")).status_code == 422
    assert Referee.objects.get().status == "invited"


def test_a_good_letter_stays_when_the_next_is_refused(visitor: Client, referee: Referee) -> None:
    send(visitor, referee)
    page = send(visitor, referee, b"no")
    assert page.status_code == 422
    assert "lettre.pdf" in text(page)
    assert Referee.objects.get().status == "received"


def test_declining_asks_once_more(visitor: Client, referee: Referee) -> None:
    decline = link(referee, "decline/")
    assert "Amina Benali" in text(visitor.get(decline))
    assert visitor.post(decline, {"reason": "x" * 501}).status_code == 422
    assert visitor.post(decline, {"reason": "En congé"}).url == link(referee)
    assert Referee.objects.get().decline_reason == "En congé"
    page = text(visitor.get(link(referee)))
    assert "changé d’avis" in page
    assert visitor.get(decline).url == link(referee)
    assert send(visitor, referee).status_code == 302


def test_too_late_is_said_kindly(visitor: Client, referee: Referee) -> None:
    factories.referee(referee.application, name="Bo", email="bo@x.example")
    factories.submit(referee.application)
    late = timezone.now() - timedelta(days=3)
    Cycle.objects.update(closes_at=late - timedelta(days=2), documents_due_on=late.date())
    page = text(visitor.get(link(referee)))
    assert "Le délai pour cette lettre est passé" in page
    assert 'type="file"' not in page
    answer = send(visitor, referee)
    assert answer.status_code == 422
    assert Referee.objects.get(pk=referee.pk).status == "invited"
    assert visitor.post(link(referee, "decline/")).url == link(referee)


def test_a_request_withdrawn_is_said(visitor: Client, referee: Referee, amina: User) -> None:
    lifecycle.withdraw(referee.application, by=amina)
    assert "n’est plus nécessaire" in text(visitor.get(link(referee)))
    assert send(visitor, referee).status_code == 422


def test_a_removed_referee_has_nothing_to_do(
    visitor: Client, referee: Referee, amina: User
) -> None:
    referees.remove(referee, by=amina, at=timezone.now())
    assert "n’est plus nécessaire" in text(visitor.get(link(referee)))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_link_that_opens_nothing_says_what_to_do(
    visitor: Client, referee: Referee, prefix: str
) -> None:
    for act in ("", "send/", "decline/"):
        ask = visitor.post if act == "send/" else visitor.get
        answer = ask(f"{prefix}/reference/{referee.token[:-1]}/{act}")
        assert answer.status_code == 404
        assert "Mila" in text(answer)
        assert answer["Referrer-Policy"] == "no-referrer"


def test_guessing_is_slowed_down(
    visitor: Client, referee: Referee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "MOST_WRONG", 2)
    assert [visitor.get(f"/reference/wrong{turn}/").status_code for turn in range(3)] == [
        404,
        404,
        429,
    ]
    assert visitor.get(link(referee)).status_code == 429


def test_one_link_sends_so_many_files_and_no_more(
    visitor: Client, referee: Referee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "MOST_SENT", 1)
    assert send(visitor, referee).status_code == 302
    assert send(visitor, referee, factories.pdf(2)).status_code == 429
    assert Referee.objects.get().pages == 1


def test_no_log_holds_a_link(
    visitor: Client, referee: Referee, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.get(link(referee))
        send(visitor, referee, b"no")
        visitor.get("/reference/wrong/")
        visitor.post(link(referee))
    assert referee.token not in caplog.text
    assert "/reference/" not in caplog.text


def test_the_programs_are_named_in_the_pages_language(visitor: Client, referee: Referee) -> None:
    assert "Maîtrise en informatique" in text(visitor.get(link(referee)))
    assert "M.Sc. in computer science" in text(visitor.get(link(referee, prefix="/en")))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Zoë\u202e\n\x0b", "🎓" * 50])
def test_any_name_is_shown_safely(visitor: Client, amina: User, name: str) -> None:
    application: Application = factories.draft(amina, factories.cycle(), first_names=name)
    page = text(visitor.get(link(factories.referee(application))))
    assert "<script>alert" not in page
