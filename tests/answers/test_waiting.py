"""The waitlist: places without gaps or ties, moved by one person and approved by another."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from answers import acts, replies, waiting
from answers.models import Act
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from cycles.models import Cycle
from followup import offers
from reviews import decisions, ranking
from reviews.models import Decision, Standing
from tests import factories
from tests.answers import factories as answers
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


def test_the_released_list_in_the_order_of_the_calls(
    files: list[Application], cycle: Cycle, claire: User, dominique: User
) -> None:
    acts.propose(files[3:], "accept", factories.program(), by=claire)
    decisions.approve_all(Decision.objects.proposed(), by=dominique)
    judging.release_all(cycle, proposer=claire, director=dominique)
    office = Client()
    office.force_login(claire)
    address = f"/en/decisions/waitlist/?cycle={cycle.code}&program=msc"
    text = office.get(address).content.decode()
    assert "Nobody waits" not in text
    assert [text.index(file.number) for file in files[:3]] == sorted(
        text.index(file.number) for file in files[:3]
    )
    answers.correction(judging.current(files[0]), "accept", proposer=claire, director=dominique)
    answers.corrected(cycle, preparer=claire, director=dominique)
    lifecycle.withdraw(files[1], by=files[1].applicant)
    gone, left, waits = waiting.released(cycle, factories.program(), claire)
    assert [row.application for row in (gone, left, waits)] == files[:3]
    told = office.get(address).content.decode().split("What became of it</th>")[1]
    assert told.index("Accept") < told.index("Withdrawn") < told.index("Waits")


def test_offers_that_are_declined_take_no_seat(
    files: list[Application], cycle: Cycle, claire: User, dominique: User
) -> None:
    cycle.intakes.update(seats=2)
    acts.propose(files[3:], "accept", factories.program(), by=claire)
    decisions.approve_all(Decision.objects.proposed(), by=dominique)
    listing = ranking.Listing(cycle, factories.program(), claire)
    before = ranking.tally(listing, 2, ended=replies.ended())
    assert (before.accepted, before.left, before.released, before.ended) == (2, 0, 0, 0)
    judging.release_all(cycle, proposer=claire, director=dominique)
    no = judging.current(files[4])
    offers.decline(no, by=no.application.applicant, at=timezone.now())
    after = ranking.tally(listing, 2, ended=replies.ended())
    assert (after.accepted, after.left, after.released, after.ended) == (1, 1, 5, 1)
    office = Client()
    office.force_login(claire)
    board = office.get("/en/decisions/?show=unscored").content.decode()
    assert "1 declined or lapsed" in board
    assert "Nothing here reaches applicants" not in board
    assert "/correct/" in board
    followed = office.get(f"/en/follow-up/?cycle={cycle.code}").content.decode()
    assert f"/follow-up/calls/?cycle={cycle.code}&amp;program=msc" in followed
    shown = office.get(f"/en/files/{files[0].number}/decision/").content.decode()
    assert "Correct this answer" in shown
