"""The ranked list: by corrected score, with chances, near the line, and at the same cost for any number of files."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from applications.models import Application
from cycles.models import Cycle
from reviews import decisions, estimates, ranking, scoring
from reviews.deserving import deserving
from reviews.models import Assignment, Decision, Estimate, Standing
from reviews.ranking import CLOSE, MEAN, SHOWS, THIRD, Listing, ranked
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


@pytest.fixture
def read_files(cycle: Cycle, person: Settle, david: User, claire: User) -> list[Application]:
    """Twelve files read by a mild reader, a strict one, or both; four seats; estimated."""
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")
    cycle.intakes.update(seats=4)
    files = asking(cycle, 12)
    marked(files[:8], david, [5, 4.5, 4.5, 4, 4, 3.5, 3, 2.5], by=claire)
    marked(files[:8], zoe, [4, 3.5, 3, 3, 2.5, 2, 2.5, 1], by=claire)
    marked(files[8:10], david, [3.5, 3], by=claire)
    marked(files[10:], zoe, [3.5, 3], by=claire)
    estimates.estimate(cycle)
    return files


def page_of(office: Client, query: str = "") -> str:
    """The list, in English."""
    answer: Any = office.get(f"/en/decisions/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_by_corrected_score_or_by_mean(office: Client, read_files: list[Application]) -> None:
    page, by_mean = page_of(office), page_of(office, "?by=mean")
    mild, strict = read_files[8].number, read_files[11].number
    assert page.index(strict) < page.index(mild)
    assert by_mean.index(mild) < by_mean.index(strict)
    assert "people decide" in page
    assert "last seat" in page
    assert 'class="cut"' in page
    assert page.count('class="ci') == 12
    assert "Too little is read" in page
    assert page.count('class="seat"') == 1


def test_chances_add_up_to_the_seats(read_files: list[Application]) -> None:
    rows = Standing.objects.filter(application__in=read_files)
    assert sum(row.chance("msc") or 0 for row in rows) == pytest.approx(4000, abs=10)


def test_near_the_line_with_ranks(
    office: Client, read_files: list[Application], claire: User
) -> None:
    listing = Listing(read_files[0].cycle, factories.program(), claire)
    near = list(ranked(listing, CLOSE))
    assert 0 < len(near) < 12
    places = listing.places(near)
    everyone = [row.pk for row in ranked(listing)]
    assert places == {row.pk: everyone.index(row.pk) + 1 for row in near}
    assert listing.places([]) == {}
    page = page_of(office, "?show=near")
    assert page.count('class="seat"') == 1
    wanted = set(deserving(listing.cycle, listing.program))
    assert wanted
    assert set(ranked(listing, THIRD)) == wanted
    assert page_of(office, "?show=again").count("Another reading</span>") == len(wanted)


def much_was_read() -> None:
    """As if many marks stood behind the estimate."""
    Estimate.objects.update(marks=99, readers=9)


def test_sure_and_hopeless_are_said_so(office: Client, read_files: list[Application]) -> None:
    Standing.objects.filter(pk=read_files[0].pk).update(chances={"msc": 1000})
    Standing.objects.filter(pk=read_files[7].pk).update(chances={"msc": 2})
    assert "over 99%" not in page_of(office), "so little was read that a figure would mislead"
    much_was_read()
    page = page_of(office)
    assert "over 99%" in page
    assert "under 1%" in page


def test_a_file_whose_marks_changed_waits(
    office: Client, read_files: list[Application], david: User, claire: User
) -> None:
    row = Assignment.objects.get(application=read_files[3], reviewer=david)
    assert "being recomputed" not in page_of(office)
    scoring.take_back(row, by=david)
    assert page_of(office).count("being recomputed") == 1


def test_readers_in_two_circles(
    office: Client, read_files: list[Application], person: Settle, claire: User
) -> None:
    apart = person("yves", Role.REVIEWER)
    marked(asking(read_files[0].cycle, 2, first=50), apart, [4, 3], by=claire)
    estimates.estimate(read_files[0].cycle)
    page = page_of(office)
    assert "2 groups without a file in common" in page
    assert page.count("Hard to compare") == 2
    scales = str(office.get("/en/readers/scales/").content.decode())
    assert "No file in common with most readers" in scales


def test_a_conflict_leaves_no_trace(
    read_files: list[Application], claire: User, person: Settle
) -> None:
    both = person("both", Role.COORDINATOR, Role.REVIEWER)
    best = read_files[0]
    judging.in_conflict(best, both, by=claire)
    browser = Client()
    browser.force_login(both)
    for query in ("", "?by=mean", *(f"?show={show}" for show in SHOWS)):
        assert best.number not in page_of(browser, query)
    listing = Listing(best.cycle, factories.program(), both)
    assert best.pk not in listing.places(list(ranked(listing, CLOSE)))


def test_without_seats_or_with_more_than_files(
    office: Client, cycle: Cycle, read_files: list[Application], claire: User
) -> None:
    listing = Listing(cycle, factories.program(), claire)
    assert listing.last_seat(None) is None
    assert listing.last_seat(0) is None
    assert listing.last_seat(99) is None
    cycle.intakes.update(seats=99)
    estimates.estimate(cycle)
    much_was_read()
    assert page_of(office).count("over 99%") == 12
    cycle.intakes.update(seats=None)
    estimates.estimate(cycle)
    assert "No file here" in page_of(office, "?show=near")


def test_settled_files_need_no_reading(
    office: Client, read_files: list[Application], claire: User, dominique: User
) -> None:
    row = next(iter(deserving(read_files[0].cycle, factories.program())))
    decisions.approve(decisions.propose(row, "decline", by=claire), by=dominique)
    assert row.number not in page_of(office, "?show=again")


ADDRESSES = ("", "?by=mean", "?show=near", "?show=again", "?show=apart")


def test_as_many_queries_for_3_files_as_for_300(
    office: Client, cycle: Cycle, person: Settle, david: User, claire: User
) -> None:
    zoe = person("zoe", Role.REVIEWER)
    told: list[list[int]] = []
    for number in (3, 297):
        cycle.intakes.update(seats=number // 2)
        files = asking(cycle, number, first=1000 * len(told))
        for shift, reader in enumerate((david, zoe)):
            marks = [1 + (index * 7 + shift * 3) % 17 / 4 for index in range(number)]
            marked(files, reader, marks, by=claire)
        estimates.estimate(cycle)
        counts = []
        for address in ADDRESSES:
            with CaptureQueriesContext(connection) as queries:
                page_of(office, address)
            counts.append(len(queries))
        told.append(counts)
    assert told == [[12, 12, 13, 13, 12]] * 2


def plan_of(rows: Any) -> str:
    """How PostgreSQL would find these rows, when it may not read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return str(rows.explain())


def test_the_list_is_read_from_its_indexes(read_files: list[Application], claire: User) -> None:
    cycle, msc = read_files[0].cycle, factories.program()
    listing = Listing(cycle, msc, claire)
    assert "reviews_standing_adjusted" in plan_of(ranked(listing)[:50])
    assert "reviews_standing_rank" in plan_of(ranked(Listing(cycle, msc, claire, MEAN))[:50])
    near = Standing.objects.filter(near__contains=[msc.pk])
    assert "reviews_standing_near" in plan_of(near)


def test_scales_for_the_coordination_and_for_oneself(
    office: Client, read_files: list[Application], david: User, dominique: User
) -> None:
    page = str(office.get("/en/readers/scales/").content.decode())
    assert page.index("Zoé Tremblay") < page.index("David Chen")
    reader = Client()
    reader.force_login(david)
    mine = str(reader.get("/en/readers/scales/").content.decode())
    assert "Only you and the coordination" in mine
    assert "Zoé" not in mine
    assert mine.count("<tr>") == 2
    direction = Client()
    direction.force_login(dominique)
    assert direction.get("/en/readers/scales/").status_code == 403


def test_strict_and_mild_are_told_apart(office: Client, read_files: list[Application]) -> None:
    row = Estimate.objects.get()
    strict, mild = row.scales
    row.scales = {strict: [0.5, 0.2, 0.8, 9, 0], mild: [-0.5, -0.8, -0.2, 9, 0]}
    row.save()
    page = str(office.get("/en/readers/scales/").content.decode())
    assert page.index("Stricter than most") < page.index("Milder than most")


def test_nothing_to_tell(office: Client, db: None) -> None:
    assert "Nothing is known yet" in str(office.get("/en/readers/scales/").content.decode())
    judging.cycle()
    assert "Nothing is known yet" in str(office.get("/en/readers/scales/").content.decode())


def test_released_decisions_stay_out_of_the_tally(
    read_files: list[Application], claire: User
) -> None:
    listing = Listing(read_files[0].cycle, factories.program(), claire)
    told = ranking.tally(listing, 4)
    assert (told.seats, told.left) == (4, 4)
    assert not Decision.objects.exists()
