"""The next step of each person, its day, and the pips of a line; no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from cycles.models import Cycle
from enrolment.permitting import NONE, WITH_INTERNSHIP, Permits, Pip, by_need
from enrolment.places import Place
from enrolment.steps import Step, is_late, is_near, next_of, pips_of, words_of
from followup.models import Filing, Reply

AT = datetime(2027, 2, 4, 15, tzinfo=UTC)
TODAY = AT.date()
CYCLE = Cycle(
    reply_by=date(2027, 1, 30), udem_safe_on=date(2027, 1, 31), starts_on=date(2027, 9, 1)
)
DONE, WAY, NOT, BAD = Pip.DONE, Pip.UNDER_WAY, Pip.NOT_YET, Pip.REFUSED


def place(filing: str = "", **facts: Any) -> Place:
    """Somebody who said yes, at a step of UdeM."""
    nothing = dict.fromkeys(Place._fields)
    known = {
        "decision": 1,
        "application": 1,
        "status": "submitted",
        "canada": "none",
        "program": 1,
        "reply": Reply.ACCEPTED.value,
        "filing": filing,
        "numbered": bool(filing),
    }
    return Place(**{**nothing, **known, **facts})


def step(row: Place, permits: Permits = NONE) -> tuple[Step, date | None, bool]:
    return tuple(next_of(row, permits, CYCLE, AT))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (place(reply="open"), (Step.REPLY, CYCLE.reply_by, True)),
        (
            place(reply="open", reply_by=datetime(2027, 3, 26, 3, 59, tzinfo=UTC)),
            (Step.REPLY, date(2027, 3, 25), True),
        ),
        (place(reply="declined"), (Step.CALL, None, False)),
        (place(reply="expired"), (Step.CALL, None, False)),
        (place(Filing.FILED, status="withdrawn"), (Step.OVER, None, False)),
        (place(Filing.TO_FILE), (Step.FILE, CYCLE.udem_safe_on, True)),
        (
            place(Filing.TO_FILE, called_at=datetime(2027, 1, 31, 15, tzinfo=UTC)),
            (Step.FILE, CYCLE.udem_safe_on, True),
        ),
        # Called once UdeM's day had passed: nobody is late for it.
        (
            place(Filing.TO_FILE, called_at=datetime(2027, 3, 20, 15, tzinfo=UTC)),
            (Step.FILE, None, True),
        ),
        (place(Filing.FILED), (Step.STUDIED, None, False)),
        (place(Filing.DOCUMENTS), (Step.DOCUMENTS, None, True)),
        (
            place(
                Filing.FILED,
                documents_asked_on=date(2027, 2, 1),
                documents_due_on=date(2027, 2, 15),
            ),
            (Step.DOCUMENTS, date(2027, 2, 15), True),
        ),
        (place(Filing.DOCUMENTS, documents_done_on=TODAY), (Step.STUDIED, None, False)),
        (place(Filing.ADMITTED, accept_by=TODAY), (Step.ACCEPT, TODAY, True)),
        (place(Filing.CONDITIONAL), (Step.ACCEPT, None, True)),
        (place(Filing.ACCEPTED), (Step.REGISTER, CYCLE.starts_on, True)),
        (
            place(Filing.ACCEPTED, start_on=date(2028, 1, 5)),
            (Step.REGISTER, date(2028, 1, 5), True),
        ),
        (place(Filing.REFUSED), (Step.TALK, None, False)),
        (place(Filing.CLOSED), (Step.TALK, None, False)),
        (place(Filing.REGISTERED), (Step.OVER, None, False)),
    ],
)
def test_what_comes_next(row: Place, told: tuple[Step, date | None, bool]) -> None:
    assert step(row) == told


def test_permits_come_between_udems_offer_and_the_registration() -> None:
    due = Permits(Pip.UNDER_WAY, NOT, NOT, date(2027, 5, 1), "CAQ")
    assert step(place(Filing.ACCEPTED), due) == (Step.PERMITS, date(2027, 5, 1), True)
    assert step(place(Filing.ADMITTED), due)[0] == Step.ACCEPT
    there = Permits(DONE, DONE, Pip.NOT_NEEDED)
    assert step(place(Filing.ACCEPTED), there)[0] == Step.REGISTER
    assert (due.under_way, there.under_way, WITH_INTERNSHIP.under_way) == (True, False, False)
    assert (due.needed, NONE.needed) == (True, False)


@pytest.mark.parametrize(
    ("day", "late", "near"),
    [(-1, True, False), (0, False, True), (7, False, True), (8, False, False)],
)
def test_late_and_near(day: int, late: bool, near: bool) -> None:
    coming = next_of(place(Filing.ADMITTED, accept_by=TODAY + timedelta(days=day)), NONE, CYCLE, AT)
    assert (is_late(coming, TODAY), is_near(coming, TODAY)) == (late, near)


@pytest.mark.parametrize(
    ("row", "permits", "pips"),
    [
        (place(reply="open"), NONE, [NOT] * 4),
        (place(Filing.TO_FILE), NONE, [Pip.LATE, NOT, NOT, NOT]),
        (place(Filing.FILED, filed_on=TODAY), NONE, [DONE, NOT, NOT, NOT]),
        (place(Filing.DOCUMENTS, filed_on=TODAY), NONE, [DONE, WAY, NOT, NOT]),
        (
            place(
                Filing.DOCUMENTS,
                filed_on=TODAY,
                documents_asked_on=date(2027, 1, 4),
                documents_due_on=date(2027, 2, 1),
            ),
            NONE,
            [DONE, Pip.LATE, NOT, NOT],
        ),
        (
            place(Filing.DOCUMENTS, filed_on=TODAY, documents_done_on=TODAY),
            NONE,
            [DONE, DONE, WAY, NOT],
        ),
        (place(Filing.ADMITTED, filed_on=TODAY), NONE, [DONE, DONE, DONE, WAY]),
        (place(Filing.CONDITIONAL, filed_on=TODAY), NONE, [DONE, DONE, WAY, WAY]),
        (
            place(Filing.CONDITIONAL, filed_on=TODAY, condition_met_on=TODAY),
            NONE,
            [DONE, DONE, DONE, WAY],
        ),
        (place(Filing.ACCEPTED, filed_on=TODAY), NONE, [DONE] * 4),
        (place(Filing.REFUSED, filed_on=TODAY), NONE, [DONE, NOT, BAD, NOT]),
    ],
)
def test_pips_of_the_university(row: Place, permits: Permits, pips: list[Pip]) -> None:
    assert pips_of(row, next_of(row, permits, CYCLE, AT), permits, TODAY)[:4] == pips


@pytest.mark.parametrize(
    ("filing", "pip"),
    [
        (Filing.REGISTERED, DONE),
        (Filing.NOT_REGISTERED, BAD),
        (Filing.REFUSED, BAD),
        (Filing.ACCEPTED, NOT),
    ],
)
def test_the_last_pip(filing: str, pip: Pip) -> None:
    row = place(filing)
    pips = pips_of(row, next_of(row, NONE, CYCLE, AT), NONE, TODAY)
    assert pips[7] == pip
    assert pips[4:7] == [Pip.NOT_NEEDED] * 3


@pytest.mark.parametrize(
    ("reply", "filing", "nothing"),
    [
        (Reply.DECLINED, "", True),
        (Reply.EXPIRED, "", True),
        (Reply.OPEN, "", False),
        (Reply.DECLINED, Filing.NOT_REGISTERED, False),
    ],
)
def test_nothing_is_to_come_for_who_declined(reply: str, filing: str, nothing: bool) -> None:
    row = place(filing, reply=reply)
    pips = pips_of(row, next_of(row, WITH_INTERNSHIP, CYCLE, AT), WITH_INTERNSHIP, TODAY)
    assert (pips == [Pip.NEVER] * 8) is nothing


@pytest.mark.parametrize(
    ("canada", "program", "needed"),
    [
        ("none", 1, [NOT, NOT, NOT]),
        ("study", 2, [NOT, NOT, Pip.NOT_NEEDED]),
        ("citizen", 1, [Pip.NOT_NEEDED] * 3),
        ("resident", 1, [Pip.NOT_NEEDED] * 3),
        ("", 1, [Pip.NOT_NEEDED] * 3),
    ],
)
def test_who_needs_permits(canada: str, program: int, needed: list[Pip]) -> None:
    row = place(canada=canada, program=program)
    assert list(by_need(row, frozenset({1}))[:3]) == needed


@pytest.mark.parametrize(
    ("row", "permits", "words"),
    [
        (place(status="withdrawn"), NONE, "None: withdrawn by the applicant"),
        (place(status="closed"), NONE, "None: closed as incomplete"),
        (place(Filing.CONDITIONAL), NONE, "Conditional: accepts in the Student Centre"),
        (
            place(Filing.ACCEPTED),
            Permits(NOT, NOT, NOT, None, "Ask for the CAQ"),
            "Ask for the CAQ",
        ),
        (place(Filing.ACCEPTED), WITH_INTERNSHIP, "Takes care of the permits"),
        (place(Filing.NOT_REGISTERED), NONE, "Not registered"),
        (place(reply="declined"), NONE, "Call the waitlist"),
    ],
)
def test_the_step_in_words(row: Place, permits: Permits, words: str) -> None:
    with override("en"):
        assert str(words_of(row, next_of(row, permits, CYCLE, AT), permits)) == words


@pytest.mark.parametrize(
    ("row", "over", "seat"),
    [
        (place(reply="open"), False, True),
        (place(reply="declined"), True, False),
        (place(Filing.FILED), False, True),
        (place(Filing.REGISTERED), True, True),
        (place(Filing.REGISTERED, status="withdrawn"), True, False),
        (place(Filing.DEFERRED), True, False),
        (place(Filing.REFUSED), True, False),
    ],
)
def test_who_holds_a_seat(row: Place, over: bool, seat: bool) -> None:
    assert (row.is_over, row.takes_a_seat) == (over, seat)
