"""Cells become facts, or say that they cannot be read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from reconciliation.values import DateOrder, Unclear, day, missing, number, order_of, yes


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("20270131", date(2027, 1, 31)),
        ("2027/1/31", date(2027, 1, 31)),
        ("2027-01-31 00:00:00", date(2027, 1, 31)),
        ("31/01/2027", date(2027, 1, 31)),
        ("3 février 2027", date(2027, 2, 3)),
        ("1er août 2027", date(2027, 8, 1)),
        ("February 3, 2027", date(2027, 2, 3)),
        ("", None),
    ],
)
def test_days(text: str, is_day: date | None) -> None:
    assert day(text) == is_day


def test_months_may_come_first() -> None:
    assert day("01/31/2027", DateOrder.MONTH_FIRST) == date(2027, 1, 31)
    assert order_of(["31/01/2027", "02/03/2027"]) == DateOrder.DAY_FIRST
    assert order_of(["01/31/2027"]) == DateOrder.MONTH_FIRST
    assert order_of(["01/02/2027"]) is None
    assert order_of(["31/01/2027", "01/31/2027"]) is None
    assert order_of(["2027-01-31", ""]) == DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        (day, "soon"),
        (day, "31/31/2027"),
        (day, "2027-02-30"),
        (day, "45000"),
        (number, "n/a"),
        (number, "12"),
        (yes, "perhaps"),
        (yes, "?"),
    ],
)
def test_what_cannot_be_read_says_so(reads: Callable[[str], Any], text: str) -> None:
    with pytest.raises(Unclear):
        reads(text)


def test_numbers_yes_and_missing() -> None:
    assert number("20 480-001") == "20480001"
    assert number("20480001.0") == "20480001"
    assert number("") == ""
    assert [yes("Oui"), yes("X"), yes("non"), yes("")] == [True, True, False, None]
    assert [
        missing("Relevé de notes"),
        missing("2"),
        missing("0"),
        missing("Non"),
        missing(""),
    ] == [*(True, True, False, False, False)]
