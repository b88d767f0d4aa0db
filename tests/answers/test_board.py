"""The pages of the board: what each filter shows, whole parts proposed, refusals that keep what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from answers import acts, noting
from answers.models import Act, Kept, Note
from applications.models import Application, Choice
from committee import remarks
from cycles.models import Cycle
from reviews import estimates
from reviews.models import Decision, Estimate
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked

Ask = Callable[..., str]


@pytest.fixture
def files(cycle: Cycle, david: User, claire: User) -> list[Application]:
    """Six files in the order of their scores, three seats; a seventh that nobody has read."""
    cycle.intakes.update(seats=3)
    rows = asking(cycle, 7)
    marked(rows[:6], david, [5, 4.5, 4, 3, 2, 1], by=claire)
    estimates.estimate(cycle)
    return rows


def browser(user: User) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office(claire: User) -> Client:
    """Claire's browser."""
    return browser(claire)


@pytest.fixture
def direction(dominique: User) -> Client:
    """Dominique's browser."""
    return browser(dominique)


def page(client: Client, address: str, status: int = 200) -> str:
    """A page in English."""
    answer = client.get(f"/en/{address}")
    assert answer.status_code == status
    return str(answer.content.decode())


def sent(client: Client, address: str, **fields: Any) -> str:
    """What comes after a form was sent."""
    return str(client.post(f"/en/{address}", fields, follow=True).content.decode())


def shown(client: Client, show: str, files: list[Application]) -> list[int]:
    """Which files a filter shows."""
    text = page(client, f"decisions/?show={show}")
    return [index for index, file in enumerate(files) if file.number in text]


def test_filters_are_in_the_address(
    files: list[Application], office: Client, direction: Client, claire: User, dominique: User
) -> None:
    msc = factories.program()
    acts.propose(files[:4], "accept", msc, by=claire)
    acts.send_back(judging.current(files[3]), by=dominique, why="Below the line")
    sent(direction, "decisions/approve/", ticked=[file.number for file in files[:2]])
    acts.propose(files[1:2], "waitlist", msc, by=claire)
    acts.propose(files[5:], "decline", by=claire)
    assert shown(office, "approved", files) == [0]
    assert shown(office, "to_approve", files) == [1, 2, 5]
    assert shown(office, "to_propose", files) == [3, 4]
    assert shown(office, "changed", files) == [1]
    assert shown(direction, "for_me", files) == [1, 2, 5]
    assert shown(office, "for_me", files) == [3]
    assert shown(office, "found", files) == []
    text = page(office, "decisions/?show=for_me")
    assert "Below the line" in text
    assert "No file here" in page(office, "decisions/?show=found")
    asked = page(office, "decisions/?show=unscored")
    assert files[6].number in asked


def test_a_line_says_what_was_said(
    files: list[Application], office: Client, claire: User, dominique: User, cycle: Cycle
) -> None:
    dess = factories.program("dess")
    cycle.intakes.get_or_create(program=dess)
    Choice.objects.create(application=files[0], program=dess, rank=2)
    acts.propose(files[:1], "accept", dess, by=claire)
    remarks.say(files[0], "First thought.", by=claire)
    remarks.say(files[0], "Last <b>thought</b>.", by=dominique)
    noting.note(files[0], "Asks for a late start.", by=claire)
    text = page(office, "decisions/?program=msc")
    assert "2 remarks" in text
    assert "Dominique Roy: Last &lt;b&gt;thought&lt;/b&gt;." in text
    assert "First thought" not in text
    assert "Asks for a late start." in text
    assert "choice 1" in text
    assert f"for {dess.short}, not here" in text
    assert "For another program</dt><dd>1" in text
    elsewhere = page(office, "decisions/?program=dess")
    assert "choice 2" in elsewhere


def test_whole_parts_of_the_list(files: list[Application], office: Client, cycle: Cycle) -> None:
    told = {"cycle": cycle.code, "program": "msc", "seen": Estimate.objects.get().state}

    def outcomes() -> str:
        rows = {row.application_id: row.outcome[0] for row in Decision.objects.current()}
        return "".join(rows.get(file.pk, "-") for file in files)

    many = "decisions/propose-many/"
    assert "3 answers proposed" in sent(office, many, **told, outcome="accept", which="above")
    part = {"outcome": "waitlist", "which": "range", "first": "3", "last": "4"}
    assert "1 answer proposed" in sent(office, many, **told, **part)
    assert outcomes() == "aaaw---", "the third has an answer already"
    sent(office, many, **told, **part, replaces="on")
    assert outcomes() == "aaww---"
    sent(office, many, **told, outcome="decline", which="rest")
    assert outcomes() == "aawwdd-", "nobody has read the last one"
    text = sent(office, many, **told, outcome="decline", which="rest")
    assert "No file of this part" in text
    refused = office.post("/en/decisions/propose-many/", {**told, **part, "first": "9"})
    assert refused.status_code == 422
    assert "in that order" in refused.content.decode()
    assert 'value="9"' in refused.content.decode()
    stale = sent(office, many, **{**told, "seen": "earlier"}, outcome="decline", which="rest")
    assert "The scores changed" in stale
    cycle.intakes.update(seats=None)
    assert "has no line" in sent(office, many, **told, outcome="accept", which="above")


def test_undone_from_the_board_and_from_the_list(
    files: list[Application], office: Client, direction: Client, claire: User
) -> None:
    numbers = [file.number for file in files[:3]]
    sent(office, "decisions/propose/", program="msc", outcome="accept", ticked=numbers)
    again = sent(office, "decisions/propose/", program="msc", outcome="accept", ticked=numbers)
    assert "had this answer already" in again
    act = Act.objects.get()
    assert f"/acts/{act.pk}/undo/" in page(office, "decisions/")
    assert f"/acts/{act.pk}/undo/" in page(office, "decisions/acts/")
    assert f"/acts/{act.pk}/undo/" not in page(direction, "decisions/acts/")
    assert direction.post(f"/en/decisions/acts/{act.pk}/undo/").status_code == 403
    assert "Undone:" in sent(office, f"decisions/acts/{act.pk}/undo/")
    assert not Decision.objects.current().exists()
    assert "Undone by Claire Gagné" in page(direction, "decisions/acts/")
    assert "What you did last" not in page(office, "decisions/")
    assert "None of these files" in sent(office, "decisions/withdraw/", ticked=numbers)
    assert "Tick at least one" in sent(office, "decisions/withdraw/")
    acts.propose(files[:2], "decline", by=claire)
    assert "2 proposals withdrawn" in sent(office, "decisions/withdraw/", ticked=numbers)


def test_a_director_approves_a_list_and_is_told_of_the_rest(
    files: list[Application], cycle: Cycle, claire: User, dominique: User, person: Settle
) -> None:
    zoe = person("zoe", Role.DIRECTOR, Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(files[0], zoe, by=claire)
    acts.propose(files[:3], "accept", factories.program(), by=claire)
    acts.propose(files[3:4], "decline", by=zoe)
    client = browser(zoe)
    text = page(client, "decisions/")
    assert "2 answers wait for you" in text
    assert "2 more wait for another director" in text
    assert files[0].number not in text
    told = {"cycle": cycle.code, "program": "msc"}
    looked = page(client, f"decisions/approve-all/?cycle={cycle.code}&program=msc")
    assert "Approve these 2 answers" in looked
    assert "changed since" in sent(client, "decisions/approve-all/", **told, seen="0")
    seen = looked.split('name="seen" value="')[1][:64]
    assert "2 answers approved" in sent(client, "decisions/approve-all/", **told, seen=seen)
    assert "Nothing waits" in page(client, f"decisions/approve-all/?cycle={cycle.code}")
    assert judging.current(files[0]).status == "proposed"
    assert "0 answers wait" in page(client, "decisions/")


def test_what_is_proposed_at_that_moment_waits_for_another_look(
    files: list[Application], cycle: Cycle, direction: Client, claire: User
) -> None:
    acts.propose(files[:1], "accept", factories.program(), by=claire)
    looked = page(direction, f"decisions/approve-all/?cycle={cycle.code}")
    seen = looked.split('name="seen" value="')[1][:64]
    late: list[Application] = [files[1]]

    def meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Once the list was compared, and before it is approved, somebody proposes one more."""
        if late and "FOR UPDATE" in sql and "reviews_decision" in sql:
            acts.propose([late.pop()], "decline", by=claire)
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        told = sent(direction, "decisions/approve-all/", cycle=cycle.code, seen=seen)
    assert late == []
    assert "1 answer approved" in told
    assert judging.current(files[1]).status == "proposed"


def test_one_file_from_note_to_sending_back(
    files: list[Application], office: Client, direction: Client, claire: User, dominique: User
) -> None:
    address = f"files/{files[0].number}/decision/"
    assert "Nothing proposed yet" in page(office, address)
    assert "no proposed answer" in sent(direction, f"{address}send-back/", why="Look")
    acts.propose(files[:1], "decline", by=claire)
    sent(office, f"{address}note/", text="Strong.")
    assert Note.objects.current().get().text == "Strong."
    long = office.post(f"/en/{address}note/", {"text": "x" * 1001})
    assert (long.status_code, "x" * 1001 in long.content.decode()) == (422, True)
    assert "Send it back" not in page(office, address)
    empty = direction.post(f"/en/{address}send-back/", {"why": ""})
    assert empty.status_code == 422
    assert "Sent back with your word" in sent(direction, f"{address}send-back/", why="Look again")
    text = page(office, address)
    assert "Look again" in text
    assert "Set aside" in text


def test_the_waitlist_page(
    files: list[Application], office: Client, direction: Client, claire: User, cycle: Cycle
) -> None:
    assert "Nobody waits" in page(office, "decisions/waitlist/")
    acts.propose(files[:3], "waitlist", factories.program(), by=claire)
    row = judging.current(files[2])
    assert "3 places changed" in sent(office, f"decisions/{row.pk}/place/", place="1")
    assert "from 1 on" in sent(office, f"decisions/{judging.current(files[2]).pk}/place/", place="")
    told = {"cycle": cycle.code, "program": "msc"}
    assert "was in this order" in sent(office, "decisions/waitlist/renumber/", **told)
    scored = sent(office, "decisions/waitlist/renumber/", **told, order="score")
    assert "3 places changed" in scored
    assert [judging.current(file).rank for file in files[:3]] == [1, 2, 3]
    acts.propose(files[:1], "decline", by=claire)
    assert "written as 2" in page(office, "decisions/waitlist/")
    assert "Put there" not in page(direction, "decisions/waitlist/")
    declined = judging.current(files[0])
    assert "not on a waitlist" in sent(office, f"decisions/{declined.pk}/place/", place="1")


def test_the_gate_page(
    files: list[Application], office: Client, direction: Client, claire: User, cycle: Cycle
) -> None:
    assert "Nothing looks inconsistent" in page(office, "decisions/gate/")
    acts.propose(files[6:], "decline", by=claire)
    text = page(direction, "decisions/gate/")
    assert "stops an approval" in text
    mark = text.split('name="finding" value="')[1][:64]
    assert 'name="finding"' not in page(office, "decisions/gate/"), "a director says so"
    told = {"cycle": cycle.code, "finding": mark}
    refused = direction.post("/en/decisions/gate/keep/", {**told, "reason": ""})
    assert (refused.status_code, refused.content.decode().count("checked>")) == (422, 1)
    kept = sent(direction, "decisions/gate/keep/", **told, reason="Read by all of us.")
    assert "1 finding kept" in kept
    assert "“Read by all of us.”" in kept
    assert Kept.objects.get().first == files[6]
    assert "1 answer approved" in sent(direction, "decisions/approve/", ticked=[files[6].number])


def test_without_a_cycle(office: Client, db: None) -> None:
    for name in ("", "waitlist/", "what-if/"):
        assert "No cycle is published" in page(office, f"decisions/{name}")
    assert "Nothing yet" in page(office, "decisions/acts/")
    assert "Nothing looks inconsistent" in page(office, "decisions/gate/")


COSTS = {"": 12, "gate/": 10, "waitlist/": 9, "what-if/": 12, "acts/": 6, "?show=found": 14}


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    cycle: Cycle, office: Client, direction: Client, claire: User, david: User, rows: int
) -> None:
    cycle.intakes.update(seats=1)
    some = asking(cycle, rows)
    marked(some, david, [2.0] * rows, by=claire)
    unread = asking(cycle, rows, first=50)
    for file in some:
        acts.propose([file], "waitlist", factories.program(), by=claire)
        remarks.say(file, "Said.", by=claire)
        noting.note(file, "Noted.", by=claire)
    acts.propose(unread, "decline", by=claire)
    told = {}
    for address in COSTS:
        page(office, f"decisions/{address}")
        with CaptureQueriesContext(connection) as queries:
            page(office, f"decisions/{address}")
        told[address] = len(queries)
    assert told == COSTS
    with CaptureQueriesContext(connection) as queries:
        page(office, f"decisions/?show=found&cycle={cycle.code}")
    assert len(queries) == 13
    page(direction, f"decisions/approve-all/?cycle={cycle.code}")
    with CaptureQueriesContext(connection) as queries:
        page(direction, f"decisions/approve-all/?cycle={cycle.code}")
    assert len(queries) == 7
