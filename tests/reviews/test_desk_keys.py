"""The desk in a real browser: its keys and their help, undo, a lost line, a second program."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cycles.models import Cycle
from reviews import scoring
from reviews.models import Assignment, Review
from tests import factories
from tests.journeys.browser import NARROW, WIDE, axe, chromium, complaints, overflow, reader
from tests.reviews import factories as judging
from tests.reviews.test_look import enter, until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


def focus(page: Page) -> str:
    """Where the focus is: a name, an id, or the element."""
    return str(
        page.evaluate(
            "(a => a.name || a.id || a.textContent.trim() || a.tagName)(document.activeElement)"
        )
    )


def opened(page: Page, live_server: Any, user: User, row: Assignment) -> None:
    """The page of a review."""
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/en/queue/{row.pk}/")


def scores(row: Assignment) -> list[int | None]:
    """What the server holds, in the order of the rubric."""
    review = Review.objects.filter(assignment=row).first()
    rows = review.scores.order_by("criterion__position") if review else []
    return [score.value for score in rows]


def test_help_is_a_dialog_and_gives_the_focus_back(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        page.keyboard.press("3")
        before = focus(page)
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard")
        expect(dialog).to_be_visible()
        assert axe(page) == []
        # No key of the page works behind it.
        page.keyboard.press("5")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert focus(page) == before
        until(page, lambda: scores(assignment) == [3])
        # Switched off, single keys do nothing, and stay off on the next page; the button still opens the help.
        page.keyboard.press("?")
        page.get_by_role("checkbox", name="Single keys are on").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("5")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("[data-scored]")).to_have_text("1 of 3")
        page.get_by_role("button", name="Keyboard").click()
        page.get_by_role("checkbox", name="Single keys are on").check()
        page.get_by_role("button", name="Close").click()
        page.keyboard.press("5")
        expect(page.locator("[data-scored]")).to_have_text("2 of 3")
        assert complaints(page) == []


def test_undo_takes_back_the_last_change_and_saves_it(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_disabled()
        for key in ("4", "5", "ArrowUp", "1"):
            page.keyboard.press(key)
        until(page, lambda: scores(assignment) == [4, 1])
        page.keyboard.press("u")
        expect(page.locator("[data-state]")).to_contain_text("Taken back: Code")
        until(page, lambda: scores(assignment) == [4, 5])
        undo.click()
        until(page, lambda: scores(assignment) == [4])
        page.keyboard.press("u")
        until(page, lambda: scores(assignment) == [])
        expect(undo).to_be_disabled()
        assert "score_" in focus(page)
        assert complaints(page) == []


def test_undo_takes_back_what_was_just_handed_in(
    browser: Browser,
    live_server: Any,
    assignment: Assignment,
    bruno: User,
    david: User,
    claire: User,
) -> None:
    judging.assigned(factories.submitted(bruno, assignment.application.cycle), david, by=claire)
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        here = page.url
        for key in ("4", "4", "4", "a", "Control+Enter"):
            page.keyboard.press(key)
        page.wait_for_url(lambda url: url != here)
        expect(page.get_by_role("button", name="Take the last one back")).to_be_visible()
        page.keyboard.press("u")
        page.wait_for_url(here)
        expect(page.locator("[data-scored]")).to_have_text("3 of 3")
        assert Assignment.objects.get(pk=assignment.pk).is_open
        # An address that was kept offers nothing.
        page.reload()
        expect(page.get_by_role("button", name="Take the last one back")).to_have_count(0)


def closed_with(page: Page, words: str) -> Page:
    """Another tab of the same browser, once the device holds these words and the first tab is closed."""
    until(page, lambda: words in page.evaluate("JSON.stringify(localStorage)"))
    context = page.context
    page.close()
    return context.new_page()


def test_a_lost_line_loses_nothing(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        page.context.set_offline(True)
        page.keyboard.press("2")
        page.get_by_label("For the committee").fill("In a tunnel")
        expect(page.locator("[data-state]")).to_contain_text("kept on this device")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_label("For the committee")).to_have_value("In a tunnel")
        assert not Review.objects.exists()
        page.context.set_offline(False)
        until(page, lambda: Review.objects.filter(comment="In a tunnel").exists())
        expect(page.locator("[data-state]")).to_contain_text("Saved at")
        assert scores(assignment) == [2]
        # Typed without a line, and the page closed: put back, and sent, when it is opened again.
        page.context.set_offline(True)
        page.get_by_label("For the committee").fill("Out of battery")
        expect(page.locator("[data-state]")).to_contain_text("kept on this device")
        page = closed_with(page, "Out of battery")
        page.context.set_offline(False)
        page.goto(f"{live_server.url}/en/queue/{assignment.pk}/")
        expect(page.get_by_label("For the committee")).to_have_value("Out of battery")
        until(page, lambda: Review.objects.filter(comment="Out of battery").exists())
        until(page, lambda: page.evaluate("Object.keys(localStorage).length") == 0)


def test_what_was_kept_never_overwrites_another_tab(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        page.context.set_offline(True)
        page.get_by_label("For the committee").fill("On the train")
        expect(page.locator("[data-state]")).to_contain_text("kept on this device")
        page = closed_with(page, "On the train")
        judging.saved(assignment, 1, comment="At the office")
        page.context.set_offline(False)
        page.goto(f"{live_server.url}/en/queue/{assignment.pk}/")
        expect(page.get_by_label("For the committee")).to_have_value("On the train")
        expect(page.locator("[data-state]")).to_contain_text("another tab")
        assert Review.objects.get().comment == "At the office"


def test_a_session_that_ends_keeps_what_is_typed(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.keyboard.press("2")
        expect(page.locator("[data-state]")).to_contain_text("session has ended")
        expect(page.get_by_role("link", name="Sign in in another tab")).to_be_visible()
        enter(page, live_server, david)
        until(page, lambda: scores(assignment) == [2])


def test_pages_of_the_dossier_are_noted_with_a_key(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        opened(page, live_server, david, assignment)
        # A page is kept with a score: without one its field waits.
        expect(page.get_by_label("page Study")).to_be_disabled()
        page.keyboard.press("p")
        page.keyboard.press("4")
        # No dossier in view: the key leads to the field of what was scored last, which takes digits of its own.
        page.keyboard.press("p")
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        page.keyboard.press("3")
        page.evaluate("document.documentElement.dataset.dossierPage = '7'")
        page.keyboard.press("p")
        review = Review.objects.filter(assignment=assignment)
        until(
            page,
            lambda: (
                review.exists()
                and list(review.get().scores.order_by("criterion").values_list("value", "page"))
                == [(4, 12), (3, 7)]
            ),
        )
        way = page.get_by_role("button", name="Show this page").nth(1)
        expect(way).to_have_attribute("data-dossier-page", "7")
        page.keyboard.press("u")
        page.keyboard.press("u")
        expect(page.get_by_role("button", name="Show this page")).to_have_count(1)


def test_two_programs_by_keys_and_ways_out(
    browser: Browser,
    live_server: Any,
    assignment: Assignment,
    cycle: Cycle,
    bruno: User,
    david: User,
    claire: User,
) -> None:
    row = judging.assigned(judging.for_both(bruno, cycle), david, by=claire)
    with reader(browser) as page:
        opened(page, live_server, david, row)
        for key in ("4", "n", "2", "w", "1", "5"):
            page.keyboard.press(key)
        page.keyboard.press("m")
        page.keyboard.type("jqu? 3")
        page.keyboard.press("Escape")
        assert focus(page) == "confidence"
        # A way out waits for what was typed: the script sends it first.
        page.keyboard.press("j")
        page.wait_for_url(f"**/queue/{assignment.pk}/")
        review = Review.objects.get()
        assert review.advice == {"msc": "waitlist", "dess": "strong_accept"}
        assert (review.comment, review.confidence) == ("jqu? 3", 5)
        page.keyboard.press("c")
        page.wait_for_url("**/conflict/")
        page.go_back()
        page.keyboard.press("q")
        page.wait_for_url("**/queue/")
        assert scoring.lacks(row) == []
        assert complaints(page) == []


@pytest.mark.parametrize(("language", "width"), [("fr", WIDE), ("en", NARROW)])
def test_every_state_of_the_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    assignment: Assignment,
    cycle: Cycle,
    bruno: User,
    david: User,
    claire: User,
    language: str,
    width: int,
) -> None:
    """A refusal, a letter that came since, pages noted, late rows, an offer to take back."""
    row = judging.assigned(judging.for_both(bruno, cycle), david, by=claire)
    first = cycle.criteria.first()
    assert first is not None
    judging.saved(row, 4, 4, pages={first.pk: 3}, advice={"msc": "accept"})
    factories.letter_from(factories.referee(row.application))
    Assignment.objects.filter(pk=row.pk).update(due_on=cycle.opens_at.date())
    judging.hand_in(assignment, 3, 3, 3, pages={first.pk: 3})
    wrong: list[str] = []
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    with reader(browser, width=width) as page:
        enter(page, live_server, david)
        for path in (
            f"queue/?done={assignment.pk}",
            "queue/?late=1&program=dess",
            "queue/?letters=1&show=sent",
            f"queue/{assignment.pk}/",
            f"queue/{row.pk}/?done={assignment.pk}",
        ):
            page.goto(home + path)
            wrong += [f"{path}: {violation}" for violation in axe(page)]
            wrong += [f"{path}: too wide"] if overflow(page) > 0 else []
        page.keyboard.press("Control+Enter")
        expect(page.locator(".errors")).to_be_focused()
        wrong += [f"refused: {violation}" for violation in axe(page)]
        assert complaints(page) == []
    assert wrong == []
