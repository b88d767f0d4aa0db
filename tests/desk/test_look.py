"""The desk's pages, and the applicant's side of them, in a real browser: axe, width, pictures to look at."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from desk import checking, closing, talking
from notifications import switching
from notifications.models import OutgoingEmail
from tests import factories
from tests.conftest import Settle
from tests.desk.factories import accepted, asked, received
from tests.journeys.browser import (
    NARROW,
    PHONE,
    WIDE,
    Scheme,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
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


def enter(page: Page, live_server: Any, user: User) -> None:
    """Give this page the session of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


def trouble_with_mail(application: Application, claire: User) -> OutgoingEmail:
    """Every acknowledgement came back, and all mail is paused; that of this file."""
    OutgoingEmail.objects.filter(letter="acknowledgement").update(
        status="bounced", error="550 No such person", tried_at=timezone.now(), attempts=1
    )
    switching.pause(by=claire, why="Le texte d’un courriel est à corriger.")
    return OutgoingEmail.objects.about(application).get(letter="acknowledgement")


@pytest.fixture
def busy(
    cycle: Cycle, application: Application, person: Settle, claire: User, amina: User
) -> dict[str, str]:
    """Files in every state; the pages to look at, by the name of their picture."""
    names = ["Linh Trần-Gauthier", "Kwame Asante-Poirier", "Noor Haddad", "Théo Gagnon-Bélair"]
    files = [
        factories.submitted(person(f"one{index}", full_name=name), cycle)
        for index, name in enumerate(names)
    ]
    Application.objects.filter(pk__in=[files[0].pk, files[1].pk]).update(phone="+15145550101")
    late = asked(files[0], by=claire, days=-2)
    checking.mark_complete(files[1], by=claire)
    closing.close_incomplete(files[2], by=claire, why="Le relevé n’est jamais arrivé.")
    waiting = asked(application, by=claire, title="Relevé de notes final, avec le sceau")
    received(asked(application, by=claire, title="Traduction certifiée du diplôme"))
    accepted(application, by=claire, title="Diplôme")
    talking.write(application, "Bonjour, puis-je envoyer le relevé lundi?", by=amina)
    talking.write(application, "Oui, nous avons reporté la date.", by=claire)
    talking.write(application, "Merci beaucoup!", by=amina)
    letter = trouble_with_mail(application, claire)
    pair = f"desk/duplicates/{files[0].applicant_id}/{files[1].applicant_id}/"
    number = application.number
    return {
        "board": "desk/",
        "board-all": "desk/?state=all",
        "file": f"desk/{number}/",
        "ask": f"desk/{number}/ask/",
        "close": f"desk/{number}/close/",
        "address": f"desk/{number}/address/",
        "messages": f"desk/{number}/messages/",
        "extend": f"desk/requests/{late.pk}/extend/",
        "duplicates": "desk/duplicates/",
        "compare": pair,
        "mail": "letters/",
        "mail-search": "letters/?q=benali&state=person",
        "mail-addresses": "letters/addresses/",
        "mail-letter": f"letters/{letter.pk}/",
        "why-look": f"desk/{number}/as-applicant/",
        "my-application": "applications/mine/",
        "my-messages": f"applications/{number}/messages/",
        "my-piece": f"applications/{number}/requests/{waiting.pk}/",
    }


def look(page: Page, name: str) -> list[str]:
    """Say all that is wrong with the page that is open."""
    picture(page, name)
    found = [f"{name}: {violation}" for violation in axe(page)]
    if (sideways := overflow(page)) > 0:
        found.append(f"{name}: scrolls sideways by {sideways} px")
    return found


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    busy: dict[str, str],
    claire: User,
    amina: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    wrong: list[str] = []
    with reader(browser, width=width, scheme=scheme) as page:
        for name, path in busy.items():
            enter(page, live_server, amina if path.startswith("applications") else claire)
            page.goto(home + path)
            wrong += look(page, f"desk-{name}-{language}-{width}")
            if name == "mail":
                # The menu is longer than a telephone: it begins where one is.
                expect(page.locator(".nav-main summary[aria-current]")).to_be_in_viewport(ratio=0.9)
            if name == "why-look":
                page.locator("textarea").fill("Elle ne trouve pas un bouton.")
                page.locator("main form button[type=submit]").click()
                expect(page.locator("fieldset.look-only")).to_be_visible()
                wrong += look(page, f"desk-as-applicant-{language}-{width}")
        assert complaints(page) == []
    assert wrong == []
