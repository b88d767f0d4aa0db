"""The dossier opened in the page, in a real browser: drawn lazily, walked by keyboard, clean in both views."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cycles.models import Cycle
from dossiers.models import Edition
from reviews.models import Assignment
from tests.dossiers import factories as dossiers
from tests.journeys.browser import (
    PHONE,
    WIDE,
    Scheme,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)
from tests.reviews import factories as judging
from tests.reviews.test_look import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", WIDE, "dark"),
    ("en", PHONE, "light"),
    ("fr", PHONE, "dark"),
]
OWN = 2  # pages of the cover
AT_TRANSCRIPT = OWN + dossiers.PAGES["cv"] + 1
ALL = OWN + 120


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def given(cycle: Cycle, amina: User, david: User, claire: User) -> Assignment:
    """A file of eight documents, checked and bound, given to David."""
    application = dossiers.eight(amina, cycle, by=claire)
    assignment = judging.assigned(application, david, by=claire)
    dossiers.bind()
    return assignment


@pytest.fixture
def small(assignment: Assignment) -> Assignment:
    """A file of two documents, bound."""
    dossiers.bind()
    return assignment


def address(live_server: Any, assignment: Assignment, language: str = "en") -> str:
    """The page of the review."""
    with translation.override(language):
        return f"{live_server.url}{reverse('review', args=[assignment.pk])}"


def in_view(page: Page) -> str | None:
    """What the page says of where one is."""
    return page.evaluate("document.documentElement.dataset.dossierPage ?? null")


def drawn(page: Page, number: int) -> Any:
    """A page of the PDF, once it is drawn with its text."""
    return page.locator(f".pdf-page[data-number='{number}'][data-drawn]")


def test_both_views_are_clean_and_fit(
    browser: Browser, live_server: Any, given: Assignment, david: User
) -> None:
    wrong: list[str] = []
    for language, width, scheme in LOOKS:
        with reader(browser, width=width, scheme=scheme) as page:
            enter(page, live_server, david)
            page.goto(address(live_server, given, language))
            for view in ("words", "pdf"):
                page.locator(f"#view-{view}").click()
                if view == "pdf":
                    expect(drawn(page, 1)).to_be_visible()
                name = f"dossier-{view}-{language}-{width}-{scheme}"
                picture(page, name)
                wrong += [f"{name}: {violation}" for violation in axe(page)]
                if (sideways := overflow(page)) > 0:
                    wrong.append(f"{name}: scrolls sideways by {sideways} px")
            assert complaints(page) == []
    assert wrong == []


def test_the_pdf_is_loaded_when_it_is_opened_and_leads_to_each_page(
    browser: Browser, live_server: Any, given: Assignment, david: User
) -> None:
    with reader(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        enter(page, live_server, david)
        page.goto(address(live_server, given))
        assert in_view(page) is None
        assert not [url for url in asked if "pdfjs" in url or "dossier/" in url]
        link = page.locator(f"#dossier-words [data-dossier-page='{AT_TRANSCRIPT}']").first
        link.click()
        expect(drawn(page, AT_TRANSCRIPT)).to_contain_text("transcript 1, line 1")
        assert in_view(page) == str(AT_TRANSCRIPT)
        expect(page.get_by_label("Page", exact=True)).to_have_value(str(AT_TRANSCRIPT))
        assert page.locator(".pdf-page").count() == ALL
        assert page.locator(".pdf-page canvas").count() < 12
        page.get_by_role("tab", name="In words").click()
        assert in_view(page) is None
        assert complaints(page) == []


def test_the_keyboard_is_enough(
    browser: Browser, live_server: Any, given: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(address(live_server, given))
        page.get_by_role("tab", name="In words").focus()
        page.keyboard.press("ArrowRight")
        expect(drawn(page, 1)).to_be_visible()
        expect(page.get_by_role("tab", name="PDF")).to_be_focused()
        field = page.get_by_label("Page", exact=True)
        field.fill("50")
        field.press("Enter")
        expect(drawn(page, 50)).to_contain_text("portfolio")
        page.get_by_role("button", name="Next page").press("Enter")
        expect(field).to_have_value("51")
        page.locator(".pdf-toc summary").press("Enter")
        page.locator(".pdf-toc a").last.press("Enter")
        expect(drawn(page, ALL - 1)).to_contain_text("letter 1")
        page.keyboard.press("Home")
        expect(field).to_have_value("1")
        assert in_view(page) == "1"
        # The page keys turn the pages, from the scores too.
        page.locator("[data-row] input").first.focus()
        page.keyboard.press("PageDown")
        expect(field).to_have_value("2")
        page.keyboard.press("PageUp")
        expect(field).to_have_value("1")
        assert complaints(page) == []


def test_the_size_changes_and_the_view_is_remembered(
    browser: Browser, live_server: Any, given: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{address(live_server, given)}#page-{AT_TRANSCRIPT}")
        expect(drawn(page, AT_TRANSCRIPT)).to_be_visible()
        width = "document.querySelector('.pdf-page').clientWidth"
        before = page.evaluate(width)
        page.get_by_role("button", name="Larger").click()
        assert page.evaluate(width) > before
        assert in_view(page) == str(AT_TRANSCRIPT)
        expect(drawn(page, AT_TRANSCRIPT)).to_be_visible()
        page.get_by_role("button", name="Smaller").click()
        page.get_by_role("button", name="Smaller").click()
        assert page.evaluate(width) < before
        page.get_by_role("button", name="Fit the width").click()
        assert page.evaluate(width) == before
        page.get_by_role("tab", name="PDF").click()
        page.goto(address(live_server, given))
        expect(drawn(page, 1)).to_be_visible()
        assert complaints(page) == []


def test_a_dossier_that_cannot_be_shown_says_so(
    browser: Browser, live_server: Any, small: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(address(live_server, small))
        Edition.objects.all().delete()
        page.get_by_role("tab", name="PDF").click()
        expect(page.get_by_text("could not be shown here")).to_be_visible()
        page.reload()
        page.get_by_role("tab", name="PDF").click()
        expect(page.get_by_text("as one PDF is being prepared: it takes")).to_be_visible()


def test_without_a_script_the_words_and_the_file_are_there(
    browser: Browser, live_server: Any, small: Assignment, david: User
) -> None:
    with reader(browser, java_script_enabled=False) as page:
        enter(page, live_server, david)
        page.goto(address(live_server, small))
        expect(page.get_by_role("tab")).to_have_count(0)
        expect(page.get_by_role("heading", name="Letter of intent")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="The whole dossier as one PDF").click()
        assert download.value.suggested_filename.endswith("-dossier.pdf")
