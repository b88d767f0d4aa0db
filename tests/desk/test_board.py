"""The office's list: states, filters, search, order, pages, and the same few queries whatever its length."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Referee
from cycles.models import Cycle
from desk import board, checking, closing, pieces, talking
from notifications.models import OutgoingEmail
from tests import factories
from tests.conftest import Settle
from tests.desk.factories import asked, received
from tests.reviews import factories as judging


def listed(cycle: Cycle, user: User, **asked_for: Any) -> list[Application]:
    """The files of the list."""
    return list(board.files(cycle, user, **asked_for))


def states(cycle: Cycle, user: User) -> set[str]:
    """The filters that keep the only file."""
    return {key for key in board.FILTERS if listed(cycle, user, state=key)}


def line(cycle: Cycle, user: User) -> board.Line:
    """The only file's line."""
    (one,) = board.lines_of(board.files(cycle, user, state="all"))
    return one


def test_a_file_goes_through_its_states(
    cycle: Cycle, application: Application, claire: User
) -> None:
    assert states(cycle, claire) == {"to_check", "all"}
    assert line(cycle, claire).may_be_marked
    request = asked(application, by=claire)
    assert states(cycle, claire) == {"waiting", "all"}
    assert (line(cycle, claire).held, line(cycle, claire).asked) == (2, 3)
    received(request)
    assert states(cycle, claire) == {"to_check", "all"}
    assert not line(cycle, claire).may_be_marked
    pieces.accept(request, by=claire)
    checking.mark_complete(application, by=claire)
    assert states(cycle, claire) == {"complete", "all"}
    asked(application, by=claire, title="Other", days=-1)
    assert states(cycle, claire) == {"waiting", "overdue", "all"}
    assert line(cycle, claire).state == board.OVERDUE
    closing.close_incomplete(application, by=claire, why="x")
    assert states(cycle, claire) == {"closed", "all"}
    assert line(cycle, claire).state == board.CLOSED


def test_messages_and_letters_that_wait(
    cycle: Cycle, application: Application, amina: User, claire: User
) -> None:
    talking.write(application, "Hello?", by=amina)
    assert "unanswered" in states(cycle, claire)
    assert line(cycle, claire).unanswered == 1
    assert "bounced" not in states(cycle, claire)
    OutgoingEmail.objects.update(status="bounced", error="550 No such person")
    assert "bounced" in states(cycle, claire)


def test_drafts_and_other_cycles_are_not_listed(
    cycle: Cycle, bruno: User, amina: User, claire: User
) -> None:
    factories.draft(bruno, cycle)
    past = factories.cycle(code="A26", opens=-400, closes=5)
    factories.submitted(amina, past)
    assert states(cycle, claire) == set()


def test_ones_own_file_and_conflicts_are_hidden(
    cycle: Cycle, application: Application, person: Settle, claire: User, office: Client
) -> None:
    zoe = person("zoe", "coordinator", "reviewer")
    judging.in_conflict(application, zoe, by=claire)
    factories.submitted(zoe, cycle)
    assert listed(cycle, zoe) == []
    assert len(listed(cycle, claire)) == 2


def test_found_by_name_number_and_address(
    cycle: Cycle, application: Application, claire: User, office: Client
) -> None:
    for words in ("benali", "AMINA", application.number.lower(), "amina@example.com", "bé"):
        assert listed(cycle, claire, words=words) == [application], words
    assert "Nobody by that name" in office.get("/en/desk/?q=zzz%00").content.decode()


def test_sorted(cycle: Cycle, claire: User) -> None:
    files = judging.filed(3, cycle)
    assert listed(cycle, claire, sort="newest") == files
    assert listed(cycle, claire, sort="oldest") == files[::-1]
    assert listed(cycle, claire, sort="name") == files


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_same_queries_whatever_the_number(
    office: Client, cycle: Cycle, claire: User, rows: int
) -> None:
    for file in judging.filed(rows, cycle):
        talking.write(file, "Hello?", by=file.applicant)
        asked(file, by=claire)
    with CaptureQueriesContext(connection) as queries:
        page = office.get("/en/desk/?state=waiting").content.decode()
    assert page.count("<tr role") == rows + 1
    assert len(queries) == 12


def test_pages_of_fifty(office: Client, cycle: Cycle) -> None:
    judging.filed(51, cycle)
    first, second = (office.get(f"/en/desk/?page={page}").content.decode() for page in (1, 2))
    assert (first.count('<th scope="row"'), 'rel="next"' in first) == (50, True)
    assert (second.count('<th scope="row"'), 'rel="prev"' in second) == (1, True)


def test_the_page_in_every_filter_and_both_languages(
    office: Client, application: Application
) -> None:
    for key in (*board.FILTERS, "nonsense"):
        for language in ("", "/en"):
            assert office.get(f"{language}/desk/?state={key}&sort=x").status_code == 200
    assert "Amina Benali" in office.get("/en/desk/").content.decode()
    assert "No file in this state" in office.get("/en/desk/?state=closed").content.decode()
    factories.cycle(code="A26", opens=-400, closes=-380)
    assert "Amina Benali" not in office.get("/en/desk/?cycle=A26").content.decode()


def test_without_a_cycle(office: Client) -> None:
    assert "No cycle is published" in office.get("/en/desk/").content.decode()


def test_chips_count_what_waits(
    office: Client, cycle: Cycle, application: Application, claire: User
) -> None:
    asked(application, by=claire, days=-1)
    assert board.counts(cycle, claire) == {"waiting": 1, "overdue": 1, "unanswered": 0}
    assert "<b>1</b>" in office.get("/en/desk/").content.decode()


def test_many_marked_complete(
    office: Client, cycle: Cycle, application: Application, bruno: User, claire: User
) -> None:
    other = factories.submitted(bruno, cycle)
    asked(other, by=claire)
    numbers = {"ticked": [application.number, other.number, "none"]}
    page = office.post("/en/desk/complete/", numbers, follow=True).content.decode()
    assert "1 file is complete" in page
    assert "still to come" in page
    assert checking.check_of(application).holds(application)
    page = office.post("/en/desk/complete/", follow=True).content.decode()
    assert "Tick at least one file" in page


def test_late_by_the_calendar_of_montreal(
    cycle: Cycle, application: Application, claire: User
) -> None:
    request = asked(application, by=claire, days=0)
    assert not request.is_overdue
    request.due_on = request.due_on - timedelta(days=1)
    assert request.is_overdue
    assert timezone.now().date() >= request.due_on


def test_letters_of_reference(cycle: Cycle, application: Application, claire: User) -> None:
    assert (line(cycle, claire).references_received, line(cycle, claire).references_asked) == (0, 0)
    one = factories.referee(application)
    factories.referee(application, email="two@universite.example")
    now = timezone.now()
    Referee.objects.filter(pk=one.pk).update(
        status="received",
        answered_at=now,
        sha256="a" * 64,
        size=1,
        pages=1,
        file="references/aa/a.pdf",
    )
    Referee.objects.filter(email__startswith="two").update(status="declined", answered_at=now)
    factories.referee(application, email="three@universite.example")
    assert (line(cycle, claire).references_received, line(cycle, claire).references_asked) == (1, 2)
