"""A file closed as incomplete: out of every list, told why, and taken up again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from audit.moves import Refused
from cycles.models import Cycle
from desk import closing
from notifications.models import OutgoingEmail
from reviews import board, queue
from reviews.models import Assignment
from tests import factories
from tests.reviews import factories as judging


def test_closed_and_told_why(application: Application, claire: User) -> None:
    closing.close_incomplete(application, by=claire, why="The transcript never came.")
    assert application.status == "closed"
    letter = OutgoingEmail.objects.get(letter="file_closed")
    assert "The transcript never came." in letter.text
    assert application not in Application.objects.live()
    assert application not in Application.objects.filed()


def test_it_leaves_the_readers_queues(
    cycle: Cycle, application: Application, claire: User, david: User
) -> None:
    judging.assigned(application, david, by=claire)
    closing.close_incomplete(application, by=claire, why="x")
    assert not Assignment.objects.of(david).exists()
    assert queue.progress(david, cycle).to_read == 0
    assert board.counts(cycle, claire)["closed"] == 1
    assert list(board.files(cycle, claire, state="closed")) == [application]
    assert list(board.files(cycle, claire, state="filed")) == []
    closing.take_up_again(application, by=claire, why="It came.")
    assert Assignment.objects.of(david).exists()


def test_taken_up_and_closed_again_each_with_its_letter(
    application: Application, claire: User
) -> None:
    for _time in range(2):
        closing.close_incomplete(application, by=claire, why="x")
        closing.take_up_again(application, by=claire, why="y")
    assert application.status == "submitted"
    told = OutgoingEmail.objects.filter(letter__in=["file_closed", "file_taken_up"])
    assert told.count() == 4


@pytest.mark.parametrize("who", ["amina", "bruno", "david", "dominique"])
def test_by_nobody_else(application: Application, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(Refused) as refused:
        closing.close_incomplete(application, by=request.getfixturevalue(who), why="x")
    assert refused.value.forbidden


def test_not_ones_own(cycle: Cycle, person: Any, claire: User) -> None:
    zoe = person("zoe", Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        closing.close_incomplete(factories.submitted(zoe, cycle), by=zoe, why="x")
    assert refused.value.forbidden


def test_a_draft_is_not_closed(cycle: Cycle, bruno: User, claire: User) -> None:
    with pytest.raises(Refused):
        closing.close_incomplete(factories.draft(bruno, cycle), by=claire, why="x")


def test_begun_again_meanwhile(
    application: Application, cycle: Cycle, amina: User, claire: User
) -> None:
    closing.close_incomplete(application, by=claire, why="x")
    again = factories.lifecycle.start(cycle, by=amina)
    assert again != application
    with pytest.raises(Refused) as refused:
        closing.take_up_again(application, by=claire, why="y")
    assert refused.value.reasons


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_applicant_sees_it(
    home: Client, application: Application, claire: User, language: str
) -> None:
    Cycle.objects.update(closes_at=timezone.now() - timedelta(days=1))
    closing.close_incomplete(application, by=claire, why="x")
    page = home.get(f"{language}/applications/{application.number}/").content.decode()
    assert ("incomplète" if not language else "incomplete") in page
