"""Forecasts on known series, worked out by hand."""

from datetime import date, timedelta

import pytest

from committee.forecasting import Forecast, bars, days_since, forecast, in_days, recent

TODAY = date(2027, 1, 6)


@pytest.mark.parametrize(
    ("left", "done", "days", "first", "last"),
    [
        # 16 in 7 days: between 12 and 20 a week. 20 left: 7 days or 11.67.
        (20, 16, 7, 7, 12),
        # 9 in 3 days: 6 to 12. 12 left: 3 days or 6.
        (12, 9, 3, 3, 6),
        # 100 in 7 days: 90 to 110. One left: a day either way.
        (1, 100, 7, 1, 1),
        # 25 in 5 days: 20 to 30, 4 to 6 a day. 60 left: 10 or 15.
        (60, 25, 5, 10, 15),
    ],
)
def test_known_series(left: int, done: int, days: int, first: int, last: int) -> None:
    told = forecast(left=left, done=done, days=days, today=TODAY)
    assert told == Forecast(TODAY + timedelta(days=first), TODAY + timedelta(days=last))


@pytest.mark.parametrize(
    ("left", "done", "days"), [(0, 20, 7), (-1, 20, 7), (10, 4, 7), (10, 20, 2), (10, 0, 0)]
)
def test_silent_when_there_is_too_little_to_say(left: int, done: int, days: int) -> None:
    assert forecast(left=left, done=done, days=days, today=TODAY) is None


def test_what_is_far_away_has_no_last_day_then_no_day() -> None:
    told = forecast(left=150, done=5, days=7, today=TODAY)
    assert told == Forecast(TODAY + timedelta(days=146), None)
    assert told.may_be_after(TODAY + timedelta(days=400))
    assert not told.is_after(date(2028, 1, 1))
    assert forecast(left=100_000, done=5, days=7, today=TODAY) is None


def test_beside_the_due_date() -> None:
    told = Forecast(date(2027, 1, 9), date(2027, 1, 14))
    assert not told.may_be_after(date(2027, 1, 14))
    assert told.may_be_after(date(2027, 1, 13))
    assert not told.is_after(date(2027, 1, 9))
    assert told.is_after(date(2027, 1, 8))


def test_the_pace_counts_whole_days_only() -> None:
    assert days_since(None, TODAY) == 0
    assert days_since(TODAY, TODAY) == 0
    assert days_since(TODAY - timedelta(days=4), TODAY) == 4
    assert days_since(TODAY - timedelta(days=40), TODAY) == 7
    series = {TODAY - timedelta(days=back): 10**back for back in range(9)}
    assert recent(series, TODAY) == 11_111_110
    assert in_days(series, [TODAY]) == 1


def test_bars() -> None:
    assert bars({}, TODAY) == []
    told = bars({TODAY - timedelta(days=2): 4, TODAY: 1}, TODAY)
    assert [(bar.count, bar.total, bar.height, bar.top) for bar in told] == [
        *((4, 4, 100, 0), (0, 4, 0, 100), (1, 5, 25, 75)),
    ]
    long = bars({TODAY - timedelta(days=60): 3, TODAY: 1}, TODAY)
    assert (len(long), long[0].total, long[-1].total) == (42, 3, 4)
    # Only what is before the drawing: nothing divides by zero.
    assert {bar.height for bar in bars({TODAY - timedelta(days=60): 3}, TODAY)} == {0}
