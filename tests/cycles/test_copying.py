"""Next year's cycle: every date a year later at the same hour, and all that was configured."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.copying import a_year_later, copy_to_next_year, next_code, next_name
from cycles.models import Cycle, Piece
from reviews.models import Criterion
from tests import factories
from tests.cycles.factories import criterion, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle(
        opens_at=datetime(2026, 10, 15, 13, tzinfo=UTC),
        # 1 November 2026 is already winter time; 1 November 2027 is still summer time.
        closes_at=datetime(2026, 11, 2, 4, 59, 59, tzinfo=UTC),
        documents_due_on=date(2026, 11, 8),
        reviews_due_on=date(2027, 1, 15),
        release_on=date(2027, 1, 27),
        reply_by=date(2027, 1, 30),
        udem_safe_on=date(2027, 1, 31),
        udem_official_on=date(2027, 2, 1),
        waitlist_ends_on=date(2027, 4, 15),
        starts_on=date(2027, 9, 1),
    )


def test_dates_go_a_year_on_and_keep_their_hour_in_montreal(cycle: Cycle, adam: User) -> None:
    new = copy_to_next_year(cycle, by=adam)
    new.refresh_from_db()
    assert new.opens_at == datetime(2027, 10, 15, 13, tzinfo=UTC)
    assert new.closes_at == datetime(2027, 11, 2, 3, 59, 59, tzinfo=UTC)
    assert (new.release_on, new.starts_on) == (date(2028, 1, 27), date(2028, 9, 1))
    assert new.second_start_on is None
    new.full_clean()


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2027, 1, 31), date(2028, 1, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_29th_of_february_becomes_the_28th(day: date, later: date) -> None:
    assert a_year_later(day) == later


def test_names_and_codes_move_with_the_year(cycle: Cycle, adam: User) -> None:
    new = copy_to_next_year(cycle, by=adam)
    assert (new.code, new.name_fr, new.name_en) == ("A28", "Automne 2028", "Fall 2028")
    assert not new.is_published
    assert (next_code("H99"), next_code("mpp-2027")) == ("H00", "mpp-2028")
    assert next_name("De 2027 à 2028, salle 12345") == "De 2028 à 2029, salle 12345"
    entry = AuditEntry.objects.about(new).get()
    assert (entry.verb, entry.actor, entry.old, entry.new) == ("copy", adam, "A27", "A28")


def test_everything_configured_comes_along(cycle: Cycle, adam: User) -> None:
    cycle.intakes.filter(program__code="msc").update(seats=60, referees_asked=2)
    Piece.objects.create(cycle=cycle, slug="portfolio", name_fr="Portfolio", is_required=False)
    cycle.declarations.filter(code="true").update(version=3)
    criterion(cycle, weight=7)
    first = question(cycle, "first", position=1, version=4)
    question(cycle, "second", position=2, shown_if=first, shown_when="no")
    new = copy_to_next_year(cycle, by=adam)

    def told(of: Cycle) -> list[Any]:
        questions = of.questions.values_list("code", "shown_if__code", "shown_when", "position")
        return [
            sorted(of.intakes.values_list("program__code", "seats", "referees_asked")),
            list(of.pieces.values_list("slug", "name_fr", "is_required", "position")),
            list(of.declarations.values_list("code", "text_fr", "text_en")),
            list(questions),
            list(Criterion.objects.filter(cycle=of).values_list("name_fr", "weight")),
        ]

    assert told(new) == told(cycle)
    second = new.questions.get(code="second")
    assert second.shown_if.cycle_id == new.pk, "the condition looks at the copy"
    assert {row.version for row in [*new.questions.all(), *new.declarations.all()]} == {1}
    assert cycle.questions.get(code="first") == first


def test_a_question_no_longer_asked_stays_behind_with_those_after_it(
    cycle: Cycle, adam: User
) -> None:
    gone = question(cycle, "gone", position=1, is_retired=True)
    question(cycle, "after", position=2, shown_if=gone, shown_when="yes")
    question(cycle, "kept", position=3)
    new = copy_to_next_year(cycle, by=adam)
    assert [row.code for row in new.questions.all()] == ["kept"]


def test_a_year_is_copied_once(cycle: Cycle, adam: User) -> None:
    copy_to_next_year(cycle, by=adam)
    with pytest.raises(Refused, match="A28"):
        copy_to_next_year(cycle, by=adam)
    Cycle.objects.filter(code="A28").update(code="essai")
    essay = Cycle.objects.get(code="essai")
    with pytest.raises(Refused, match="à la main"):
        copy_to_next_year(essay, by=adam)
    assert Cycle.objects.count() == 2


def test_only_administrators_copy(cycle: Cycle, claire: User) -> None:
    with pytest.raises(Refused) as refused:
        copy_to_next_year(cycle, by=claire)
    assert refused.value.forbidden
    assert Cycle.objects.count() == 1
