"""What may happen to an account, and what the trail keeps of it."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.people import admit, appoint, correct_address, enter, forget_second_factor
from accounts.second_factor import has_second_factor
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail

pytestmark = pytest.mark.django_db


def trail(user: User) -> list[str]:
    """The verbs about this person."""
    return [entry.verb for entry in AuditEntry.objects.about(user)]


def test_appointing_is_written_in_the_trail_once(adam: User, amina: User) -> None:
    appoint(amina, [Role.REVIEWER, Role.PANELIST, Role.REVIEWER], active=True, by=adam)
    amina.refresh_from_db()
    assert amina.roles == ["panelist", "reviewer"]
    entry = AuditEntry.objects.about(amina).get()
    assert (entry.actor, entry.verb) == (adam, "change roles")
    assert entry.details == {"before": [], "after": ["panelist", "reviewer"]}
    appoint(amina, [Role.PANELIST, Role.REVIEWER], active=True, by=adam)
    assert trail(amina) == ["change roles"]


def test_someone_is_stopped_and_let_in_again(adam: User, amina: User) -> None:
    appoint(amina, [], active=False, by=adam)
    appoint(amina, [], active=True, by=adam)
    assert trail(amina) == ["stop from signing in", "let sign in"]


@pytest.mark.parametrize(("roles", "active"), [([], True), ([Role.ADMINISTRATOR], False)])
def test_nobody_ends_their_own_administration(adam: User, roles: list[Role], active: bool) -> None:
    with pytest.raises(Refused):
        appoint(adam, roles, active=active, by=adam)
    adam.refresh_from_db()
    assert adam.roles == [Role.ADMINISTRATOR]
    appoint(adam, [Role.ADMINISTRATOR, Role.DIRECTOR], active=True, by=adam)
    assert trail(adam) == ["change roles"]


def test_someone_entered_has_no_password(adam: User) -> None:
    user = enter(User(email="new@example.com", roles=[Role.REVIEWER]), by=adam)
    assert not user.has_usable_password()
    assert AuditEntry.objects.about(user).get().details == {"roles": ["reviewer"]}


def test_a_corrected_address_must_be_proved_again(adam: User, amina: User) -> None:
    correct_address(amina, "new@example.com", by=adam)
    assert not EmailAddress.objects.filter(user=amina).exists()
    assert trail(amina) == ["change address"]
    assert admit("new@example.com", language="en") == amina
    assert EmailAddress.objects.get(user=amina).verified
    amina.refresh_from_db()
    assert amina.language == "fr"


def test_a_lost_second_factor_is_forgotten_by_someone_else(adam: User, david: User) -> None:
    forget_second_factor(david, by=adam)
    assert not has_second_factor(david)
    assert trail(david) == ["forget second factor"]
    assert "second factor" in OutgoingEmail.objects.get(address=david.email).text
    with pytest.raises(Refused):
        forget_second_factor(adam, by=adam)
    assert has_second_factor(adam)


@pytest.mark.django_db(transaction=True)
def test_two_right_codes_at_once_make_one_account() -> None:
    start, made = threading.Barrier(4), []

    def right_code() -> None:
        start.wait()
        made.append(admit("new@example.com", language="fr").pk)
        connection.close()

    threads = [threading.Thread(target=right_code) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert AuditEntry.objects.filter(verb="sign up").count() == 1


def test_a_corrected_address_tells_both_and_ends_sessions(
    amina: User, bruno: User, adam: User
) -> None:
    mine, theirs, waiting = Client(), Client(), Client()
    mine.force_login(amina)
    theirs.force_login(bruno)
    waiting.post(reverse("account_login"), {"email": "amina@example.com"})
    correct_address(amina, "New@Example.com", by=adam, why="Lost her mailbox")
    assert amina.email == "new@example.com"
    assert not amina.has_usable_password()
    told = OutgoingEmail.objects.filter(letter="account_changed")
    assert {row.address for row in told} == {"amina@example.com", "new@example.com"}
    entry = AuditEntry.objects.about(amina).get(verb="change address")
    assert (entry.why, entry.details) == ("Lost her mailbox", {})
    assert mine.get(reverse("account_home")).status_code == 302
    assert theirs.get(reverse("account_home")).status_code == 200
    assert "typed_address" not in waiting.session


def test_nobody_gets_somebody_elses_address(amina: User, bruno: User, adam: User) -> None:
    with pytest.raises(Refused):
        correct_address(amina, "BRUNO@example.com", by=adam)
    amina.refresh_from_db()
    assert amina.email == "amina@example.com"
