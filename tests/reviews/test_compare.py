"""Files side by side."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from applications.models import Application
from applications.opening import OPENED
from audit.models import AuditEntry
from cycles.models import Cycle
from reviews import decisions, estimates
from reviews.models import Estimate, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


@pytest.fixture
def files(cycle: Cycle, person: Settle, david: User, claire: User) -> list[Application]:
    """Four submitted files, three of them read, one twice."""
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")
    cycle.intakes.update(seats=2)
    rows = [factories.submitted(person(f"one{index}"), cycle) for index in range(4)]
    for row, marks in zip(rows, [(5, 4, 3), (2, 2, None), (4, 4, 4)], strict=False):
        judging.reviewed(row, david, *marks, by=claire)
    given = judging.assigned(rows[0], zoe, by=claire)
    judging.hand_in(given, 3, None, 3, comment="Ask <b>why</b>.", private_notes="CANARY-NOTES")
    judging.saved(judging.assigned(rows[3], zoe, by=claire), 1, comment="CANARY-DRAFT")
    factories.letter_from(factories.referee(rows[0]))
    factories.referee(rows[0], name="Bo", email="bo@universite.example")
    return rows


def address(*rows: Application) -> str:
    """The page of some files."""
    return "/en/compare/?" + "&".join(f"n={row.number}" for row in rows)


def page_of(browser: Client, *rows: Application) -> str:
    """The page."""
    answer: Any = browser.get(address(*rows))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_side_by_side(office: Client, files: list[Application]) -> None:
    page = page_of(office, *files)
    places = [page.index(f'"f{row.pk}"') for row in files]
    assert places == sorted(places)
    assert "being recomputed" in page
    assert "Not read yet" in page
    assert "CANARY" not in page
    assert "&lt;b&gt;why" in page
    assert "1 of 2 has arrived" in page
    assert "Zoé Tremblay 3" in page
    assert "Zoé Tremblay –" in page
    without_first = "&amp;".join(f"n={row.number}" for row in files[1:])
    assert without_first in page
    estimates.estimate(files[0].cycle)
    page = page_of(office, *files[:2])
    assert "being recomputed" not in page
    assert "Chance of a seat" not in page  # so few marks
    assert AuditEntry.objects.filter(verb=OPENED).count() == 6


def test_one_left_and_none(office: Client, files: list[Application], claire: User) -> None:
    decisions.propose(files[0], "decline", by=claire)
    page = page_of(office, files[0], files[0])
    assert "Remove" not in page
    assert "Decline" in page
    assert "Tick two to four files" in page_of(office)


def test_what_cannot_be_compared(
    office: Client, files: list[Application], cycle: Cycle, claire: User, bruno: User
) -> None:
    draft = factories.draft(bruno, cycle)
    assert office.get(address(files[0], draft)).status_code == 404
    assert office.get("/en/compare/?n=nothing").status_code == 404
    five = [*files, *judging.filed(1, cycle)]
    assert office.get(address(*five)).status_code == 404
    claire.roles = [Role.COORDINATOR, Role.REVIEWER]
    claire.save()
    judging.in_conflict(files[1], claire, by=claire)
    assert office.get(address(files[0], files[1])).status_code == 404
    assert office.get(address(files[0], files[2])).status_code == 200


def test_a_bare_file_has_its_column(office: Client, cycle: Cycle) -> None:
    assert page_of(office, *judging.filed(2, cycle)).count("<article") == 2


def test_from_the_ranked_list(office: Client, files: list[Application]) -> None:
    assert "Compare the ticked" in str(office.get("/en/decisions/").content.decode())
    numbers = [row.number for row in files]
    answer = office.post("/en/decisions/compare/", {"ticked": numbers[:2]})
    assert answer["Location"] == address(*files[:2])
    for wrong in (numbers[:1], [*numbers, "A27-X"]):
        refused = office.post("/en/decisions/compare/", {"ticked": wrong}, follow=True)
        assert "Tick two to four" in refused.content.decode()
    assert office.get("/en/decisions/compare/").status_code == 405


def test_as_many_queries_for_two_as_for_four(office: Client, files: list[Application]) -> None:
    counts = []
    for some in (files[:2], files):
        with CaptureQueriesContext(connection) as queries:
            page_of(office, *some)
        counts.append(len(queries))
    assert counts == [13, 13]


def test_readers_get_no_comparison(files: list[Application], david: User, amina: User) -> None:
    for person in (david, amina):
        browser = Client()
        browser.force_login(person)
        assert browser.get(address(*files[:2])).status_code == 403


def test_a_chance_worked_out_from_little_is_not_told_as_on_the_ranked_list(
    office: Client, files: list[Application]
) -> None:
    estimates.estimate_all()
    Standing.objects.update(chances={"msc": 998, "dess": 998})
    Estimate.objects.update(marks=29, readers=3)
    assert "Chance of a seat" not in page_of(office, *files[:2])
    Estimate.objects.update(marks=30)
    assert "Chance of a seat" in page_of(office, *files[:2])
