"""Health, one's way home, and the honest pages for when the product or its database is away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import translation

from accounts.models import Role, User
from config.urls import urlpatterns as product


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    raise RuntimeError("a secret of ours, on purpose")


handler500 = "config.views.server_error"
urlpatterns = [path("broken/", broken), *product]


@pytest.fixture
def away(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Nobody listens where the database was; called, it is back."""
    settings = connection.settings_dict
    there = settings["HOST"]

    def move_to(host: str) -> None:
        connection.close()
        settings["HOST"] = host

    move_to(str(tmp_path))
    yield lambda: move_to(there)
    move_to(there)


@pytest.fixture
def visitor() -> Client:
    """A client that gets the page of an error, not the error."""
    return Client(raise_request_exception=False)


# Home ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ([], "my_application"),
        ([Role.REVIEWER], "queue"),
        ([Role.COORDINATOR], "dashboard"),
        ([Role.DIRECTOR], "dashboard"),
        ([Role.ADMINISTRATOR], "admin:index"),
        ([Role.PANELIST], "panel"),
        ([Role.EDI_OFFICER], "edi_requests"),
        ([Role.REVIEWER, Role.COORDINATOR], "dashboard"),
        ([Role.ADMINISTRATOR, Role.REVIEWER], "queue"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_everyone_has_a_first_page(
    client: Client, person: Callable[..., User], roles: list[Role], page: str, language: str
) -> None:
    client.force_login(person("zoe", *roles))
    with translation.override(language):
        answer = client.get(reverse("home_for_me"))
        assert (answer.status_code, answer["Location"]) == (302, reverse(page))


@pytest.mark.django_db
def test_home_asks_a_stranger_to_sign_in(client: Client) -> None:
    here = reverse("home_for_me")
    assert client.get(here)["Location"] == f"{reverse('account_login')}?next={here}"


def test_home_changes_nothing(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert client.post(reverse("home_for_me")).status_code == 405


# Health -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_healthy_means_that_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True}
    assert not answer.cookies


def test_not_healthy_while_the_database_is_away(away: Callable[[], None], visitor: Client) -> None:
    assert visitor.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_health_is_looked_at_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


# Trouble ------------------------------------------------------------------------------------------
WORDS = {
    500: {"fr": "Quelque chose s’est brisé de notre côté", "en": "Something broke on our side"},
    503: {"fr": "pas été reçu", "en": "was not received"},
}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_fault_of_ours_tells_a_number_and_no_more(visitor: Client, prefix: str) -> None:
    answer = visitor.post("/broken/", {"statement": "My text"})
    assert answer.status_code == 500
    page = answer.content.decode()
    assert answer["X-Request-ID"] in page
    assert "secret of ours" not in page
    assert "Traceback" not in page
    assert "Retry-After" not in answer


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("/en", "en")])
def test_an_outage_gives_back_what_was_typed(
    away: Callable[[], None], visitor: Client, prefix: str, language: str
) -> None:
    visitor.cookies["sessionid"] = "some-session-that-cannot-be-looked-up"
    typed = {"statement": "Mon long texte & <b>", "password": "not-to-be-shown", "seen": "77aa"}
    answer = visitor.post(f"{prefix}/applications/A27-ABCDEF/statement/", typed)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert WORDS[503][language] in page
    assert f'lang="{language}-CA"' in page
    assert "Mon long texte &amp; &lt;b&gt;" in page
    assert "not-to-be-shown" not in page
    assert answer["X-Request-ID"] in page


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("/en", "en")])
def test_an_outage_answers_every_page_in_its_language(
    away: Callable[[], None], visitor: Client, prefix: str, language: str
) -> None:
    visitor.cookies["sessionid"] = "some-session-that-cannot-be-looked-up"
    answer = visitor.get(f"{prefix}/account/mine/")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert f'lang="{language}-CA"' in page
    assert "<textarea" not in page


def test_after_an_outage_the_same_visitor_is_served(
    away: Callable[[], None], visitor: Client
) -> None:
    assert visitor.get("/healthz").status_code == 503
    away()
    assert visitor.get("/healthz").status_code == 200
