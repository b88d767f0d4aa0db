"""The public face in a real browser: axe, width, both clocks, the countdown, the keyboard, the weight."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.config.face_pages import STATES
from tests.journeys.browser import (
    NARROW,
    WIDE,
    Scheme,
    axe,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls("tests.config.face_pages"),
    pytest.mark.django_db(transaction=True),
]

TROUBLE = [f"trouble/{code}" for code in (400, 403, 404, 429, 500, 503)]
PAGES = [
    *(f"states/{state}" for state in [*STATES, "none"]),
    *TROUBLE,
    "looks/person",
    "looks/staff",
]
# Each width, scheme and language meets each other once.
LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", WIDE, "dark"),
    ("fr", NARROW, "dark"),
    ("en", NARROW, "light"),
]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser, live_server: Any, language: str, width: int, scheme: Scheme
) -> None:
    wrong: dict[str, list[str]] = {}
    with reader(browser, width=width, scheme=scheme, zone="Africa/Dakar") as page:
        for address in PAGES:
            prefix = "en/" if language == "en" else ""
            page.goto(f"{live_server.url}/{prefix}{address}/")
            picture(page, f"{address.replace('/', '-')}-{language}-{width}-{scheme}")
            found = [str(violation) for violation in axe(page)]
            if overflow(page) > 0:
                found.append(f"scrolls sideways by {overflow(page)} px")
            if found:
                wrong[address] = found
        assert complaints(page) == []
    assert wrong == {}


def test_axe_and_the_ruler_do_find_what_is_wrong(browser: Browser, live_server: Any) -> None:
    with reader(browser, width=NARROW) as page:
        page.goto(f"{live_server.url}/trouble/404/")
        page.evaluate(
            """() => {
                const image = document.createElement("img");
                image.width = 900;
                document.querySelector("main").append(image);
            }"""
        )
        assert "image-alt" in {violation.rule for violation in axe(page)}
        assert overflow(page) > 0


@pytest.mark.parametrize(
    ("path", "here", "zone", "clock"),
    [
        ("/states/open/", "Chez vous", "Africa/Dakar", "heure de Dakar"),
        ("/states/open/", "Chez vous", "Africa/Algiers", "heure d’Algiers"),
        ("/en/states/open/", "Where you are", "America/New_York", None),
        (
            "/en/states/open/",
            "Where you are",
            "America/Argentina/Buenos_Aires",
            "Buenos Aires time",
        ),
    ],
)
def test_a_deadline_is_shown_by_the_reader_s_clock_too(
    browser: Browser, live_server: Any, path: str, here: str, zone: str, clock: str | None
) -> None:
    with reader(browser, zone=zone) as page:
        page.goto(live_server.url + path)
        if clock is None:
            expect(page.get_by_text(here, exact=True)).to_be_hidden()
        else:
            expect(page.get_by_text(here, exact=True)).to_be_visible()
            expect(page.get_by_text(clock, exact=True)).to_be_visible()


def test_the_reader_s_clock_is_right_to_the_minute(browser: Browser, live_server: Any) -> None:
    """Dakar keeps UTC all year: the figure beside Montréal's must be the UTC of the element itself."""
    with reader(browser, zone="Africa/Dakar") as page:
        page.goto(f"{live_server.url}/en/states/open/")
        stamp = page.locator("time[data-local=closes-here]").get_attribute("datetime") or ""
        here = page.locator("#closes-here [data-moment]").inner_text()
        assert here.endswith(f", {stamp[11:16]}")
        assert str(int(stamp[8:10])) in here


def test_without_scripts_the_page_is_whole_in_montreal_time(
    browser: Browser, live_server: Any
) -> None:
    with reader(browser, zone="Africa/Dakar", java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/states/open/")
        expect(page.get_by_text("Chez vous", exact=True)).to_be_hidden()
        expect(page.get_by_text("heure de Montréal", exact=True)).to_be_visible()
        expect(page.get_by_role("timer")).to_contain_text("min")


def test_the_countdown_goes_on(browser: Browser, live_server: Any) -> None:
    with reader(browser) as page:
        page.clock.install()
        page.goto(f"{live_server.url}/states/open/")
        before = page.get_by_role("timer").inner_text()
        page.clock.fast_forward("02:05:00")
        expect(page.get_by_role("timer")).not_to_have_text(before)
        page.clock.fast_forward(60 * 24 * 3600 * 1000)
        expect(page.locator("[data-minutes]")).to_have_text("0")
        expect(page.locator("[data-days]")).to_have_text("0")


def test_the_keyboard_reaches_the_content_first(browser: Browser, live_server: Any) -> None:
    with reader(browser) as page:
        page.goto(f"{live_server.url}/en/states/open/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_the_summary_of_errors_takes_focus_and_leads_to_the_field(
    browser: Browser, live_server: Any
) -> None:
    with reader(browser) as page:
        page.goto(f"{live_server.url}/en/looks/person/")
        assert page.title().startswith("Error: ")
        expect(page.locator(".errors")).to_be_focused()
        page.locator(".errors").get_by_role("link").first.click()
        expect(page.locator("#id_email")).to_be_focused()


def test_the_language_link_keeps_the_page(browser: Browser, live_server: Any) -> None:
    with reader(browser) as page:
        page.goto(f"{live_server.url}/states/reading/")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", name="Six dates, from application")).to_be_visible()
        page.get_by_role("link", name="Français").click()
        expect(page).to_have_url(f"{live_server.url}/states/reading/")


def test_nothing_is_asked_of_another_site(browser: Browser, live_server: Any) -> None:
    with reader(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/states/open/", wait_until="networkidle")
        assert len(asked) > 5
        assert [url for url in asked if not url.startswith(live_server.url)] == []
        fonts = sorted(url.split("/")[-1].split(".")[0] for url in asked if url.endswith("woff2"))
        assert fonts == ["source-sans-3-latin-wght-normal", "source-serif-4-latin-opsz-normal"]


def test_on_paper_the_page_is_its_words_alone(browser: Browser, live_server: Any) -> None:
    with reader(browser) as page:
        page.goto(f"{live_server.url}/en/states/open/")
        page.emulate_media(media="print")
        expect(page.get_by_role("navigation")).to_have_count(0)
        expect(page.get_by_role("heading", name="Six dates, from application")).to_be_visible()
