"""The pages of permits in a browser: readable by everyone, in both languages, narrow and wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import User
from permits.models import Kind, State, WhyNot
from tests.followup.factories import World
from tests.followup.test_look import enter, judge
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, reader
from tests.permits.factories import (
    accepted,
    admitted,
    ago,
    guides,
    reported,
    terms,
    today,
    told,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
LOOKS: list[tuple[str, int, Scheme]] = [
    ("fr", NARROW, "light"),
    ("en", WIDE, "light"),
    ("en", NARROW, "dark"),
    ("fr", WIDE, "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


def a_long_way(world: World, user: User) -> str:
    """Every state at once, with all that the office may write."""
    file = accepted(world, user)
    guides(world.cycle)
    terms(
        world.cycle,
        funds_one=24617,
        funds_two=34814,
        funds_as_of=today(),
        funds_fr="Plus les droits de scolarité.",
        funds_en="Plus tuition.",
    )
    admitted(file, world.claire)
    told(file, "none")
    reported(file, Kind.FUNDS, State.NOT_NEEDED, why_not=WhyNot.AUTHORITY)
    reported(file, Kind.CAQ, State.OBTAINED, obtained_on=ago(9), valid_until=today())
    reported(file, Kind.STUDY, State.ASKED, asked_on=ago(5))
    reported(file, Kind.STUDY, State.MORE, more_on=ago(2))
    reported(file, Kind.COOP, State.ASKED, asked_on=ago(5))
    reported(file, Kind.COOP, State.REFUSED, refused_on=ago(1))
    return file.number


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_permits_are_for_everyone(
    browser: Browser,
    live_server: Any,
    world: World,
    amina: User,
    bruno: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    number, site = a_long_way(world, amina), live_server.url
    begun = accepted(world, bruno).number
    visits: list[tuple[User, str, list[str]]] = [
        (amina, "permits", [number]),
        (amina, "permit_status", [number]),
        (amina, "permit_step", [number, "caq", "obtained"]),
        (amina, "permit_step", [number, "funds", "not_needed"]),
        (bruno, "permits", [begun]),
        (world.claire, "permits_office", [number]),
        (world.claire, "permit_put_right", [number, "study"]),
    ]
    if width == WIDE:
        visits.append((amina, "my_application", []))
    with override(language):
        for index, (user, name, args) in enumerate(visits):
            with reader(browser, width=width, scheme=scheme) as page:
                enter(page, site, user)
                page.goto(site + reverse(name, args=args))
                judge(page, f"permits-{index}-{name}-{language}-{width}")
                if name == "permit_step":
                    page.locator("main form button").first.click()
                    judge(page, f"permits-{index}-{name}-again-{language}-{width}")
