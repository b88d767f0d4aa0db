"""The first letters of a release try the way; the others follow, or wait for a person."""

from typing import Any

import pytest

from accounts.models import User
from answers import freeing, tasks
from answers.canary import first_of
from answers.invariants import each_answer_is_announced_once
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed
from reviews import decisions
from reviews.models import Decision, Release
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def shown(cycle: Cycle, claire: User, dominique: User, settings: Any) -> Release:
    """Eight answers, of which two letters leave first."""
    settings.RELEASE_CANARY = 2
    decisions.propose_all(judging.filed(8, cycle), "decline", by=claire)
    decisions.approve_all(Decision.objects.all(), by=dominique)
    return judging.release_all(cycle, proposer=claire, director=dominique)


def become(status: str, number: int, **fields: Any) -> None:
    """So many of the letters that try the way."""
    ids = OutgoingEmail.objects.filter(status="pending").values("pk")[:number]
    OutgoingEmail.objects.filter(pk__in=list(ids.values_list("pk", flat=True))).update(
        status=status, **fields
    )


def counted(shown: Release) -> tuple[int, int]:
    """Held back, and on their way."""
    tally = freeing.letters_of(shown)
    return tally.held, tally.leaving


def test_the_first_ones_are_of_both_languages_and_many_servers(cycle: Cycle) -> None:
    addresses = [("fr", "a@one.example"), ("fr", "b@one.example"), ("fr", "c@two.example")]
    addresses += [("en", "d@one.example"), ("en", "e@one.example")]
    letters = [Addressed(to, language, cycle, to[0]) for language, to in addresses]
    assert first_of(letters, 3) == {"a", "d", "c"}
    assert first_of(letters, 9) == set("abcde")
    assert first_of([], 3) == set()


def test_they_follow_once_the_first_arrived(shown: Release) -> None:
    assert counted(shown) == (6, 2)
    tasks.free_letters()
    assert counted(shown) == (6, 2)
    become("sent", 2, sent_at="2100-01-01T00:00Z", tried_at="2100-01-01T00:00Z", attempts=1)
    assert freeing.letters_of(shown).is_moving
    assert freeing.free_proven() == 6
    assert freeing.free_proven() == 0
    assert counted(shown) == (0, 6)
    assert list(each_answer_is_announced_once()) == []


def test_they_wait_when_the_first_did_not(shown: Release, person: Settle, claire: User) -> None:
    become("bounced", 1, error="550")
    for _turn in range(2):
        assert freeing.free_proven() == 0
    told = OutgoingEmail.objects.filter(letter="release_stuck")
    assert sorted(told.values_list("address", flat=True)) == [
        "claire@example.com",
        "dominique@example.com",
    ]
    assert freeing.letters_of(shown).is_stuck
    with pytest.raises(Refused, match="Say why"):
        freeing.free_the_rest(shown, by=claire, why="")
    with pytest.raises(Refused) as refused:
        freeing.free_the_rest(shown, by=person("zed"), why="x")
    assert refused.value.forbidden
    assert freeing.free_the_rest(shown, by=claire, why="One wrong address") == 6
    assert AuditEntry.objects.get(verb="free_letters").details == {"letters": 6}
    with pytest.raises(Refused, match="held back"):
        freeing.free_the_rest(shown, by=claire, why="Again")


def test_a_server_that_says_later_is_waited_for(shown: Release) -> None:
    become("pending", 2, attempts=1, tried_at="2100-01-01T00:00Z")
    tally = freeing.letters_of(shown)
    assert (tally.again, tally.is_stuck, tally.is_moving) == (2, True, True)
