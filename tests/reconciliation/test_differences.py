"""What a line would change: new facts, confirmations, conflicts; nothing goes back without a person."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from followup.models import Filing
from reconciliation.columns import Meaning
from reconciliation.differences import AHEAD, THEIRS, Kind, after, counts, differences
from reconciliation.facts import DAYS, Facts, columns, lacking
from reconciliation.matching import Who
from reconciliation.telling import Reading, Said, listen, program_of
from reconciliation.values import DateOrder

AS_OF = date(2027, 2, 3)
WORDS = {"admis": "admitted", "deposee": "filed", "a venir": ""}
READING = Reading(DateOrder.DAY_FIRST, WORDS, {"217510": ["77"], "217512": [""]})


def facts(**told: str) -> Facts:
    nothing = dict.fromkeys(("number", "condition", "confirmed_at", *DAYS), "")
    return {**nothing, "status": "to_file", **told}


FILED = facts(status="filed", number="20480001", filed_on="2027-01-29")


def said(step: Filing | None = None, **told: str) -> Said:
    return Said(Who(2), step, told)


def kinds(now: Facts, what: Said) -> dict[str, str]:
    return {name: one["kind"] for name, one in differences(now, what, as_of=AS_OF).items()}


def test_going_on_is_new_and_going_back_is_a_conflict() -> None:
    assert kinds(FILED, said(Filing.ADMITTED)) == {"status": Kind.NEW}
    assert kinds(FILED, said(Filing.FILED)) == {"status": Kind.SAME}
    admitted = {**FILED, "status": "admitted"}
    assert kinds(admitted, said(Filing.FILED)) == {"status": Kind.CONFLICT}
    assert kinds(admitted, said(Filing.REFUSED)) == {"status": Kind.CONFLICT}
    for ended in ("refused", "closed", "registered", "deferred", "not_registered"):
        assert kinds({**FILED, "status": ended}, said(Filing.ADMITTED)) == {"status": Kind.CONFLICT}


def test_no_two_steps_lie_ahead_of_each_other() -> None:
    for step, ahead in AHEAD.items():
        assert all(step not in AHEAD.get(one, ()) for one in ahead if one != step)


def test_what_the_person_reported_is_not_overwritten() -> None:
    assert kinds(FILED, said(filed_on="2027-01-30")) == {"filed_on": Kind.CONFLICT}
    assert kinds(FILED, said(number="20480001")) == {"number": Kind.SAME}
    assert kinds(FILED, said(decided_on="2027-02-02")) == {"decided_on": Kind.NEW}


def test_what_was_confirmed_before_the_list_is_replaced_and_after_it_is_not() -> None:
    before = {**FILED, "confirmed_at": datetime(2027, 2, 1, tzinfo=UTC).isoformat()}
    since = {**FILED, "confirmed_at": datetime(2027, 2, 5, tzinfo=UTC).isoformat()}
    assert kinds(before, said(filed_on="2027-01-30")) == {"filed_on": Kind.CHANGED}
    assert kinds(since, said(filed_on="2027-01-30")) == {"filed_on": Kind.CONFLICT}
    assert kinds(since, said(Filing.ADMITTED)) == {"status": Kind.CONFLICT}


def test_a_number_and_a_day_say_that_it_was_filed() -> None:
    told = differences(facts(), said(number="20480001", filed_on="2027-01-30"), as_of=AS_OF)
    assert told["status"]["new"] == "filed"
    assert counts(facts(), told, {})["is_ready"]


@pytest.mark.parametrize(
    ("now", "what", "lacks"),
    [
        (facts(), said(Filing.ADMITTED), ["filing"]),
        (facts(), said(number="20480001"), ["step"]),
        (FILED, said(Filing.CONDITIONAL), ["condition"]),
        (FILED, said(documents_due_on="2027-02-10"), ["documents"]),
        (FILED, said(Filing.CONDITIONAL, condition="B.Sc."), []),
        (facts(), said(Filing.CLOSED), []),
    ],
)
def test_what_lacks_a_fact_is_not_written(now: Facts, what: Said, lacks: list[str]) -> None:
    told = counts(now, differences(now, what, as_of=AS_OF), {})
    assert (told["lacks"], told["is_ready"]) == (lacks, not lacks)


def test_open_conflicts_stay_and_unconfirm_nothing() -> None:
    at = datetime(2027, 2, 6, tzinfo=UTC)
    told = differences(FILED, said(Filing.ADMITTED, filed_on="2027-01-30"), as_of=AS_OF)
    open_one = after(FILED, told, {}, at=at)
    assert (open_one["status"], open_one["filed_on"], open_one["confirmed_at"]) == (
        *("admitted", "2027-01-29", ""),
    )
    taken = after(FILED, told, {"filed_on": THEIRS}, at=at)
    assert (taken["filed_on"], taken["confirmed_at"]) == ("2027-01-30", at.isoformat())
    kept = after(FILED, told, {"filed_on": "ours"}, at=at)
    assert (kept["filed_on"], kept["confirmed_at"]) == ("2027-01-29", at.isoformat())


def test_facts_become_columns() -> None:
    told = columns(FILED)
    assert (told["number"], told["filed_on"], told["decided_on"]) == (
        "20480001",
        date(2027, 1, 29),
        None,
    )
    assert len(told["number_mark"]) == 64
    assert lacking(FILED) == []


# Lines --------------------------------------------------------------------------------------------
def heard(**cells: str) -> Said:
    return listen(2, {Meaning(name): text for name, text in cells.items()}, READING)


def test_a_line_is_read() -> None:
    told = heard(number="20 480 001", status="ADMIS", status_on="03/02/2027", born="1999-05-04")
    assert (told.step, told.facts) == (
        "admitted",
        {"number": "20480001", "decided_on": "2027-02-03"},
    )
    assert told.who.born == date(1999, 5, 4)
    assert heard(status="À venir").step is None


@pytest.mark.parametrize(
    ("cells", "step"),
    [
        ({"status": "Admis", "accepted": "oui"}, Filing.ACCEPTED),
        ({"accepted": "oui"}, Filing.ACCEPTED),
        ({"status": "Admis", "accepted": "non"}, Filing.ADMITTED),
        ({"status": "Admis", "registered": "x"}, Filing.REGISTERED),
        ({"status": "Déposée", "documents": "Relevé"}, Filing.DOCUMENTS),
        ({"status": "Admis", "documents": "Relevé"}, Filing.ADMITTED),
        ({"status": "Déposée", "documents": "0"}, Filing.FILED),
    ],
)
def test_columns_of_yes_or_no_carry_the_step_on(cells: dict[str, str], step: Filing) -> None:
    assert heard(**cells).step == step


@pytest.mark.parametrize(
    ("cells", "unclear"),
    [
        ({"number": "??"}, ["number"]),
        ({"born": "1899-01-01"}, ["born"]),
        ({"filed_on": "1999-01-01"}, ["filed_on"]),
        ({"accepted": "peut-être"}, ["accepted"]),
        ({"condition": "x" * 501}, ["condition"]),
    ],
)
def test_what_cannot_be_read_is_named_and_tells_nothing(cells: Any, unclear: list[str]) -> None:
    told = heard(**cells)
    assert (told.unclear, told.facts, told.step) == (unclear, {}, None)
    assert told.who.unclear is (unclear[0] in ("number", "born"))


def test_programs_are_compared_by_their_figures() -> None:
    known = READING.segments
    assert program_of("2-175-1-0", "77", known) == "217510"
    assert program_of("217510", "", known) == "217510"
    assert program_of("217510", "72", known) == "217510/72"
    assert program_of("217512", "", known) == "217512"
    assert program_of("Maîtrise", "", known) == ""
