"""What is found, kept and taken away, in a real browser: full and empty, axe, width, pictures to look at."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import Role, User
from applications.sought import sealed
from cycles.models import Cycle
from finding import exporting, keeping, making
from finding.lists import LISTS
from finding.models import Export
from tests import factories
from tests.followup.factories import World
from tests.followup.test_look import enter, judge
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, reader

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.journey,
]
LOOKS: list[tuple[str, int, Scheme]] = [("fr", NARROW, "dark"), ("en", WIDE, "light")]
LONG = "Les demandes en retard du programme professionnel, à relancer"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


def lived(world: World, cycle: Cycle) -> dict[str, str]:
    """Files with names of many scripts, views of one's own and of others, exports in every state; the pages to look at."""
    claire, board = world.claire, LISTS["board"]
    for number, name in enumerate(("Amina Benali", "فاطمه رضایی", "Chloé Tremblay-Nguyễn")):
        factories.submitted(world.person(f"p{number}", full_name=name), cycle)
    keeping.keep(board, LONG[:60], {"state": "filed"}, by=claire, first=True)
    dropped = keeping.keep(board, "À oublier", {"state": "read"}, by=claire)
    keeping.drop(dropped, by=claire)
    keeping.keep(board, "Du bureau", {"state": "filed"}, by=world.dominique, share=True)
    ready = exporting.ask(board, {"state": "filed"}, "csv", language="fr", by=claire)
    making.make_due()
    waits = exporting.ask(board, {}, "xlsx", language="fr", by=claire)
    cancelled = exporting.cancel(
        exporting.ask(board, {}, "csv", language="fr", by=claire), by=claire
    )
    failed = exporting.ask(board, {}, "csv", language="fr", by=claire)
    making.fail(failed, Export.Problem.KILLED)
    states = {"ready": ready, "waits": waits, "cancelled": cancelled, "failed": failed}
    told = {f"export-{name}": reverse("export_show", args=[row.pk]) for name, row in states.items()}
    return {
        "search-empty": reverse("search"),
        "search-found": f"{reverse('search')}?q={sealed('benali')}",
        "search-nearly": f"{reverse('search')}?q={sealed('tremlbay')}",
        "search-none": f"{reverse('search')}?q={sealed('zzzzzz')}",
        "board-views": f"{reverse('board')}?state=filed",
        "exports": reverse("exports"),
        "statistics": reverse("statistics"),
        **told,
    }


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_what_is_found_and_taken_away_is_for_everyone(
    browser: Browser,
    live_server: Any,
    person: Any,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    site = live_server.url
    nobody: User = person("corinne", Role.COORDINATOR)
    with override(language), reader(browser, width=width, scheme=scheme) as page:
        enter(page, site, nobody)
        for name in ("exports", "statistics"):
            page.goto(site + reverse(name))
            judge(page, f"finding-{name}-nothing-{language}-{width}")
        world = World(person)
        pages = lived(world, world.cycle)
        enter(page, site, world.claire)
        for name, path in pages.items():
            page.goto(site + path)
            judge(page, f"finding-{name}-{language}-{width}")
