"""Cycles: phases, and dates that contradict each other."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from applications.views.public import seconds_until_change
from cycles.clock import day_of, end_of, start_of
from cycles.models import Cycle, Phase
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_phases_follow_the_calendar() -> None:
    cycle = factories.cycle()
    second = timedelta(seconds=1)
    expected = [
        (cycle.opens_at - second, Phase.BEFORE),
        (cycle.opens_at, Phase.OPEN),
        (cycle.closes_at, Phase.OPEN),
        (cycle.closes_at + second, Phase.READING),
        (start_of(cycle.release_on), Phase.ANSWERS),
        (end_of(cycle.waitlist_ends_on), Phase.ANSWERS),
        (end_of(cycle.waitlist_ends_on) + second, Phase.AFTER),
    ]
    assert [cycle.phase(at) for at, _phase in expected] == [phase for _at, phase in expected]
    assert cycle.phase() == Phase.OPEN


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 7, 1), datetime(2026, 7, 2, 3, 59, 59, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)),
        # The nights when the clocks change.
        (date(2026, 11, 1), datetime(2026, 11, 2, 4, 59, 59, tzinfo=UTC)),
        (date(2027, 3, 14), datetime(2027, 3, 15, 3, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_montreal(day: date, end: datetime) -> None:
    assert end_of(day) == end
    assert day_of(end) == day


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("closes_at", -400),
        ("documents_due_on", -30),
        ("documents_due_on", 300),
        ("reviews_due_on", 300),
        ("release_on", 300),
        ("reply_by", 300),
        ("udem_safe_on", 300),
        ("udem_official_on", -100),
        ("waitlist_ends_on", 300),
        ("starts_on", -300),
    ],
)
def test_dates_that_contradict_each_other_are_refused_with_a_sentence(
    field: str, days: int
) -> None:
    cycle = factories.cycle()
    setattr(cycle, field, getattr(cycle, field) + timedelta(days=days))
    with pytest.raises(ValidationError) as refused:
        cycle.full_clean()
    sentences = [sentence for lines in refused.value.message_dict.values() for sentence in lines]
    assert all("Constraint" not in sentence for sentence in sentences)


@pytest.mark.parametrize("change", [{"name_en": ""}, {"reviews_per_file": 0}])
def test_what_the_public_needs_is_complete_before_it_is_published(change: dict[str, Any]) -> None:
    cycle = factories.cycle()
    for name, value in change.items():
        setattr(cycle, name, value)
    with pytest.raises(ValidationError):
        cycle.full_clean()


def test_the_current_cycle_is_the_last_opened_then_the_next_to_open() -> None:
    assert Cycle.objects.current() is None
    coming = factories.cycle(opens=5, closes=10, code="B")
    assert Cycle.objects.current() == coming
    opened = factories.cycle(code="A")
    assert Cycle.objects.current() == opened
    factories.cycle(code="C", is_published=False, opens=-1)
    assert Cycle.objects.current() == opened


def test_a_finished_cycle_gives_way_to_the_next() -> None:
    factories.cycle(code="A", opens=-500, closes=-400)
    coming = factories.cycle(opens=5, closes=10, code="B")
    assert Cycle.objects.current() == coming


def test_an_unpublished_cycle_accepts_nothing() -> None:
    cycle = factories.cycle(is_published=False)
    assert not cycle.accepts(timezone.now())
    assert not Cycle.objects.open().exists()


def test_names_follow_the_language_of_the_page() -> None:
    cycle = factories.cycle()
    with translation.override("en"):
        assert (str(cycle), cycle.programs.order_by("position")[0].udem_number) == (
            "Fall 2027",
            "217-510, segment 77",
        )
    with translation.override("fr"):
        assert str(cycle) == "Automne 2027"
    cycle.name_en = ""
    with translation.override("en"):
        assert cycle.name == "Automne 2027"


def test_a_kept_page_never_outlives_an_opening_or_a_closing() -> None:
    assert seconds_until_change(None) == 10
    assert seconds_until_change(factories.cycle()) == 10
    near = factories.cycle(code="N", closes_at=timezone.now() + timedelta(seconds=3))
    assert seconds_until_change(near) <= 3
