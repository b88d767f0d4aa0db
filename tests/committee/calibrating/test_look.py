"""Calibration and progress in a real browser: axe, width, both languages, the keys."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accounts.models import User
from committee import reminding
from committee.models import Anchor, AnchorReading
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.models import Assignment, Review
from tests.committee.calibrating import factories as committee
from tests.journeys.browser import (
    NARROW,
    PHONE,
    WIDE,
    Scheme,
    chromium,
    complaints,
    reader,
)
from tests.reviews import factories as judging
from tests.reviews.test_look import enter, look

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]

LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", WIDE, "light"),
    ("en", PHONE, "light"),
    ("fr", NARROW, "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def busy(
    cycle: Cycle, anchors: list[Anchor], readers: list[User], david: User, claire: User
) -> None:
    """A month of reading: one is late, one is fast, one has not begun; all but David are calibrated."""
    Cycle.objects.update(reviews_per_file=2)
    zoe, yan, xin, _will = readers
    for who, value in zip(readers, (2, 3, 4, 4), strict=True):
        committee.calibrated(anchors, who, value, 3, value + 1)
    study = cycle.criteria.all()[0]
    Anchor.objects.filter(pk=anchors[0].pk).update(reference={str(study.pk): 3})
    now, files = timezone.now(), judging.filed(40, cycle)
    for index, file in enumerate(files):
        row = judging.assigned(file, (zoe, yan)[index % 2], by=claire)
        if index < 26:
            judging.hand_in(row, 3, 4, 2)
            committee.handed_in_at(row, now - timedelta(days=1 + index * index % 23))
    for file in files[:9]:
        judging.assigned(file, david, by=claire)
    for file in files[9:12]:
        judging.assigned(file, xin, by=claire)
    judging.saved(Assignment.objects.filter(reviewer=zoe, status="assigned")[0], 4)
    past = day_of(now) - timedelta(days=2)
    Assignment.objects.filter(reviewer=xin).update(due_on=past)
    Assignment.objects.filter(reviewer=david).update(assigned_at=now - timedelta(days=9))
    ahead = Review.objects.filter(assignment__reviewer=zoe).order_by("handed_in_at")
    ahead.filter(pk__in=list(ahead.values_list("pk", flat=True)[:4])).update(mark=4)
    reminding.remind(cycle, [xin.pk], by=claire, now=now)


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    busy: None,
    cycle: Cycle,
    anchors: list[Anchor],
    readers: list[User],
    david: User,
    claire: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    ticked = "&".join(f"ticked={one.pk}" for one in [david, *readers[:3]])
    own = f"progress/readers/{david.pk}/"
    visits: list[tuple[User, str, str]] = [
        (david, "calibration-begin", "calibration/"),
        (david, "calibration-read", f"calibration/{anchors[1].pk}/"),
        (readers[0], "calibration-done", "calibration/"),
        (readers[0], "calibration-locked", f"calibration/{anchors[0].pk}/"),
        (claire, "progress", "progress/"),
        (claire, "progress-calibration", "progress/calibration/"),
        (claire, "progress-remind", f"progress/remind/?cycle={cycle.code}&{ticked}"),
        (claire, "progress-reader", own),
    ]
    wrong: list[str] = []
    with reader(browser, width=width, scheme=scheme) as page:
        for who, name, path in visits:
            enter(page, live_server, who)
            wrong += look(page, home + path, f"{name}-{language}-{width}-{scheme}")
        Assignment.objects.all().update(status="returned")
        wrong += look(page, home + own, f"progress-reader-none-{language}-{width}")
        assert complaints(page) == []
    assert wrong == []


def test_with_keys_alone(
    browser: Browser, live_server: Any, anchors: list[Anchor], david: User
) -> None:
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/calibration/")
        page.get_by_role("link", name="Begin").click()
        for _anchor in anchors:
            page.locator("[data-crit] input").first.focus()
            for key in ("4", "n", "2"):
                page.keyboard.press(key)
            page.keyboard.press("Control+Enter")
            expect(page.get_by_text("Saved").first).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text("My calibration")
        assert complaints(page) == []
    values = {tuple(row.values.values()) for row in AnchorReading.objects.all()}
    assert values == {(4, None, 2)}


def test_ticked_read_and_sent(
    browser: Browser, live_server: Any, busy: None, david: User, claire: User
) -> None:
    with reader(browser, width=PHONE) as page:
        enter(page, live_server, claire)
        page.goto(f"{live_server.url}/en/progress/")
        page.get_by_label("Tick David Chen").check()
        expect(page.locator("[data-count]")).to_have_text("✓ 1")
        page.get_by_role("button", name="Remind those ticked").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Remind 1 reader")
        page.get_by_role("button", name="Send the letter").click()
        expect(page.get_by_text("1 reminder is leaving.")).to_be_visible()
        assert complaints(page) == []
