"""The applicant's pages of scholarships in a browser: for everyone, both languages, narrow and wide; counted and added up alike."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, expect

from accounts.models import User
from applications.models import Application
from scholarships import proofs
from scholarships.models import Category
from scholarships.words import count_words
from tests import factories
from tests.followup.factories import World
from tests.followup.test_look import enter, judge
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, reader
from tests.scholarships.factories import a_draft, a_round, sent
from tests.scholarships.test_words import TEXTS

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.journey,
]
LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", NARROW, "light"),
    ("en", WIDE, "light"),
    ("en", NARROW, "dark"),
    ("fr", WIDE, "dark"),
]
OWN = (
    *("scholarship_statement", "scholarship_send", "scholarship_withdraw"),
    *("scholarship_confidential", "scholarship_confidential_erase"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_scholarships_are_for_everyone(
    browser: Browser,
    live_server: Any,
    world: World,
    file: Application,
    amina: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    third = a_round(world.cycle, Category.SOCIOECONOMIC)
    mine, first = sent(third, file), a_draft(a_round(world.cycle), file)
    soon = timezone.now() + timedelta(days=3)
    second = a_round(world.cycle, Category.EDI_RESEARCH, amount=None, awards=None)
    a_round(world.cycle, Category.EDI_RESEARCH, opens_at=soon)
    mine.shortlisted_at = timezone.now()
    mine.save()
    proofs.keep(mine, factories.upload_of(name="avis.pdf"), by=amina)
    site = live_server.url
    pages: list[tuple[str, list[Any]]] = [("my_application", []), ("scholarships", [])]
    pages += [("scholarship", [row.pk]) for row in (third, first.round, second)]
    pages += [(name, [one.number]) for name in OWN for one in (mine, first)]
    pages += [("scholarship_proof", [mine.number])]
    pages += [("scholarship_consent_withdraw", [mine.number, "panel"])]
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, amina)
        for number, (name, args) in enumerate(pages):
            page.goto(site + reverse(name, args=args))
            judge(page, f"sch-{number}-{name}-{language}-{width}")
        page.goto(site + reverse("scholarship_confidential", args=[first.number]))
        page.locator("[name=agree]").uncheck()
        page.get_by_role("button", name="scellé" if language == "fr" else "sealed").click()
        judge(page, f"sch-errors-{language}-{width}")


def test_words_and_sums_are_the_same_on_both_sides(
    browser: Browser, live_server: Any, world: World, file: Application, amina: User
) -> None:
    mine = a_draft(a_round(world.cycle, Category.SOCIOECONOMIC), file)
    site = live_server.url
    with override("en"), reader(browser, width=WIDE) as page:
        enter(page, site, amina)
        page.goto(site + reverse("scholarship_statement", args=[mine.number]))
        for text in TEXTS:
            # What a textarea makes of a text is what the form sends.
            page.locator("#id_statement").fill(text)
            held = page.locator("#id_statement").input_value()
            counter = page.locator("#id_statement_count")
            expect(counter).to_have_text(f"{count_words(held)} / 500 words")
        page.goto(site + reverse("scholarship_confidential", args=[mine.number]))
        totals = "[data-total=income]", "[data-total=expenses]", "[data-balance]"
        by_server = ["$9,000", "$11,000.50", "−$2,000.50"]
        assert [page.locator(total).inner_text() for total in totals] == by_server
        page.locator("#id_income-work").fill("1 234,10")
        page.locator("#id_income-family").fill("0.20")
        page.locator("#id_expenses-food").fill("beaucoup")
        expect(page.locator(totals[0])).to_have_text("$1,234.30")
        expect(page.locator(totals[2])).to_have_text("−$9,766.20")
        assert "zqx" not in page.evaluate("JSON.stringify(localStorage)")
