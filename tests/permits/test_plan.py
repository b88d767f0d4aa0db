"""The calendar counted back from the start of term: order kept, never after the start, the longer the earlier."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from permits.models import GATHERED, Kind, State
from permits.plan import LETTER, NEAR, Lateness, latest_days, lines, months_before

START = date(2027, 8, 30)
WHOLE = [Kind.FUNDS, Kind.CAQ, Kind.STUDY, Kind.COOP]
STATES = dict.fromkeys(WHOLE, State.TO_DO)
weeks = some.one_of(some.none(), some.integers(0, 104))
delays = some.fixed_dictionaries(dict.fromkeys(Kind, weeks))
known = some.fixed_dictionaries({kind: some.integers(0, 104) for kind in Kind})
steps = some.sets(some.sampled_from(list(Kind))).map(
    lambda found: [kind for kind in Kind if kind in found]
)
starts = some.dates(date(2020, 1, 1), date(2090, 1, 1))
months = some.integers(0, 24)
# A busy machine is no reason to fail.
slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


# Properties ---------------------------------------------------------------------------------------
@slowly
@given(starts, steps, delays, months)
def test_the_order_of_the_steps_is_the_order_of_their_days(
    start: date, kinds: list[Kind], delay: dict[Kind, int | None], allow: int
) -> None:
    days = latest_days(start, kinds, delay, months=allow)
    assert list(days) == kinds
    dated = [day for day in days.values() if day]
    assert dated == sorted(dated)


@slowly
@given(starts, steps, delays, months)
def test_no_day_is_after_the_start(
    start: date, kinds: list[Kind], delay: dict[Kind, int | None], allow: int
) -> None:
    found = latest_days(start, kinds, delay, months=allow).values()
    assert all(day <= start for day in found if day)


@slowly
@given(starts, steps, known, months, some.sampled_from(list(Kind)), some.integers(1, 60))
def test_a_longer_delay_makes_nothing_later(
    start: date, kinds: list[Kind], delay: dict[Kind, int], allow: int, kind: Kind, more: int
) -> None:
    before = latest_days(start, kinds, delay, months=allow)
    after = latest_days(start, kinds, {**delay, kind: delay[kind] + more}, months=allow)
    for one in kinds:
        old, new = before[one], after[one]
        assert old is not None
        assert new is not None
        assert new <= old


@slowly
@given(starts, steps, delays, months, some.integers(0, 12))
def test_more_time_to_allow_makes_nothing_later(
    start: date, kinds: list[Kind], delay: dict[Kind, int | None], allow: int, more: int
) -> None:
    before = latest_days(start, kinds, delay, months=allow)
    after = latest_days(start, kinds, delay, months=allow + more)
    for one in kinds:
        old, new = before[one], after[one]
        assert (old is None) == (new is None)
        assert old is None or new is None or new <= old


@slowly
@given(starts, known, months)
def test_study_and_co_op_permits_are_asked_for_together(
    start: date, delay: dict[Kind, int], allow: int
) -> None:
    days = latest_days(start, WHOLE, delay, months=allow)
    assert days[Kind.STUDY] == days[Kind.COOP]


@slowly
@given(some.dates(date(1970, 1, 1), date(2100, 1, 1)), some.integers(0, 36))
def test_months_are_counted_on_the_calendar(day: date, count: int) -> None:
    before = months_before(day, count)
    assert (day.year - before.year) * 12 + day.month - before.month == count
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


# Figures ------------------------------------------------------------------------------------------
def test_the_longest_delays_are_counted_back_one_after_the_other() -> None:
    days = latest_days(
        START, WHOLE, {Kind.FUNDS: 2, Kind.CAQ: 6, Kind.STUDY: 12, Kind.COOP: 10}, months=6
    )
    assert days == {
        Kind.FUNDS: date(2027, 4, 12),
        Kind.CAQ: date(2027, 4, 26),
        Kind.STUDY: date(2027, 6, 7),
        Kind.COOP: date(2027, 6, 7),
    }


def test_without_a_delay_the_time_to_allow_dates_the_first_request_and_no_other() -> None:
    days = latest_days(START, WHOLE, {}, months=6)
    first = date(2027, 2, 28)
    assert days == {Kind.FUNDS: first, Kind.CAQ: first, Kind.STUDY: None, Kind.COOP: None}
    assert months_before(START, 6) == first


def test_what_is_not_needed_takes_no_time() -> None:
    states = {**STATES, Kind.STUDY: State.NOT_NEEDED}
    delay = {Kind.CAQ: 6, Kind.STUDY: 12, Kind.COOP: 10}
    found = {
        line.kind: line.due
        for line in lines(START, states, delay, months=6, admitted=True, today=date(2027, 1, 1))
    }
    assert found[Kind.STUDY] is None
    # The CAQ comes first all the same.
    assert found[Kind.CAQ] == found[Kind.COOP] == START - timedelta(weeks=10)


def test_an_extension_alone_is_dated_with_its_co_op_permit() -> None:
    days = latest_days(START, [Kind.STUDY, Kind.COOP], {Kind.COOP: 10}, months=6)
    assert days[Kind.STUDY] == days[Kind.COOP] == date(2027, 2, 28)


# In time, or not ----------------------------------------------------------------------------------
def line_of(kind: Kind, state: State, today: date, *, admitted: bool = True) -> object:
    delay = {Kind.CAQ: 6, Kind.STUDY: 12, Kind.COOP: 10}
    found = lines(START, {**STATES, kind: state}, delay, months=6, admitted=admitted, today=today)
    return next(line for line in found if line.kind == kind)


DUE = START - timedelta(weeks=18)


@pytest.mark.parametrize(
    ("state", "today", "wanted"),
    [
        (State.TO_DO, DUE - NEAR - timedelta(days=1), Lateness.ON_TIME),
        (State.TO_DO, DUE - NEAR, Lateness.SOON),
        (State.READY, DUE, Lateness.SOON),
        (State.TO_DO, DUE + timedelta(days=1), Lateness.LATE),
        (State.REFUSED, DUE + timedelta(days=1), Lateness.LATE),
        (State.ASKED, DUE + timedelta(days=1), Lateness.WAITING),
        (State.MORE, DUE + timedelta(days=1), Lateness.WAITING),
        (State.OBTAINED, DUE + timedelta(days=1), Lateness.DONE),
        (State.NOT_NEEDED, DUE + timedelta(days=1), Lateness.DONE),
    ],
)
def test_a_step_is_late_after_its_day_and_soon_two_weeks_before(
    state: State, today: date, wanted: Lateness
) -> None:
    line = line_of(Kind.CAQ, state, today)
    assert line.lateness == wanted
    if state != State.NOT_NEEDED:
        assert line.slack == (DUE - today).days


def test_without_a_day_nothing_is_late() -> None:
    found = lines(START, STATES, {}, months=6, admitted=True, today=START + timedelta(days=400))
    assert [line.lateness for line in found] == [
        *(Lateness.LATE, Lateness.LATE, Lateness.UNDATED, Lateness.UNDATED)
    ]


def test_what_is_gathered_is_done_once_ready() -> None:
    assert line_of(Kind.FUNDS, State.READY, START).lateness == Lateness.DONE
    assert all(kind in GATHERED for kind in (Kind.PROOF, Kind.VERIFY, Kind.FUNDS))


# What waits for what ------------------------------------------------------------------------------
def waiting(states: dict[Kind, State], *, admitted: bool) -> list[str]:
    found = lines(START, states, {}, months=6, admitted=admitted, today=date(2027, 1, 1))
    return [line.waits_for for line in found]


def test_the_caq_waits_for_the_letter_and_the_permits_for_the_caq() -> None:
    assert waiting(STATES, admitted=False) == ["", LETTER, Kind.CAQ, Kind.CAQ]
    assert waiting(STATES, admitted=True) == ["", "", Kind.CAQ, Kind.CAQ]
    got = {**STATES, Kind.CAQ: State.OBTAINED}
    assert waiting(got, admitted=True) == ["", "", "", ""]
    assert waiting(got, admitted=False) == ["", LETTER, LETTER, LETTER]


def test_a_co_op_permit_alone_waits_for_the_letter_only() -> None:
    states = {Kind.CAQ: State.TO_DO, Kind.COOP: State.TO_DO}
    assert waiting(states, admitted=False) == [LETTER, LETTER]
    assert waiting(states, admitted=True) == ["", ""]


@pytest.mark.parametrize("state", list(State))
def test_only_what_the_person_can_act_on_is_open(state: State) -> None:
    line = line_of(Kind.CAQ, state, date(2027, 1, 1))
    acts = (State.TO_DO, State.READY, State.MORE, State.REFUSED)
    assert line.is_open == (state in acts)
    assert not line_of(Kind.CAQ, state, date(2027, 1, 1), admitted=False).is_open
