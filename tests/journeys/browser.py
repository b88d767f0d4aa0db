"""A real Chromium for the tests: how it starts, how a page is judged by axe, where its pictures go."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = (Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE, NARROW = 1280, 390, 320
Scheme = Literal["light", "dark"]

# A closed network: nothing may be looked up in the background, at start or later.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Chromium:
    """The one browser of this process, started once and kept for the files that come after.

    Playwright keeps an event loop in the thread that called it. Between two files that use the browser the loop is
    laid aside, as other tests run loops of their own.
    """

    def __init__(self) -> None:
        self.browser: Browser | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.ends = ExitStack()

    def take(self) -> Browser:
        """The browser; a new one where none runs."""
        asyncio._set_running_loop(self.loop)
        if self.browser is None or not self.browser.is_connected():
            self.ends.close()
            playwright = self.ends.enter_context(sync_playwright())
            path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            self.browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            self.ends.callback(self.browser.close)
        return self.browser

    def lay_aside(self) -> None:
        """Close what the tests of a file left open, and give the thread back."""
        for context in self.browser.contexts if self.browser else ():
            context.close()
        self.loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)

    def end(self) -> None:
        """At the end of the process."""
        asyncio._set_running_loop(self.loop)
        self.ends.close()
        asyncio._set_running_loop(None)
        self.browser = self.loop = None


SHARED = Chromium()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless.

    Django takes Playwright's loop for asynchronous code: the tests' own look-ups in the database would be refused
    without saying that this thread is an ordinary one.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        yield SHARED.take()
    finally:
        SHARED.lay_aside()
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@contextmanager
def reader(
    browser: Browser,
    *,
    width: int = WIDE,
    scheme: Scheme = "light",
    zone: str = "America/Toronto",
    **options: Any,
) -> Iterator[Page]:
    """One person's empty browser, closed afterwards; what its scripts complained of is in `complaints(page)`."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        timezone_id=zone,
        reduced_motion="reduce",
        **options,
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type == "error" else None,
    )
    page._complaints = errors  # type: ignore[attr-defined]
    try:
        yield page
    finally:
        context.close()


def complaints(page: Page) -> list[str]:
    """Errors of scripts and policies so far, without the browser's own line about a status of 400 and over."""
    errors: list[str] = page._complaints  # type: ignore[attr-defined]
    return [error for error in errors if "the server responded with a status of" not in error]


@dataclass(frozen=True)
class Violation:
    """One thing that axe found."""

    rule: str
    impact: str
    where: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}) at {self.where}: {self.summary}"


def bring_axe(page: Page) -> None:
    """Axe's script enters beside the page's own policy.

    Half a megabyte is sent to a page once: where the page goes from there, it is at hand, unread until it is called.
    """
    if not page.evaluate("() => Boolean(window.bringAxe && (window.axe || !window.bringAxe()))"):
        page.evaluate(AXE)
        page.add_init_script(f"window.bringAxe = () => {{{AXE}}}")


def axe(page: Page) -> list[Violation]:
    """What axe-core finds on the page as it stands."""
    bring_axe(page)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}}).then(r => r.violations)",
        RULES,
    )
    return [
        Violation(
            entry["id"], str(entry["impact"]), json.dumps(node["target"]), node["failureSummary"]
        )
        for entry in found
        for node in entry["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page scrolls sideways; 0 is right."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def picture(page: Page, name: str) -> None:
    """Keep a screenshot where PICTURES says, for people to look at; without it, none is taken."""
    if folder := os.environ.get("PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
