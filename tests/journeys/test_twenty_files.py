"""A professor reads and scores twenty files with ten fingers: from the queue to "All read", no mouse."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from applications.models import Application, Submission
from cycles.models import Cycle
from reviews import queue
from reviews.models import Assignment, Review
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import complaints, reader
from tests.reviews import factories as judging
from tests.reviews.test_look import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FILES = 20
ADVICE = {"s": "strong_accept", "a": "accept", "w": "waitlist", "d": "decline"}


@pytest.fixture
def pile(person: Settle, david: User, claire: User) -> Cycle:
    """Twenty files of David's: one that went the whole way, and copies of what it submitted."""
    cycle = judging.cycle(reviews_per_file=1)
    first = factories.submitted(person("first"), cycle)
    told = Submission.objects.get()
    files: list[Application] = [first, *judging.filed(FILES - 1, cycle)]
    Submission.objects.bulk_create(
        Submission(
            application=file,
            version=1,
            revision=file.revision,
            receipt=f"MPP-{file.number}-1",
            at=told.at,
            content={**told.content, "number": file.number},
            sha256=told.sha256,
            notice_version=told.notice_version,
        )
        for file in files[1:]
    )
    for file in files:
        judging.assigned(file, david, by=claire)
    return cycle


def marks(index: int) -> tuple[str, str, str, str, str]:
    """What is pressed for the file of this index: three criteria, the advice, the confidence."""
    return (
        str(index % 5 + 1),
        "n" if index % 7 == 3 else str((index + 2) % 5 + 1),
        str((index + 1) % 5 + 1),
        "sawd"[index % 4],
        str(index % 3 + 3),
    )


def read_one(page: Page, index: int) -> None:
    """One file: scores, advice, confidence; every third one with a word to the committee."""
    for key in marks(index):
        page.keyboard.press(key)
    if index % 3 == 0:
        page.keyboard.press("m")
        page.keyboard.type(f"File {index}: nine men in a boat.")
    before = page.url.partition("?")[0]
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url.partition("?")[0] != before)


def test_twenty_files_by_the_keyboard_alone(
    browser: Browser, live_server: Any, pile: Cycle, david: User
) -> None:
    order = list(queue.files_of(david, pile))
    with reader(browser) as page:
        enter(page, live_server, david)
        page.goto(f"{live_server.url}/en/queue/")
        # Over the rows and back to the first, which Enter opens; then one after the other.
        page.keyboard.press("Enter")
        expect(page.locator(".rail [aria-current]")).to_contain_text(order[0].application.number)
        page.keyboard.press("q")
        page.wait_for_url("**/queue/")
        for key in ("j", "ArrowDown", "k"):
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        for index, row in enumerate(order):
            expect(page.locator(".rail [aria-current]")).to_contain_text(row.application.number)
            read_one(page, index)
        expect(page.get_by_role("heading", name="All read. Thank you!")).to_be_visible()
        assert complaints(page) == []
    assert Assignment.objects.filter(status="handed_in").count() == FILES
    for index, row in enumerate(order):
        review = Review.objects.get(assignment=row)
        one, two, three, advice, confidence = marks(index)
        scored = [score.value for score in review.scores.order_by("criterion__position")]
        assert scored == [int(one), None if two == "n" else int(two), int(three)]
        assert review.recommendation == ADVICE[advice]
        assert review.confidence == int(confidence)
        assert bool(review.comment) == (index % 3 == 0)
    assert Role.REVIEWER in david.roles
