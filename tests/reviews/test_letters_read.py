"""Letters of reference that are scored without being read: asked about once, calmly, and never refused twice."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from applications.opening import opened
from reviews import scoring
from reviews.models import Assignment, Criterion
from tests import factories
from tests.reviews import factories as judging


@pytest.fixture
def about_letters(assignment: Assignment) -> Assignment:
    """The first criterion of the rubric is about the letters; the whole is scored."""
    first = assignment.application.cycle.criteria.first()
    Criterion.objects.filter(pk=first.pk).update(is_about_references=True)  # type: ignore[union-attr]
    judging.saved(assignment, 4, 4, 4)
    return assignment


def asked(row: Assignment) -> list[str]:
    """The sentences, or none when it is handed in."""
    try:
        scoring.hand_in(row, by=row.reviewer)
    except scoring.LettersUnread as refused:
        assert Assignment.objects.get(pk=row.pk).is_open
        return [str(reason) for reason in refused.reasons]
    return []


def letter(application: Application, **fields: Any) -> None:
    """One more letter comes."""
    factories.letter_from(factories.referee(application, **fields))


def test_no_letter_has_come(about_letters: Assignment) -> None:
    assert asked(about_letters) == ["You scored “Study (en)”, and no letter has come yet."]


def test_a_letter_that_was_never_opened(about_letters: Assignment) -> None:
    letter(about_letters.application)
    assert asked(about_letters) == ["You scored “Study (en)” without having opened a letter."]


@pytest.mark.parametrize("what", ["reference", "dossier"])
def test_a_letter_that_was_opened(about_letters: Assignment, david: User, what: str) -> None:
    letter(about_letters.application)
    opened(about_letters.application.submissions.get(), by=david, document=what)
    assert asked(about_letters) == []


def test_somebody_else_or_something_else_was_opened(
    about_letters: Assignment, david: User, claire: User
) -> None:
    letter(about_letters.application)
    submission = about_letters.application.submissions.get()
    opened(submission, by=claire, document="reference")
    opened(submission, by=david, document="cv")
    opened(submission, by=david)
    assert len(asked(about_letters)) == 1


def test_a_letter_came_since(about_letters: Assignment, david: User) -> None:
    letter(about_letters.application)
    opened(about_letters.application.submissions.get(), by=david, document="reference")
    letter(about_letters.application, name="Bo", email="bo@universite.example")
    assert asked(about_letters) == ["A letter has come since you last opened them."]


def test_nothing_is_asked_when_no_letter_is_judged(about_letters: Assignment) -> None:
    judging.saved(about_letters, None, 4, 4)
    assert asked(about_letters) == []


def test_a_rubric_without_letters_asks_nothing(assignment: Assignment) -> None:
    judging.saved(assignment, 4, 4, 4)
    assert asked(assignment) == []


def posted(row: Assignment, **more: str) -> dict[str, Any]:
    """The whole form."""
    ids = row.application.cycle.criteria.values_list("pk", flat=True)
    return {
        "revision": 1,
        "recommendation": "accept",
        **{f"score_{pk}": "4" for pk in ids},
        **more,
    }


def test_the_page_asks_once_and_takes_yes_for_an_answer(
    client: Client, about_letters: Assignment, david: User
) -> None:
    client.force_login(david)
    letter(about_letters.application)
    address = f"/en/queue/{about_letters.pk}/hand-in/"
    answer = client.post(address, posted(about_letters))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "without having opened a letter" in page
    assert f"/en/queue/{about_letters.pk}/letters/" in page
    assert "Hand in all the same" in page
    again = posted(about_letters, revision="2", all_the_same="1")
    assert client.post(address, again).status_code == 302
    assert not Assignment.objects.get(pk=about_letters.pk).is_open
