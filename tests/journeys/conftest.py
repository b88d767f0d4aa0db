"""One Chromium for the stories of a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; a test opens a `reader(browser, …)` of its own in it."""
    with chromium() as started:
        yield started
