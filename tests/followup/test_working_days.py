"""Ten working days in Québec, counted by hand on the calendar."""

from datetime import date, timedelta

import pytest

from followup import working_days as days

HOLIDAYS_OF_2027 = {
    *(date(2027, 1, 1), date(2027, 3, 26), date(2027, 5, 24), date(2027, 6, 24)),
    *(date(2027, 7, 1), date(2027, 9, 6), date(2027, 10, 11)),
    # Christmas is a Saturday: its day off is moved.
    *(date(2027, 12, 25), date(2027, 12, 27)),
}


def test_a_year_of_weekdays_and_holidays() -> None:
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    for day in year:
        expected = day.weekday() < 5 and day not in HOLIDAYS_OF_2027
        assert days.is_working(day) == expected, day


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # Two plain weeks.
        (date(2027, 2, 1), date(2027, 2, 15)),
        # Asked on a weekend: counted from the next Monday.
        (date(2027, 2, 6), date(2027, 2, 19)),
        (date(2027, 2, 7), date(2027, 2, 19)),
        # Over Good Friday; Easter Monday is a working day by the law.
        (date(2027, 3, 15), date(2027, 3, 30)),
        # Over Patriots' Day, and over both holidays of June and July.
        (date(2027, 5, 17), date(2027, 6, 1)),
        (date(2027, 6, 21), date(2027, 7, 7)),
        # Over the year's end: Christmas and New Year's Day of 2026 are Fridays.
        (date(2026, 12, 18), date(2027, 1, 5)),
        # And where both are Saturdays, whose days off are the Mondays after.
        (date(2027, 12, 20), date(2028, 1, 5)),
    ],
)
def test_ten_working_days(asked: date, due: date) -> None:
    assert days.documents_due(asked) == due
    assert days.left(asked, due) == 10


def test_what_is_left_and_from_when() -> None:
    due = date(2027, 3, 30)
    assert days.left(date(2027, 3, 24), due) == 3  # Thursday, Monday, Tuesday
    assert days.left(due, due) == 0
    assert days.left(due + timedelta(days=3), due) == 0
    # The Sunday of Easter: Monday and Tuesday are left.
    assert days.before(due, 2) == date(2027, 3, 28)
    assert days.before(due, 0) == due
    assert days.after(due, 0) == due
