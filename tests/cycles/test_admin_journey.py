"""An administrator who has never seen the product sets next year up from Django admin alone, in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page

from accounts.models import User
from cycles.models import Cycle
from tests import factories
from tests.cycles.factories import criterion, question
from tests.journeys.browser import (
    PHONE,
    WIDE,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as browser:
        yield browser
        connections.close_all()


def judge(page: Page, name: str) -> None:
    """Nothing for axe to say, nothing out of the page, no script that complains."""
    page.wait_for_load_state("networkidle")  # a page that is being left has nothing to judge
    picture(page, name)
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    # jQuery, which Django's own pages load, tries inline styles on an element that nobody sees.
    ours = [text for text in complaints(page) if "inline style" not in text]
    assert ours == [], name


def signed_in(page: Page, site: str, user: User) -> None:
    """Give the browser a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


@pytest.fixture
def this_year() -> Cycle:
    """An opened cycle like those of any year."""
    cycle = factories.cycle()
    criterion(cycle)
    question(
        cycle,
        "montreal",
        label_fr="Habitez-vous déjà à Montréal ?",
        label_en="Do you already live in Montréal?",
        position=1,
    )
    return cycle


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE)])
def test_every_page_is_for_everyone(
    browser: Browser, live_server: Any, adam: User, this_year: Cycle, language: str, width: int
) -> None:
    asked = this_year.questions.get()
    prefix = f"{live_server.url}{'/en' if language == 'en' else ''}/admin/"
    pages = [
        ("home", ""),
        ("cycles", "cycles/cycle/"),
        ("cycle", f"cycles/cycle/{this_year.pk}/change/"),
        ("cycle-new", "cycles/cycle/add/"),
        ("cycle-copy", f"cycles/cycle/{this_year.pk}/copy/"),
        ("cycle-publish", f"cycles/cycle/{this_year.pk}/publish/"),
        ("question", f"cycles/question/{asked.pk}/change/"),
        ("question-new", f"cycles/question/add/?cycle={this_year.pk}"),
        ("question-retire", f"cycles/question/{asked.pk}/retire/"),
        ("program", f"cycles/program/{factories.program().pk}/change/"),
        ("programs", "cycles/program/"),
        ("courses", "cycles/course/"),
    ]
    with translation.override(language), reader(browser, width=width) as page:
        signed_in(page, live_server.url, adam)
        for name, address in pages:
            page.goto(prefix + address)
            judge(page, f"{name}-{language}-{width}")


def save(page: Page) -> None:
    """The first of Django's three buttons, and the page that it leads to."""
    with page.expect_navigation():
        page.locator("input[name=_save]").first.click()
    assert page.locator(".errornote").count() == 0, page.locator("#content").inner_text()


def test_next_year_is_set_up_from_the_admin_alone(
    browser: Browser, live_server: Any, adam: User, this_year: Cycle
) -> None:
    with translation.override("en"), reader(browser) as page:
        signed_in(page, live_server.url, adam)
        page.goto(f"{live_server.url}/en/admin/")
        page.get_by_role("link", name="Cycles", exact=True).click()
        page.get_by_role("link", name="Fall 2027").click()
        page.get_by_role("link", name="Copy to next year").click()
        page.get_by_role("button", name="Make Fall 2028").click()
        change_a_date(page)
        add_a_question(page)
        refused_then_published(page)
    new = Cycle.objects.get(code="A28")
    assert new.is_published
    why = new.questions.get(code="what-would-bring-you-here")
    assert (why.shown_if, why.shown_when) == (new.questions.get(code="montreal"), "no")
    assert [why.kind, why.limit, why.label_en] == ["text", 120, "What would bring you here?"]


def change_a_date(page: Page) -> None:
    """A contradiction is said at its field; then it is put right."""
    picture(page, "journey-1-copied")
    closes = page.get_by_label("Closes")
    right = closes.input_value()
    closes.fill("2029-12-01T23:59:59")
    page.locator("input[name=_save]").first.click()
    page.get_by_role("link", name="Documents cannot be due before the cycle closes.").click()
    judge(page, "journey-2-contradiction")
    page.get_by_label("Closes").fill(f"{right[:10]}T23:59:59")
    save(page)


def add_a_question(page: Page) -> None:
    """One more question, asked of those who answered no to the first; its English is forgotten."""
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question in French").fill("Qu’est-ce qui vous amènerait ici ?")
    page.get_by_label("Question in English").fill("What would bring you here?")
    page.get_by_label("Advice in French").fill("Une phrase suffit.")
    assert not page.get_by_label("Longest answer").is_visible()
    page.get_by_label("Kind of answer").select_option("text")
    assert not page.get_by_label("Choices in French").is_visible()
    page.get_by_label("Longest answer").fill("120")
    page.get_by_label("Only asked when").select_option(
        label="Do you already live in Montréal? → No"
    )
    judge(page, "journey-3-question")
    save(page)


def refused_then_published(page: Page) -> None:
    """What is missing is told with the way to it; once it is there, the cycle is published."""
    judge(page, "journey-4-one-thing-left")
    page.get_by_role("link", name="Publish").click()
    judge(page, "journey-5-refused")
    assert page.get_by_role("button", name="Publish").count() == 0
    page.get_by_role("link", name="written in one language only").click()
    page.get_by_label("Advice in English").fill("One sentence is enough.")
    save(page)
    previewed(page)
    page.get_by_role("link", name="Publish").click()
    judge(page, "journey-6-ready")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Fall 2028 is published.").wait_for()
    judge(page, "journey-7-published")


def previewed(page: Page) -> None:
    """Each step of the form as somebody who asks for both programs will meet it, in both languages."""
    page.get_by_role("link", name="Preview the form").click()
    page.get_by_label("D.E.S.S.", exact=False).or_(
        page.get_by_label("Graduate diploma")
    ).first.check()
    page.get_by_role("button", name="Show", exact=True).click()
    judge(page, "journey-8-preview-you")
    assert page.locator("#id_first_names").is_disabled()
    page.locator(".steps-full").get_by_role("link", name="Documents").click()
    judge(page, "journey-9-preview-documents")
    page.get_by_role("link", name="Français").click()
    page.get_by_text("rien n’est enregistré").wait_for()
    page.set_viewport_size({"width": PHONE, "height": 900})
    judge(page, "journey-10-preview-phone")
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.get_by_role("link", name="Retour à la configuration").click()
    page.get_by_role("link", name="English").click()
