"""One review on its page: pages of the dossier, advice per program, which submission was read, the way back."""

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Submission
from applications.opening import OPENED
from audit.models import AuditEntry
from cycles.models import Cycle
from reviews import scoring
from reviews.models import Assignment, Review, Score
from tests import factories
from tests.reviews import factories as judging
from tests.reviews.test_reading import desk, text_of, typed


@pytest.fixture
def reader(client: Client, david: User) -> Client:
    """David's browser."""
    client.force_login(david)
    return client


def test_a_page_of_the_dossier_stands_beside_the_score(
    reader: Client, assignment: Assignment, david: User
) -> None:
    first = assignment.application.cycle.criteria.first()
    assert first is not None
    form = typed(assignment, "4", "4", "4", **{f"page_{first.pk}": "7"})
    assert reader.post(desk(assignment), form).status_code == 302
    assert Score.objects.get(criterion=first).page == 7
    assert 'data-dossier-page="7"' in text_of(reader.get(desk(assignment)))
    bad = {**form, "revision": 1, f"page_{first.pk}": "0"}
    assert reader.post(desk(assignment), bad).status_code == 422
    scoring.hand_in(assignment, by=david)
    page = text_of(reader.get(desk(assignment)))
    assert 'data-dossier-page="7">p.\xa07</button>' in page.replace("p. 7", "p.\xa07")


def test_each_program_has_its_row_of_advice(
    reader: Client, cycle: Cycle, amina: User, david: User, claire: User
) -> None:
    row = judging.assigned(judging.for_both(amina, cycle), david, by=claire)
    page = text_of(reader.get(desk(row)))
    assert 'name="advice_msc"' in page
    assert 'name="recommendation"' not in page
    form = typed(row, "4", "4", "4", advice_msc="waitlist")
    answer = reader.post(desk(row, "hand-in/"), form)
    assert "Your advice is missing: Graduate diploma" in text_of(answer)
    again = {**form, "revision": 1, "advice_dess": "accept"}
    assert reader.post(desk(row, "hand-in/"), again).status_code == 302
    review = Review.objects.get()
    assert review.advice == {"msc": "waitlist", "dess": "accept"}
    assert (review.recommendation, review.recommended_program) == (
        "accept",
        factories.program("dess"),
    )
    page = text_of(reader.get(desk(row)))
    assert "Advice: Graduate diploma in machine learning</dt><dd>Accept</dd>" in page
    assert "Advice: M.Sc. in computer science</dt><dd>Waitlist</dd>" in page


def test_a_review_remembers_which_submission_was_read(
    reader: Client, assignment: Assignment
) -> None:
    submission = Submission.objects.get()
    assert f'name="submission" value="{submission.pk}"' in text_of(reader.get(desk(assignment)))
    reader.post(desk(assignment), typed(assignment, "4", submission=submission.pk))
    reader.post(desk(assignment), typed(assignment, "5", revision=1))
    assert Review.objects.get().submission == submission


def test_a_submission_of_somebody_else_is_not_what_was_read(
    reader: Client, assignment: Assignment, bruno: User
) -> None:
    factories.submitted(bruno, assignment.application.cycle)
    other = Submission.objects.exclude(application=assignment.application).get()
    reader.post(desk(assignment), typed(assignment, "4", submission=other.pk))
    assert Review.objects.get().submission is None


def test_making_the_next_ready_opens_nothing(reader: Client, assignment: Assignment) -> None:
    answer = reader.get(desk(assignment, "warm/"))
    assert (answer.status_code, answer.content) == (204, b"")
    assert not AuditEntry.objects.filter(verb=OPENED).exists()
    assert desk(assignment, "warm/") in text_of(reader.get("/en/queue/"))


def test_what_was_just_handed_in_may_be_taken_back(
    reader: Client, assignment: Assignment, bruno: User, david: User, claire: User
) -> None:
    other = factories.submitted(bruno, assignment.application.cycle)
    following = judging.assigned(other, david, by=claire)
    done = reader.post(desk(assignment, "hand-in/"), typed(assignment, "5", "4", "3"))
    for address in (done["Location"], f"/en/queue/?done={assignment.pk}"):
        page = text_of(reader.get(address))
        assert f'action="{desk(assignment, "take-back/")}"' in page
        # A form inside another would end it.
        assert (
            "</form>"
            in page.split("data-review=")[-1].split("<dialog")[0].split("data-hand-in")[-1]
        )
    for address in (
        desk(following),
        desk(following, "?done=x"),
        desk(following, "?done=" + "9" * 30),
    ):
        assert "take-back" not in text_of(reader.get(address))
    assert reader.post(desk(assignment, "take-back/"))["Location"] == desk(assignment)
