"""Two accounts of one person joined by hand, and separated again."""

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from desk import merging
from desk.models import Pair
from notifications.models import OutgoingEmail
from tests import factories


@pytest.fixture
def pair(amina: User, bruno: User) -> Pair:
    """Amina's two accounts, for these tests."""
    return merging.pair_of(bruno, amina)


def owner(application: Application) -> User:
    """Whose file it is now."""
    return Application.objects.select_related("applicant").get(pk=application.pk).applicant


def status_of(application: Application) -> str:
    """What the database says."""
    return str(Application.objects.get(pk=application.pk).status)


def test_the_file_goes_to_the_account_that_stays(
    pair: Pair, application: Application, amina: User, bruno: User, claire: User, home: Client
) -> None:
    merging.merge(pair, stays=bruno, why="One person", by=claire)
    assert owner(application) == bruno
    amina.refresh_from_db()
    assert not amina.is_active
    assert "/sign-in/" in home.get("/en/applications/mine/")["Location"]
    told = dict(
        OutgoingEmail.objects.filter(letter="accounts_joined").values_list("address", "text")
    )
    assert set(told) == {"amina@example.com", "bruno@example.com"}
    assert "bruno@" not in told["amina@example.com"]
    assert AuditEntry.objects.about(application).get(verb="reassign").why == "One person"


def test_with_a_file_each_the_others_is_withdrawn(
    pair: Pair, application: Application, cycle: Cycle, amina: User, bruno: User, claire: User
) -> None:
    second = factories.draft(bruno, cycle)
    merging.merge(pair, stays=amina, why="Begun twice", by=claire)
    assert (status_of(application), status_of(second)) == ("submitted", "withdrawn")
    assert owner(second) == bruno
    merging.separate(pair, why="Two people after all", by=claire)
    assert (status_of(second), owner(second)) == ("draft", bruno)
    bruno.refresh_from_db()
    assert bruno.is_active
    assert broken() == []


def test_separated_the_files_go_back(
    pair: Pair, application: Application, amina: User, bruno: User, claire: User
) -> None:
    merging.merge(pair, stays=bruno, why="x", by=claire)
    merging.separate(pair, why="y", by=claire)
    assert owner(application) == amina
    pair.refresh_from_db()
    assert (pair.status, pair.stays, pair.undo) == ("unjudged", None, {})
    letters = OutgoingEmail.objects.filter(letter="accounts_joined", address="amina@example.com")
    assert letters.count() == 2
    assert broken() == []


def test_a_submitted_file_counts_again(
    pair: Pair, application: Application, cycle: Cycle, amina: User, bruno: User, claire: User
) -> None:
    factories.submitted(bruno, cycle)
    merging.merge(pair, stays=bruno, why="x", by=claire)
    assert status_of(application) == "withdrawn"
    merging.separate(pair, why="y", by=claire)
    assert status_of(application) == "submitted"


def test_not_twice_and_not_with_a_closed_account(
    pair: Pair, amina: User, bruno: User, elise: User, claire: User
) -> None:
    merging.merge(pair, stays=bruno, why="x", by=claire)
    with pytest.raises(Refused):
        merging.merge(pair, stays=bruno, why="x", by=claire)
    with pytest.raises(Refused) as refused:
        merging.merge(merging.pair_of(amina, elise), stays=elise, why="x", by=claire)
    assert refused.value.reasons


def test_never_staff(amina: User, david: User, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        merging.merge(merging.pair_of(amina, david), stays=david, why="x", by=claire)
    assert refused.value.reasons


def test_one_of_the_two_stays(pair: Pair, elise: User, claire: User) -> None:
    with pytest.raises(Refused):
        merging.merge(pair, stays=elise, why="x", by=claire)


@pytest.mark.parametrize("who", ["amina", "david", "dominique", "adam"])
def test_by_nobody_else(pair: Pair, request: pytest.FixtureRequest, who: str) -> None:
    by = request.getfixturevalue(who)
    for verb in (
        lambda: merging.merge(pair, stays=pair.first, why="x", by=by),
        lambda: merging.tell_apart(pair, why="x", by=by),
        lambda: merging.separate(pair, why="x", by=by),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.forbidden


def test_told_apart_then_joined_all_the_same(pair: Pair, bruno: User, claire: User) -> None:
    merging.tell_apart(pair, why="Twins", by=claire)
    with pytest.raises(Refused):
        merging.tell_apart(pair, why="Twins", by=claire)
    merging.merge(pair, stays=bruno, why="No, one", by=claire)
    assert pair.status == "merged"
