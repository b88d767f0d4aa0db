"""An applicant's address put right: told to both, and what came back leaves again."""

import pytest
from django.test import Client

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from desk import addressing
from notifications.models import OutgoingEmail
from tests import factories

WRONG = {"why": "She wrote from the new one."}


def test_corrected_and_sent_again(application: Application, claire: User, amina: User) -> None:
    letter = OutgoingEmail.objects.get(letter="acknowledgement")
    OutgoingEmail.objects.filter(pk=letter.pk).update(status="bounced", error="550 No such person")
    again = addressing.correct(application, email="right@example.com", by=claire, **WRONG)
    letter.refresh_from_db()
    assert (again, letter.address, letter.status) == (1, "right@example.com", "pending")
    entry = AuditEntry.objects.about(amina).get(verb="change address")
    assert entry.why == WRONG["why"]
    assert "@" not in f"{entry.details}{entry.old}{entry.new}"


def test_letters_to_somebody_else_stay_theirs(application: Application, claire: User) -> None:
    letter = OutgoingEmail.objects.get(letter="acknowledgement")
    OutgoingEmail.objects.filter(pk=letter.pk).update(
        status="bounced", error="550", address="referee@example.com"
    )
    assert addressing.correct(application, email="right@example.com", by=claire, **WRONG) == 0
    letter.refresh_from_db()
    assert (letter.address, letter.status) == ("referee@example.com", "bounced")


@pytest.mark.parametrize("who", ["amina", "bruno", "david", "dominique"])
def test_by_nobody_else(application: Application, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Refused) as refused:
        addressing.correct(
            application, email="x@example.com", by=request.getfixturevalue(who), **WRONG
        )
    assert refused.value.forbidden


def test_not_of_staff(cycle: Cycle, bruno: User, claire: User) -> None:
    application = factories.submitted(bruno, cycle)
    User.objects.filter(pk=bruno.pk).update(roles=[Role.REVIEWER])
    application.refresh_from_db()
    with pytest.raises(Refused):
        addressing.correct(application, email="x@example.com", by=claire, **WRONG)


@pytest.mark.parametrize("email", ["", "no address", "a\0@example.com", "x" * 300 + "@example.com"])
def test_a_bad_address_gets_a_sentence(
    office: Client, application: Application, email: str
) -> None:
    address = f"/en/desk/{application.number}/address/"
    assert office.post(address, {"email": email, **WRONG}).status_code == 422


def test_the_page(office: Client, home: Client, application: Application, bruno: User) -> None:
    address = f"/en/desk/{application.number}/address/"
    assert "Correct the address" in office.get(address).content.decode()
    taken = office.post(address, {"email": bruno.email, **WRONG}, follow=True)
    assert "belongs to another account" in taken.content.decode()
    done = office.post(address, {"email": "Right@Example.com", **WRONG}, follow=True)
    assert "right@example.com" in done.content.decode()
    assert "/sign-in/" in home.get("/en/applications/mine/")["Location"]
