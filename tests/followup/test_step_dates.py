"""The days of a file at UdeM against each other: nothing in the future anywhere on earth, nothing before what it follows."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils.translation import override

from followup import step_dates
from followup.models import UdemFile

# 26 January 2027, 14:00 in Montréal.
RELEASED = datetime(2027, 1, 26, 19, tzinfo=UTC)
FIRST = date(2027, 1, 26)
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def a_file(**days: date) -> UdemFile:
    """What is looked at of a file, without a database."""
    names = (*step_dates.FOLLOWS, *step_dates.AHEAD)
    release = SimpleNamespace(released_at=RELEASED)
    decision = SimpleNamespace(release=release)
    known: dict[str, Any] = {**dict.fromkeys(names), **days}
    return cast(UdemFile, SimpleNamespace(offer=SimpleNamespace(decision=decision), **known))


def said(row: UdemFile, **given: date) -> dict[str, str]:
    with override("en"):
        return step_dates.check(row, dict(given), now=NOW)


@pytest.mark.parametrize("field", step_dates.FOLLOWS)
def test_not_in_the_future_not_before_our_answer(field: str) -> None:
    row = a_file()
    assert said(row, **{field: FIRST}) == {}
    assert "before our answer" in said(row, **{field: FIRST - timedelta(days=1)})[field]
    # Noon in UTC on 1 March is 2 March on Kiritimati.
    assert said(row, **{field: date(2027, 3, 2)}) == {}
    assert "in the future" in said(row, **{field: date(2027, 3, 3)})[field]


@pytest.mark.parametrize("field", step_dates.AHEAD)
def test_days_to_come_have_bounds_too(field: str) -> None:
    assert said(a_file(), **{field: date(2027, 5, 1)}) == {}
    assert "two years" in said(a_file(), **{field: date(2030, 5, 1)})[field]
    assert "before our answer" in said(a_file(), **{field: date(2027, 1, 1)})[field]


@pytest.mark.parametrize(
    ("field", "earlier", "words"),
    [
        ("documents_asked_on", "filed_on", "before the day you applied"),
        ("documents_done_on", "documents_asked_on", "before the day UdeM asked for documents"),
        ("documents_due_on", "documents_asked_on", "before the day UdeM asked for documents"),
        ("decided_on", "filed_on", "before the day you applied"),
        ("decided_on", "documents_asked_on", "before the day UdeM asked for documents"),
        ("condition_met_on", "decided_on", "before the day of UdeM’s answer"),
        ("accepted_on", "decided_on", "before the day of UdeM’s answer"),
        ("accept_by", "decided_on", "before the day of UdeM’s answer"),
        ("ended_on", "filed_on", "before the day you applied"),
    ],
)
def test_the_order_is_told(field: str, earlier: str, words: str) -> None:
    before, day = date(2027, 2, 10), date(2027, 2, 9)
    assert words in said(a_file(**{earlier: before}), **{field: day})[field]
    assert said(a_file(**{earlier: before}), **{field: before}) == {}
    # What is told now counts before what was known.
    assert words in said(a_file(), **{field: day, earlier: before})[field]
