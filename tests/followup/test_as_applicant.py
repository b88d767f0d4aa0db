"""The applicant's page in the coordination's hands: with a reason, to look at only, and never early."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from desk import talking
from reviews import decisions
from tests.desk.factories import asked
from tests.followup.factories import World
from tests.followup.pages import signed_in

pytestmark = pytest.mark.django_db
WHY = {"why": "She wrote that a button is missing."}


@pytest.fixture
def application(world: World, amina: User) -> Application:
    """Amina's, submitted."""
    return world.submitted(amina)


def address(application: Application) -> str:
    return f"/en/desk/{application.number}/as-applicant/"


def page_of(client: Client, application: Application) -> str:
    answer = client.post(address(application), WHY)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def office(world: World) -> Client:
    """A coordinator's browser."""
    return signed_in(world.claire)


def test_a_reason_first(office: Client, application: Application, world: World) -> None:
    assert "We have received" not in office.get(address(application)).content.decode()
    assert office.post(address(application), {"why": " "}).status_code == 422
    assert not AuditEntry.objects.filter(verb="view_as_applicant").exists()
    assert "We have received your application" in page_of(office, application)
    entry = AuditEntry.objects.about(application).get(verb="view_as_applicant")
    assert (entry.actor, entry.why) == (world.claire, WHY["why"])


def test_to_look_at_only(office: Client, application: Application) -> None:
    page = page_of(office, application)
    shown = page[page.index("<fieldset") : page.rindex("</fieldset>")]
    assert 'class="look-only" disabled' in shown
    # Every form of the page stands inside, and its addresses are the owner's alone.
    for action in re.findall(r'<form method="post" action="([^"]+)"', shown):
        assert office.post(action).status_code == 404, action
    assert "/reopen/" in shown


def test_never_early(office: Client, application: Application, world: World) -> None:
    token = re.compile(r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+|data-until="[^"]+"')
    figures = re.compile(r"<b data-\w+>\d+</b>")

    def seen() -> str:
        return figures.sub("", token.sub("", page_of(office, application)))

    without = seen()
    for outcome in ("decline", "waitlist"):
        row: Any = decisions.propose(
            application,
            outcome,
            None if outcome == "decline" else application.chosen[0],
            by=world.claire,
        )
        decisions.approve(row, by=world.dominique)
        assert seen() == without


def test_for_coordinators_alone(
    application: Application, amina: User, david: User, dominique: User, adam: User
) -> None:
    for who in (amina, david, dominique, adam):
        browser = signed_in(who)
        assert browser.get(address(application)).status_code == 403
        assert browser.post(address(application), WHY).status_code == 403


def test_an_unknown_file(office: Client) -> None:
    assert office.post("/en/desk/none/as-applicant/", WHY).status_code == 404


def test_in_french(office: Client, application: Application) -> None:
    page = office.post(address(application).removeprefix("/en"), WHY).content.decode()
    assert "Nous avons bien reçu" in page or "Nous avons reçu" in page


def test_the_home_begins_with_what_the_office_waits_for(
    application: Application, amina: User, world: World
) -> None:
    browser = signed_in(amina)
    assert "Nothing is missing" in browser.get("/en/applications/mine/").content.decode()
    asked(application, by=world.claire, title="Final transcript")
    talking.write(application, "Hello", by=world.claire)
    page = browser.get("/en/applications/mine/").content.decode()
    assert page.index("Final transcript") < page.index("Meanwhile")
    assert "You have a new message." in page
    assert "Nothing is missing" not in page
