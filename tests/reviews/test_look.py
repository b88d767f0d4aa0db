"""The pages of judging in a real browser: axe, width, the script of the desk, the keyboard."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from answers import release as releasing
from applications.models import Application
from committee import remarks
from cycles.models import Cycle
from reviews import decisions, estimates, scoring
from reviews.models import Assignment, Review
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import (
    NARROW,
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

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]

LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", WIDE, "dark"),
    ("en", NARROW, "light"),
    ("fr", NARROW, "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


def enter(page: Page, live_server: Any, user: User) -> None:
    """Give this page the session of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


@pytest.fixture
def busy(
    cycle: Cycle, person: Settle, david: User, claire: User, dominique: User
) -> list[Application]:
    """Six files: read, argued about, half written, untouched, answered."""
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Tremblay-Nguyen")
    cycle.intakes.update(seats=2)
    names = ["Linh Trần-Gauthier", "Kwame Asante-Poirier", "Noor Haddad", "Théo Gagnon-Bélair"]
    files = [
        factories.submitted(person(f"one{index}", full_name=name), cycle)
        for index, name in enumerate([*names, "Ananya Raghunath", "Awa Ndiaye"])
    ]
    for file, (one, two) in zip(files, [(5, 4), (1, 5), (3, 3)], strict=False):
        judging.reviewed(file, david, one, one, 4, by=claire)
        judging.reviewed(file, zoe, two, 4, None, by=claire)
    judging.saved(judging.assigned(files[3], david, by=claire), 4, comment="Ask about team work.")
    for file in files[4:]:
        judging.assigned(file, david, by=claire)
    row = decisions.propose(files[0], "accept", factories.program(), by=claire)
    decisions.approve(row, by=dominique)
    decisions.propose(files[1], "waitlist", factories.program(), by=claire)
    remarks.say(files[0], "What convinces me is the project.\n\nThe grades less so.", by=david)
    remarks.withdraw(remarks.say(files[0], "Never mind.", by=zoe), by=zoe)
    estimates.estimate(cycle)
    scoring.take_back(Assignment.objects.get(application=files[2], reviewer=zoe), by=zoe)
    return files


def look(page: Page, address: str, name: str) -> list[str]:
    """Open a page and say all that is wrong with it."""
    page.goto(address)
    picture(page, name)
    found = [f"{name}: {violation}" for violation in axe(page)]
    if (sideways := overflow(page)) > 0:
        found.append(f"{name}: scrolls sideways by {sideways} px")
    return found


def addresses(busy: list[Application], david: User) -> tuple[dict[str, str], dict[str, str]]:
    """The reader's pages and the coordination's, by the name of their picture."""
    rows = {row.application_id: row for row in Assignment.objects.filter(reviewer=david)}
    reading = {
        "queue": "queue/",
        "queue-sent": "queue/?show=sent",
        "review": f"queue/{rows[busy[3].pk].pk}/",
        "review-sent": f"queue/{rows[busy[0].pk].pk}/",
        "conflict": f"queue/{rows[busy[4].pk].pk}/conflict/",
        "discussion": f"files/{busy[0].number}/discussion/",
        "remark": f"remarks/{busy[0].remarks.all()[0].pk}/correct/",
    }
    office = {
        "board": "files/",
        "board-none": "files/?q=zzz",
        "file": f"files/{busy[0].number}/",
        "decisions": "decisions/",
        "compare": "compare/?" + "&".join(f"n={row.number}" for row in busy[:4]),
        "scales": "readers/scales/",
        "releases": "releases/",
    }
    return reading, office


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    busy: list[Application],
    david: User,
    claire: User,
    dominique: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    wrong: list[str] = []
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    look_of = f"{language}-{width}-{scheme}"
    reading, office = addresses(busy, david)
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, david)
        for name, path in reading.items():
            wrong += look(page, home + path, f"{name}-{look_of}")
        enter(page, live_server, claire)
        for name, path in office.items():
            wrong += look(page, home + path, f"{name}-{look_of}")
        for file in busy:
            decisions.propose(file, "decline", by=claire)
        enter(page, live_server, dominique)
        wrong += look(page, f"{home}decisions/", f"decisions-director-{look_of}")
        decisions.approve_all(judging.all_proposed(), by=dominique)
        release = releasing.prepare_release(busy[0].cycle, by=claire, while_open=True)
        wrong += look(page, f"{home}releases/{release.pk}/", f"dry-run-{look_of}")
        releasing.release(release, by=dominique)
        wrong += look(page, f"{home}releases/{release.pk}/", f"released-{look_of}")
        assert complaints(page) == []
    assert wrong == []


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for something to become true in the database, 20 seconds at most."""
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def test_the_desk_saves_by_itself_and_answers_to_keys(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/queue/{assignment.pk}/")
        page.locator("[data-crit] input").first.focus()
        page.keyboard.press("4")
        page.keyboard.press("n")
        page.keyboard.press("2")
        expect(page.locator("[data-scored]")).to_have_text("3 of 3")
        expect(page.locator("[data-state]")).to_contain_text("Saved at")
        page.get_by_label("For the committee").fill("Typed, never submitted")
        until(page, lambda: Review.objects.get().comment == "Typed, never submitted")
        review = Review.objects.get()
        assert sorted(map(str, scoring.scores_of(review).values())) == ["2", "4", "None"]
        page.locator("label", has_text="Strong accept").click()
        page.get_by_label("For the committee").focus()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("0 files left to read")
        assert Review.objects.get().recommendation == "strong_accept"
        assert complaints(page) == []


def test_the_desk_works_without_a_script(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser, java_script_enabled=False) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/queue/{assignment.pk}/")
        for criterion in page.locator("[data-crit]").all():
            criterion.locator("label", has_text="3").first.click()
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_text("Saved as a draft.")).to_be_visible()
        page.locator("label", has_text="Decline").click()
        page.get_by_role("button", name="Hand in").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("0 files left to read")


def test_another_tab_stops_the_script(
    browser: Browser, live_server: Any, assignment: Assignment, david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/queue/{assignment.pk}/")
        judging.saved(assignment, 1, comment="The other tab")
        page.get_by_label("For the committee").fill("This tab")
        expect(page.locator("[data-state]")).to_contain_text("another tab")
        assert Review.objects.get().comment == "The other tab"
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_text("Saving again replaces")).to_be_visible()
        expect(page.get_by_label("For the committee")).to_have_value("This tab")
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_text("Saved as a draft.")).to_be_visible()
        assert Review.objects.get().comment == "This tab"
