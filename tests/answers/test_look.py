"""The pages of a release in a real browser, in each of its states: axe, width, the polling, without a script."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import User
from answers import correcting, release
from applications.models import Application
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews import decisions
from reviews.models import Decision, Release
from tests import factories
from tests.conftest import Settle
from tests.journeys.browser import NARROW, WIDE, Scheme, chromium, complaints, reader
from tests.reviews.test_look import enter, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LOOKS: list[tuple[str, int, Scheme]] = [("fr", WIDE, "light"), ("en", NARROW, "dark")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def prepared(cycle: Cycle, person: Settle, claire: User, dominique: User) -> Release:
    """A frozen list of four, in both languages; two of them accepted."""
    names = ["Linh Trần-Gauthier", "Kwame Asante-Poirier", "Noor Haddad", "Théo Gagnon"]
    outcomes = ["accept", "accept", "waitlist", "decline"]
    for index, (name, outcome) in enumerate(zip(names, outcomes, strict=True)):
        who = person(f"one{index}", full_name=name, language=("fr", "en")[index % 2])
        file = factories.submitted(who, cycle)
        program = None if outcome == "decline" else factories.program()
        decisions.approve(decisions.propose(file, outcome, program, by=claire), by=dominique)
    cycle.intakes.update(seats=1)
    Application.objects.filter(last_names="Haddad").update(phone="+15145550123")
    return release.prepare_release(cycle, by=claire, while_open=True)


def states(prepared: Release, claire: User, dominique: User) -> Iterator[str]:
    """One state after the other, by its name."""
    yield "prepared"
    release.approve_release(prepared, by=dominique, at=timezone.now() + timedelta(minutes=10))
    yield "approved"
    release.hold_release(prepared, by=claire, why="The list of seats is not final.")
    yield "held"
    release.release(prepared, by=dominique)
    OutgoingEmail.objects.update(status="held", batch=f"reviews.release:{prepared.pk}")
    for letter in OutgoingEmail.objects.order_by("pk")[:1]:
        OutgoingEmail.objects.filter(pk=letter.pk).update(status="bounced", error="550 5.1.1")
    yield "stuck"
    wrong = Decision.objects.get(outcome="decline")
    correcting.propose_correction(
        wrong, "accept", factories.program(), why="The wrong line.", by=claire
    )


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_state_is_clean_and_fits(
    browser: Browser,
    live_server: Any,
    prepared: Release,
    claire: User,
    dominique: User,
    language: str,
    width: int,
    scheme: Scheme,
) -> None:
    wrong: list[str] = []
    home = f"{live_server.url}/{'en/' if language == 'en' else ''}"
    here, of = f"{home}releases/{prepared.pk}/", f"{language}-{width}-{scheme}"
    with reader(browser, width=width, scheme=scheme) as page:
        enter(page, live_server, dominique)
        for state in states(prepared, claire, dominique):
            wrong += look(page, here, f"release-{state}-{of}")
            if state == "prepared":
                wrong += look(page, f"{here}letters/", f"release-letters-{of}")
        wrong += look(page, f"{here}unread/", f"release-unread-{of}")
        wrong += look(page, f"{home}releases/", f"releases-{of}")
        enter(page, live_server, claire)
        shown = Decision.objects.released().order_by("pk")[0]
        wrong += look(page, f"{home}decisions/{shown.pk}/correct/", f"correct-{of}")
        assert complaints(page) == []
    assert wrong == []
