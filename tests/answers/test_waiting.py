"""The waitlist: places without gaps or ties, moved by one person and approved by another."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from answers import acts, waiting
from answers.models import Act
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from cycles.models import Cycle
from reviews import decisions
from reviews.models import Decision, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking


@pytest.fixture
def files(cycle: Cycle, claire: User) -> list[Application]:
    """Five files on the waitlist of the M.Sc."""
    rows = asking(cycle, 5)
    acts.propose(rows, "waitlist", factories.program(), by=claire)
    return rows


def order(files: list[Application]) -> str:
    """The files by place: `01234`."""
    rows = Decision.objects.filter(is_current=True, outcome="waitlist").order_by("rank")
    at = {file.pk: str(index) for index, file in enumerate(files)}
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    return "".join(at[row.application_id] for row in rows)


def test_moved_to_a_place(files: list[Application], claire: User, dominique: User) -> None:
    decisions.approve_all(Decision.objects.all(), by=dominique)
    assert waiting.place(judging.current(files[4]), 2, by=claire) == 4
    assert order(files) == "04123"
    # Another place is another answer; the first one kept its own, and its approval.
    statuses = [judging.current(file).status for file in files]
    assert statuses == ["approved", *["proposed"] * 4]
    assert waiting.place(judging.current(files[0]), 99, by=claire) == 5
    assert order(files) == "41230"
    assert waiting.place(judging.current(files[0]), 5, by=claire) == 0
    acts.undo(Act.objects.latest("pk"), by=claire)
    assert order(files) == "04123"


def test_who_may_and_what_may_be_moved(
    files: list[Application], claire: User, dominique: User
) -> None:
    row = judging.current(files[1])
    with pytest.raises(Refused) as refused:
        waiting.place(row, 1, by=dominique)
    assert refused.value.forbidden
    acts.propose(files[1:2], "decline", by=claire)
    with pytest.raises(Refused, match="changed since"):
        waiting.place(row, 1, by=claire)
    with pytest.raises(Refused, match="not on a waitlist"):
        waiting.place(judging.current(files[1]), 1, by=claire)


def test_gaps_and_ties_close_in_the_same_order(files: list[Application], claire: User) -> None:
    acts.propose(files[1:2], "decline", by=claire)
    lifecycle.withdraw(files[3], by=files[3].applicant)
    Decision.objects.filter(application=files[4]).update(rank=3)
    program, cycle = factories.program(), files[0].cycle
    assert waiting.renumber(cycle, program, by=claire) == 1
    rows = waiting.waiting(cycle, program, claire)
    assert [(row.application_id, row.rank) for row in rows] == [
        (files[0].pk, 1),
        (files[2].pk, 2),
        (files[4].pk, 3),
    ]


def test_in_the_order_of_the_scores(files: list[Application], claire: User) -> None:
    for file, told in zip(files, ("2", "", "5", "3", "4"), strict=True):
        score = Decimal(told) if told else None
        Standing.objects.create(application=file, cycle=file.cycle, adjusted=score, mean=score)
    waiting.renumber(files[0].cycle, factories.program(), by_score=True, by=claire)
    assert order(files) == "24301"


def test_files_in_conflict_keep_their_place(
    files: list[Application], claire: User, person: Settle
) -> None:
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(files[2], zoe, by=claire)
    waiting.place(judging.current(files[4]), 1, by=zoe)
    assert order(files) == "40213"
    assert judging.current(files[2]).version == 1


def test_queries_do_not_grow(cycle: Cycle, claire: User) -> None:
    counts, msc = [], factories.program()
    for first, number in ((0, 3), (3, 12)):
        rows = asking(cycle, number, first=first)
        acts.propose(rows, "waitlist", msc, by=claire)
        row = judging.current(rows[-1])
        row.application.cycle  # noqa: B018 (fetched outside)
        with CaptureQueriesContext(connection) as queries:
            waiting.place(row, 1, by=claire)
        counts.append(len(queries))
    assert counts[0] == counts[1]
