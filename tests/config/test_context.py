"""What every page knows: the menu, the other language, who is signed in."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from config import context
from tests.config.reading import pages


def site(path: str = "/", *, person: User | None = None, cookies: bool = True) -> context.Site:
    """What a page of this address would know."""
    request = RequestFactory().get(path)
    if cookies:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    if person:
        request.user = person
    return context.site(request)["site"]


@pages
@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("fr", "/states/open/?a=1", "/en/states/open/?a=1"),
        ("en", "/en/states/open/?a=1", "/states/open/?a=1"),
        ("fr", "/nowhere/at/all/", "/en/nowhere/at/all/"),
        ("en", "/en/nowhere/at/all/", "/nowhere/at/all/"),
        ("fr", "/?campaign=x", "/en/"),
    ],
)
def test_the_other_language_keeps_the_page(language: str, path: str, expected: str) -> None:
    with translation.override(language):
        assert site(path).other_language["url"] == expected


def test_a_visitor_without_a_session_is_never_looked_up() -> None:
    def look_up() -> User:
        raise AssertionError("looked up")

    request = RequestFactory().get("/")
    request.user = SimpleLazyObject(look_up)  # type: ignore[assignment]
    assert context.Site(request).person is None
    assert context.Site(request).nav == []


def test_the_menu_follows_the_roles(
    amina: User, claire: User, david: User, adam: User, fatou: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "url_of", lambda name: f"/{name}/")

    def menu(person: User) -> list[str]:
        return [link.url for link in site("/board/3/", person=person).nav]

    assert menu(amina) == ["/my_application/"]
    assert menu(david) == ["/queue/"]
    staff = ["/dashboard/", "/board/", "/completeness_board/", "/progress/"]
    staff += ["/decisions/", "/releases/", "/followup_board/", "/scholarship_rounds/"]
    assert menu(claire) == staff
    assert menu(adam) == ["/admin:index/", "/timetable/", "/letters/"]
    assert menu(fatou) == ["/edi_requests/", "/edi_aggregates/"]
    claire.roles = ["coordinator", "director", "reviewer"]
    assert menu(claire) == ["/queue/", *staff]
    assert [link.here for link in site("/board/3/", person=claire).nav] == [
        False,
        False,
        True,
        *[False] * 6,
    ]


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/late-passes/", "/files/"),
        ("/udem-lists/words/", "/follow-up/"),
        ("/handing-over/A27/closing/", "/follow-up/"),
        ("/incidents/new/", "/retention/"),
    ],
)
def test_a_page_that_belongs_to_an_entry_shows_it_as_where_one_is(
    claire: User, path: str, entry: str
) -> None:
    shown = site(path, person=claire)
    assert [link.url for link in [*shown.nav, *shown.folded] if link.here] == [entry]


def test_a_long_bar_folds_what_is_not_about_one_file(
    claire: User, dominique: User, adam: User
) -> None:
    for person in (claire, dominique):
        shown = site("/letters/", person=person)
        assert [link.url for link in shown.folded] == [
            "/timetable/",
            "/letters/",
            "/statistics/",
            "/retention/",
        ]
        assert shown.here_is_folded
        assert not any(link.here for link in shown.nav)
        assert not site("/dashboard/", person=person).here_is_folded
    assert site("/letters/", person=adam).folded == []


def test_the_folded_pages_open_from_a_word_and_say_where_one_is(
    client: Client, claire: User
) -> None:
    client.force_login(claire)
    html = client.get("/en/letters/").content.decode()
    assert '<summary aria-current="true">More</summary>' in html
    assert 'href="/en/statistics/"' in html
    html = client.get("/dashboard/").content.decode()
    assert "<summary>Plus</summary>" in html


def test_the_pages_about_the_reading_share_one_entry_and_lead_to_each_other(
    claire: User, dominique: User, david: User
) -> None:
    plans = site("/en/plans/readers/", person=claire)
    with translation.override("en"):
        assert [link.url for link in plans.reading if link.here] == ["/en/plans/readers/"]
        assert [link.url for link in plans.nav if link.here] == ["/en/progress/"]
        told = [link.url for link in site("/en/progress/", person=dominique).reading]
        assert told == ["/en/progress/", "/en/progress/calibration/"]
        assert site("/en/progress/", person=david).reading == []


def test_a_page_that_does_not_exist_leaves_the_menu() -> None:
    assert context.url_of("no_such_page") == ""


def test_the_mailbox_is_shown_in_a_demonstration_only(settings: Any) -> None:
    settings.MAILBOX_URL = "http://mailbox.invalid"
    assert site().mailbox == "http://mailbox.invalid"
    settings.DEMO = False
    assert site().mailbox == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_configuration_wears_the_same_bar(client: Client, adam: User, language: str) -> None:
    client.force_login(adam)
    html = client.get("/en/admin/" if language == "en" else "/admin/").content.decode()
    assert "css/admin.css" in html
    assert f'hreflang="{"fr" if language == "en" else "en"}"' in html
    assert ("Sign out" in html) is (language == "en")
