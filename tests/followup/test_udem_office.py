"""The file at UdeM for the office: confirmed, put right with a reason, followed by directors without who it is."""

from html import unescape

import pytest

from accounts.models import Role, User
from audit.models import AuditEntry
from followup import identifying
from followup.models import Filing, UdemFile
from reviews import conflicts
from reviews.models import Reason
from tests.followup.factories import NUMBER, World
from tests.followup.pages import address, signed_in
from tests.followup.test_identifying import TOLD
from tests.followup.udem_world import at, number_of, today

pytestmark = pytest.mark.django_db
WHO = (NUMBER, "DIAS99041702", "17 avril 1999", "Sénégal")


@pytest.fixture
def row(world: World, amina: User) -> UdemFile:
    """Documents are asked for, and the person told who they are."""
    made = at(world, amina, Filing.DOCUMENTS)
    identifying.tell(made.offer.decision.application, by=amina, **TOLD)
    return made


def read(user: User, name: str, *args: str) -> str:
    """A page, with ordinary spaces."""
    page = signed_in(user).get(address(name, *args)).content.decode()
    return unescape(page).replace("\xa0", " ")


def test_who_reads_what(world: World, row: UdemFile, amina: User, bruno: User) -> None:
    number = number_of(row)
    page = read(world.claire, "udem_office", number)
    assert [one for one in WHO if one not in page] == []
    assert AuditEntry.objects.filter(verb="open", actor=world.claire).exists()
    page = read(world.dominique, "udem_office", number)
    assert [one for one in WHO if one in page] == []
    assert "Documents demandés" in page
    board = signed_in(world.dominique).get(address("followup_board")).content.decode()
    assert NUMBER not in board
    for name in ("udem_record", "udem_confirm"):
        assert signed_in(world.dominique).post(address(name, number)).status_code == 403
    for other in (amina, bruno, world.person("david", Role.REVIEWER)):
        for name in ("udem_office", "udem_record"):
            assert signed_in(other).get(address(name, number)).status_code == 403
    file = row.offer.decision.application
    conflicts.declare(file, by=world.claire, reason=Reason.OTHER, words="x")
    assert signed_in(world.claire).get(address("udem_office", number)).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_confirm_then_put_right(world: World, row: UdemFile, language: str) -> None:
    number, browser = number_of(row), signed_in(world.claire)
    assert browser.get(address("udem_confirm", number)).status_code == 405
    page = address("udem_confirm", number, language=language)
    assert browser.post(page, follow=True).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at
    page = address("udem_record", number, language=language)
    assert f'value="{NUMBER}"' in browser.get(page).content.decode()
    typed = {
        "status": "conditional",
        "number": NUMBER,
        "filed_on": today().isoformat(),
        "decided_on": today().isoformat(),
        "why": "Leur liste.",
    }
    assert browser.post(page, typed).status_code == 422, "a condition says which"
    assert browser.post(page, {**typed, "why": ""}).status_code == 422
    assert browser.post(page, {**typed, "condition": "Le relevé."}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.condition, row.documents_asked_on) == (
        "conditional",
        "Le relevé.",
        None,
    )
    shown = unescape(
        browser.get(address("udem_office", number, language=language)).content.decode()
    )
    assert "Leur liste." in shown
    asked = {**typed, "status": "documents", "documents_asked_on": today().isoformat()}
    browser.post(page, {**asked, "decided_on": ""})
    row.refresh_from_db()
    assert (row.status, row.decided_on) == ("documents", None)
    assert row.documents_due_on


def test_the_person_reads_that_the_office_wrote(world: World, row: UdemFile, amina: User) -> None:
    number, browser = number_of(row), signed_in(world.claire)
    typed = {"status": "refused", "number": NUMBER, "filed_on": today().isoformat()}
    browser.post(address("udem_record", number), {**typed, "why": "Leur liste, ligne 12."})
    page = signed_in(amina).get(address("my_application", language="en")).content.decode()
    assert "The office wrote: Refused by UdeM" in page
    assert "ligne 12" not in page
