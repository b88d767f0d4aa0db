"""The pages of UdeM's lists in a browser: nothing for axe to say, nothing out of the page, both languages, narrow and wide."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import Role, User
from reconciliation.models import UdemList, Word
from tests import factories
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
from tests.reconciliation.factories import Somebody, compared, received, row, settled, table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
LOOKS: list[tuple[str, int, Scheme]] = [("fr", NARROW, "light"), ("en", WIDE, "dark")]
ZOE = Somebody("Lévesque-Ouédraogo", "Zoé", "20481111", date(1999, 5, 4), filed=True)
LUC = Somebody("Roy", "Luc", "20482222", date(1998, 3, 2), filed=True)
MIA = Somebody("Costa", "Mia", "20483333", date(2000, 1, 2))
PAGES = (
    *(("udem_list", ""), ("udem_list_lines", ""), ("udem_list_lines", "show=unknown")),
    ("udem_list_changes", ""),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as started:
        yield started
        connections.close_all()


def lists(claire: User) -> tuple[UdemList, UdemList]:
    """One that was compared, with every kind of line and change; one whose columns are looked at."""
    cycle = factories.cycle()
    settled([ZOE, LUC, MIA], cycle, by=claire)
    said = [
        row(
            ZOE,
            Statut="Admis",
            **{"Date du statut": "2027-02-20", "Date de la demande": "2027-01-30"},
        ),
        row(LUC, Courriel="", Matricule="20482223", **{"Date de naissance": ""}),
        row(MIA, **{"Date de la demande": ""}, Statut="Admis"),
        row(Somebody("Étranger", "Line", "20489999")),
    ]
    udem_list = compared(cycle, table(said), by=claire)
    Word.objects.filter(word="admis").delete()
    return udem_list, received(cycle, table(said[:2]), by=claire)


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_lists_look_right(
    browser: Browser,
    live_server: Any,
    person: Callable[..., User],
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    claire = person("claire", Role.COORDINATOR)
    udem_list, fresh = lists(claire)
    client = Client()
    client.force_login(claire)
    site = live_server.url
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with override(language):
        addresses = [
            *((name, f"{reverse(name, args=[udem_list.pk])}?{query}") for name, query in PAGES),
            ("udem_list_columns", reverse("udem_list_columns", args=[fresh.pk])),
            *((name, reverse(name)) for name in ("udem_lists", "udem_words", "udem_export")),
        ]
    with reader(browser, width=width, scheme=scheme) as page:
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}]
        )
        for name, address in addresses:
            page.goto(f"{site}{address}")
            picture(page, f"{name}-{language}-{width}")
            assert axe(page) == [], address
            assert overflow(page) == 0, address
            assert complaints(page) == [], address
