"""An answer that was released settles its file, though the cycle is still open; nothing before it does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from answers import release
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from reviews.models import Decision
from tests.answers import factories as answers
from tests.reviews import factories as judging


def reopened(file: Application) -> Application:
    """As far as its applicant can bring it."""
    return lifecycle.reopen(file, by=file.applicant, at=timezone.now())


def refused(act: Any, *args: Any, **fields: Any) -> str:
    """Why it was refused, in one line."""
    with pytest.raises(Refused) as refusal:
        act(*args, **fields)
    return " ".join([str(refusal.value.text), *map(str, refusal.value.reasons)])


def test_nothing_is_settled_before_the_release(
    application: Application, claire: User, dominique: User
) -> None:
    answers.answered(application, "decline", proposer=claire, director=dominique)
    prepared = release.prepare_release(application.cycle, by=claire, while_open=True)
    tomorrow = timezone.now() + timedelta(days=1)
    release.approve_release(prepared, by=dominique, at=tomorrow)
    assert reopened(application).is_editable


def test_an_answered_file_changes_no_more(
    application: Application, claire: User, dominique: User, amina: User
) -> None:
    answers.released(application, "decline", proposer=claire, director=dominique)
    assert "has been answered" in refused(reopened, application)
    lifecycle.withdraw(application, by=amina)
    assert "next one" in refused(lifecycle.start, application.cycle, by=amina)
    back = lifecycle.restore(application, by=amina, at=timezone.now())
    assert (back.is_filed, back.is_editable) == (True, False)


def test_a_file_that_was_open_when_it_was_answered(
    application: Application, claire: User, dominique: User, amina: User
) -> None:
    reopened(application)
    answers.released(application, "accept", proposer=claire, director=dominique)
    now, revision = timezone.now(), application.revision
    told = refused(lifecycle.submit, application, by=amina, revision=revision, at=now)
    assert "has been answered" in told
    assert "has been answered" in refused(lifecycle.editable, application, by=amina, at=now)
    mine = Client()
    mine.force_login(amina)
    for name, *step in (("application_review",), ("application_step", "you")):
        response = mine.get(reverse(name, args=[application.number, *step]))
        assert response.status_code == 302
    assert Decision.objects.released().filter(application=application).exists()


@pytest.mark.parametrize("outcome", ["accept", "waitlist", "decline"])
def test_no_button_offers_it(
    application: Application, claire: User, dominique: User, amina: User, outcome: str
) -> None:
    mine = Client()
    mine.force_login(amina)
    assert "Change my application" in mine.get("/en/applications/mine/").content.decode()
    answers.answered(application, outcome, proposer=claire, director=dominique)
    judging.release_all(application.cycle, proposer=claire, director=dominique)
    assert "Change my application" not in mine.get("/en/applications/mine/").content.decode()
