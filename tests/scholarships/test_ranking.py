"""The order that the panel's readings give, and what calls for a reason."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from scholarships import judging
from scholarships.models import Category, Reading, Seat
from scholarships.ranking import awards_of, ranking
from scholarships.result_rules import Wanted, as_ranked, exceptions, refusals
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    return Panel(person)


def test_the_mean_weighs_the_measures_and_equal_means_share_a_place(panel: Panel) -> None:
    low, best, same, unread = (panel.candidate(name) for name in ("a", "b", "c", "d"))
    panel.read_all(low, 4, 1)  # the second weighs twice as much
    panel.read_all(best, 1, 4)
    panel.read_all(same, None, 3)
    lines = ranking(panel.round).lines
    assert [(line.candidacy, line.place, line.mean) for line in lines] == [
        (best, 1, Decimal("3.000")),
        (same, 1, Decimal("3.000")),
        (low, 3, Decimal("2.000")),
        (unread, None, None),
    ]
    assert [line.is_tied for line in lines] == [True, True, False, False]
    assert [line.is_complete for line in lines] == [True, True, True, False]
    assert (lines[0].spread, lines[3].spread) == (Decimal(0), None)


def test_who_stayed_away_or_left_the_panel_counts_no_more(panel: Panel) -> None:
    row = panel.candidate("a")
    for reader, value in zip(panel.panel, (5, 3, 1), strict=True):
        panel.read(row, reader, value, value)
    assert [line.mean for line in ranking(panel.round).lines] == [Decimal("3.000")]
    judging.recuse(row, "Friend", by=panel.panel[2])
    (line,) = ranking(panel.round).lines
    assert (line.mean, line.spread) == (Decimal("4.000"), Decimal(2))
    assert not line.is_complete
    Seat.objects.filter(person=panel.panel[1]).delete()
    assert [line.mean for line in ranking(panel.round).lines] == [Decimal("5.000")]


def test_who_is_not_eligible_stands_apart(panel: Panel) -> None:
    first = panel.another(Category.WOMEN_IN_AI)
    no, yes = panel.candidate("a", row=first), panel.declared(panel.candidate("b", row=first))
    found = ranking(first)
    assert [line.candidacy for line in found.lines] == [yes]
    assert [line.candidacy for line in found.apart] == [no]


def test_the_awards_are_the_number_or_what_the_budget_pays(panel: Panel) -> None:
    row = panel.round
    assert awards_of(row) == 3
    row.budget = Decimal("13000.00")
    assert awards_of(row) == 2
    row.awards = None
    assert awards_of(row) == 2
    row.budget = None
    assert awards_of(row) is None


def test_a_line_hidden_from_somebody_keeps_its_place(panel: Panel) -> None:
    rows = [panel.read_all(panel.candidate(name), 5 - n, 5 - n) for n, name in enumerate("ab")]
    rows[0].application.conflicts.create(
        person=panel.claire,
        origin="declared",
        status="confirmed",
        judged_by=panel.claire,
        judged_at=timezone.now(),
    )
    (line,) = ranking(panel.round).seen_by(panel.claire).lines
    assert (line.candidacy, line.place) == (rows[1], 2)


@pytest.mark.parametrize("count", [1, 3])
def test_a_ranking_costs_the_same(panel: Panel, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        panel.read(panel.candidate(f"p{number}"), panel.gilles, 4, 4)
    with django_assert_num_queries(3):
        assert len(ranking(panel.round).lines) == count


def test_what_is_out_of_order_calls_for_a_reason(panel: Panel) -> None:
    best, same, low = (panel.candidate(name, number=f"S1-{name}") for name in "abc")
    for row, value in ((best, 5), (same, 5), (low, 2)):
        panel.read_all(row, value, value)
    of = ranking(panel.round)
    first, none = Wanted("awarded"), Wanted("not_awarded")
    second = Wanted("waitlisted", 1)
    given = {best.pk: first, same.pk: second, low.pk: none}
    assert [len(exceptions(of, given, pk)) for pk in given] == [1, 0, 0]  # the tie
    given = {best.pk: none, same.pk: none, low.pk: first}
    assert exceptions(of, given, low.pk) == [
        f"Avant {best.number}, {same.number}, dont la moyenne est plus élevée."
    ]
    given = {best.pk: first, same.pk: first, low.pk: none}
    assert [exceptions(of, given, pk) for pk in given] == [[], [], []]
    no = panel.read_all(panel.candidate("d", "decline"), 5, 5)
    given = {**given, no.pk: first}
    assert exceptions(ranking(panel.round), given, no.pk) == ["La réponse de l’admission est non."]


def test_what_can_never_be(panel: Panel) -> None:
    first = panel.another(Category.WOMEN_IN_AI, awards=1)
    no, yes = panel.candidate("a", row=first), panel.declared(panel.candidate("b", row=first))
    of = ranking(first)
    none, award = Wanted("not_awarded"), Wanted("awarded")
    assert refusals(of, {no.pk: none, yes.pk: award}) == []
    assert len(refusals(of, {no.pk: award, yes.pk: award})) == 2
    places = {no.pk: none, yes.pk: Wanted("waitlisted", 1)}
    assert refusals(of, places) == []
    assert len(refusals(of, {**places, no.pk: Wanted("waitlisted", 1)})) == 2
    first.amount = None
    assert len(refusals(ranking(first), {yes.pk: award})) == 1
    assert exceptions(of, {no.pk: none}, no.pk) == []


def test_as_ranked_gives_awards_then_places_then_nothing(panel: Panel) -> None:
    panel.round.awards = 1
    rows = [panel.read_all(panel.candidate(name), 5 - n, 5 - n) for n, name in enumerate("abc")]
    unread, declined = panel.candidate("d"), panel.read_all(panel.candidate("e", "decline"), 5, 5)
    given = as_ranked(ranking(panel.round))
    assert [given[row.pk] for row in (*rows, unread, declined)] == [
        Wanted("awarded"),
        Wanted("waitlisted", 1),
        Wanted("waitlisted", 2),
        Wanted("not_awarded"),
        Wanted("not_awarded"),
    ]
    panel.round.awards = panel.round.budget = None
    given = as_ranked(ranking(panel.round))
    assert [given[row.pk].outcome for row in rows] == ["awarded"] * 3


def test_a_reading_without_a_mark_weighs_nothing(panel: Panel) -> None:
    row = panel.candidate("a")
    given = {"status": Reading.Status.HANDED_IN, "handed_in_at": timezone.now()}
    Reading.objects.create(candidacy=row, person=panel.gilles, scores={}, **given)
    (line,) = ranking(panel.round).lines
    assert line.mean is None
