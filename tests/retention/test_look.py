"""The pages about the end of records, in a real browser: axe, width, pictures to look at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import User
from cycles.clock import day_of
from retention import executing, holding, incidents, lists
from retention.models import Disposal, Incident, Kind
from tests import factories
from tests.followup.factories import World
from tests.followup.test_look import enter, judge
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, reader
from tests.retention.factories import approved

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.journey,
]
LOOKS: list[tuple[str, int, Scheme]] = [("fr", NARROW, "dark"), ("en", WIDE, "light")]
WHY = "Une plainte est à l’étude."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


def lived(world: World, amina: User) -> dict[str, list[Any]]:
    """A list that is done, one that waits, a file that is held, an incident; the pages to look at."""
    at = world.cycle.closes_at + timedelta(days=91)
    factories.draft(world.person("bruno"), world.cycle)
    done = approved(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    executing.execute_approved(at=at)
    for name in ("chloe", "emil"):
        factories.draft(world.person(name), world.cycle)
    held = factories.submitted(amina, world.cycle)
    holding.hold(held, why=WHY, by=world.claire)
    lists.list_due(at=at)
    waiting = Disposal.objects.exclude(pk=done.pk).get(kind=Kind.DRAFT)
    lists.leave_out(waiting.items.all()[0], why=WHY, by=world.claire)
    row = Incident(
        found_on=day_of(timezone.now()), what="Une liste envoyée à un tiers.", information="Noms."
    )
    incidents.save(row, by=world.dominique)
    return {
        "retention": [],
        "disposal": [waiting.pk],
        "disposal ": [done.pk],
        "incidents": [],
        "incident": [row.pk],
        "incident_add": [],
    }


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_records_are_for_everyone(
    browser: Browser,
    live_server: Any,
    person: Any,
    amina: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    world = World(person)
    pages = lived(world, amina)
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        for user, name, values in [
            *((world.dominique, name, values) for name, values in pages.items()),
            (amina, "my_consents", []),
        ]:
            enter(page, live_server.url, user)
            page.goto(live_server.url + reverse(name.strip(), args=values))
            judge(page, f"retention-{name.replace(' ', '-done')}-{language}-{width}")
