"""What a change of the tables does to reviews that are already there."""

from importlib import import_module

import pytest
from django.db import connection

from accounts.models import User
from cycles.models import Cycle
from reviews.models import Review
from tests import factories
from tests.reviews import factories as judging

reading = import_module("reviews.migrations.0006_reading")


@pytest.mark.parametrize(
    ("before", "named", "after"),
    [
        ("accept", "dess", {"dess": "accept"}),
        ("accept", "", {}),
        ("decline", "", {"msc": "decline", "dess": "decline"}),
        ("", "", {}),
    ],
)
def test_one_advice_becomes_one_a_program(
    cycle: Cycle,
    amina: User,
    david: User,
    claire: User,
    before: str,
    named: str,
    after: dict[str, str],
) -> None:
    file = judging.for_both(amina, cycle)
    judging.saved(
        judging.assigned(file, david, by=claire),
        recommendation=before,
        recommended_program=factories.program(named) if named else None,
    )
    with connection.cursor() as cursor:
        cursor.execute(reading.AT_ONCE)
        cursor.execute(reading.ADVICE)
        cursor.execute(reading.SUBMISSION)
        # As the migration does at its end; refused while checks of the rows above wait.
        cursor.execute("CREATE INDEX of_this_test ON reviews_review (submission_id)")
    review = Review.objects.get()
    assert review.advice == after
    assert review.submission == file.submissions.get()
    assert review.recommendation == before


def test_a_file_for_one_program_keeps_its_one_advice(
    cycle: Cycle, amina: User, david: User, claire: User
) -> None:
    file = factories.submitted(amina, cycle)
    judging.saved(judging.assigned(file, david, by=claire), recommended_program=factories.program())
    with connection.cursor() as cursor:
        cursor.execute(reading.ADVICE)
    assert Review.objects.get().advice == {}
