"""Figures: a stage is given out when it is over, once; nothing that is hidden shows on the page or in the file."""

import csv
import io
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Role, User
from applications.models import Application
from audit.moves import Refused
from cycles.models import Cycle
from followup.models import Offer
from scholarships import aggregates, identifying
from tests import factories
from tests.followup.factories import World
from tests.scholarships.answering import (
    accepted,
    answered,
    closed_cycle,
    finished,
    registered,
    selected,
)

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
PAGE = "edi_aggregates"


@pytest.fixture
def world(person: Any) -> World:
    return World(person)


@pytest.fixture
def cycle(world: World) -> Cycle:
    return closed_cycle(world.cycle)


def said(place: int) -> dict[str, Any]:
    """Of twelve people seven are of one age and five of another; two in all are of a small group."""
    age = "from_25" if place % 12 < 7 else "from_35"
    return {
        "age": age,
        "gender": ["woman"] if place % 2 else ["man"],
        "population_group": ["black", "white"] if place < 2 else ["white"],
    }


def table_of(cycle: Cycle, code: str, by: User) -> aggregates.Table:
    return next(one for one in aggregates.tables(cycle, by=by) if one.dimension.code == code)


def give(cycle: Cycle, by: User) -> str:
    cycle.refresh_from_db()
    return aggregates.give_out(cycle, by=by, at=timezone.now()).code


def test_stage_by_stage_each_when_it_is_over(cycle: Cycle, world: World, fatou: User) -> None:
    people = answered(cycle, 60, said)
    assert give(cycle, fatou) == "submitted"
    with pytest.raises(Refused):
        give(cycle, fatou)
    decisions = selected(people[:36], **world.staff)
    assert give(cycle, fatou) == "selected"
    with pytest.raises(Refused):
        give(cycle, fatou)
    offers = accepted(decisions[:24])
    assert give(cycle, fatou) == "accepted"
    registered(offers[:15])
    with pytest.raises(Refused):
        give(cycle, fatou)
    finished(cycle, **world.staff)
    assert give(cycle, fatou) == "registered"
    with pytest.raises(Refused, match="ses chiffres"):
        give(cycle, fatou)
    table = table_of(cycle, "age", fatou)
    assert [row.total for row in table.figures] == [60, 36, 24, 15]
    assert table.lines[1].counts == [35, 21, 14, None]
    assert table.lines[0].counts == [None, None, None, None]


def test_a_stage_that_may_still_change_is_not_over(world: World, fatou: User, amina: User) -> None:
    cycle, at = world.cycle, timezone.now()
    submitted, is_selected, has_replied, _registered = aggregates.STAGES
    assert not submitted.is_over(cycle, at)
    late = factories.draft(amina, cycle, complete=False)
    cycle = closed_cycle(cycle)
    assert submitted.is_over(cycle, at)
    # In the silent grace, somebody may still be sending.
    assert not submitted.is_over(cycle, cycle.closes_at + timedelta(minutes=1))
    Application.objects.filter(pk=late.pk).update(late_until=at + timedelta(days=1))
    assert not submitted.is_over(cycle, at)
    people = answered(cycle, 2, said)
    assert not is_selected.is_over(cycle, at)
    decisions = selected(people, **world.staff)
    assert is_selected.is_over(cycle, at)
    assert not has_replied.is_over(cycle, at)
    offers = accepted(decisions)
    cycle.refresh_from_db()
    assert has_replied.is_over(cycle, at)
    Offer.objects.filter(pk=offers[0].pk).update(status="open", replied_at=None)
    assert not has_replied.is_over(cycle, at)


def test_a_figure_never_changes_and_only_one_officer_sees_it(
    cycle: Cycle, world: World, fatou: User, person: Any
) -> None:
    people = answered(cycle, 12, said)
    give(cycle, fatou)
    before = aggregates.given(cycle, by=fatou)
    identifying.erase(people[0], by=people[0].applicant)
    answered(cycle, 6, said, skip=12)
    assert aggregates.given(cycle, by=fatou) == before
    for role in (*(role for role in Role if role != Role.EDI_OFFICER),):
        other = person(f"other-{role.value}", role)
        for verb in (aggregates.given, aggregates.tables):
            with pytest.raises(Refused) as refused:
                verb(cycle, by=other)
            assert refused.value.forbidden
        with pytest.raises(Refused) as refused:
            aggregates.give_out(cycle, by=other, at=timezone.now())
        assert refused.value.forbidden


def test_ratios_and_their_sentences(cycle: Cycle, world: World, fatou: User) -> None:
    """Of thirty women ten are selected, of thirty men twenty: one half as often."""
    people = answered(cycle, 60, lambda place: {"gender": ["woman" if place < 30 else "man"]})
    give(cycle, fatou)
    selected([*people[:10], *people[30:50]], **world.staff)
    give(cycle, fatou)
    table = table_of(cycle, "gender", fatou)
    assert [line.ratios for line in table.lines[:2]] == [[None, 0.5], [None, 1.0]]
    with override("en"):
        (impact,) = table.impacts
        assert impact.is_low
        assert impact.sentence == "Selected by Mila: “Woman” went on 0.50 times as often as “Man”."
        assert table.sentence == (
            "Selected by Mila: of the 30 people who answered, the largest share that is shown "
            "chose “Man” (67%)."
        )


def test_the_page_and_the_file_show_what_may_be_known(
    client: Client, cycle: Cycle, world: World, fatou: User
) -> None:
    answered(cycle, 30, said)
    client.force_login(fatou)
    shown = client.get(reverse(PAGE)).content.decode()
    assert "Compter et donner, pour toujours" in shown
    given = client.post(reverse("edi_aggregates_give", args=[cycle.code]), follow=True)
    shown = given.content.decode()
    assert "Chiffres donnés\xa0: Demandes soumises." in shown
    assert "Prochains chiffres\xa0: Candidature retenue par Mila" in shown
    with override("en"):
        shown = client.get(reverse(PAGE)).content.decode()
        answer = client.get(reverse("edi_aggregates_csv", args=[cycle.code]))
    assert "Why a figure never changes" in shown
    assert "fewer than 5 people" in shown
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    rows = {(line[0], line[1]): line[3:] for line in lines[1:]}
    assert rows["Age", "25 to 34"] == ["20", "30", "67", ""]
    assert rows["Gender", "Woman"] == ["15", "30", "50", ""]
    # Two people are of this group: neither they nor the others are told.
    assert rows["Population group", "Black"] == ["hidden", "30", "", ""]
    assert rows["Sexual orientation", "Gay"] == ["hidden", "hidden", "", ""]


def test_too_few_say_nothing(client: Client, cycle: Cycle, world: World, fatou: User) -> None:
    answered(cycle, 4, said)
    give(cycle, fatou)
    client.force_login(fatou)
    shown = client.get(reverse(PAGE)).content.decode()
    assert shown.count("Trop peu de personnes ont répondu") == 8


def test_before_anything_is_over(client: Client, world: World, fatou: User) -> None:
    client.force_login(fatou)
    shown = client.get(reverse(PAGE)).content.decode()
    assert "au plus tôt après cette date" in shown
    assert "Compter et donner" not in shown
    assert client.get(reverse("edi_aggregates_give", args=[world.cycle.code])).status_code == 405
    refused = client.post(reverse("edi_aggregates_give", args=[world.cycle.code]), follow=True)
    assert "Cette étape n’est pas terminée" in refused.content.decode()
    with override("en"):
        shown = client.get(f"{reverse(PAGE)}?cycle=nothing").content.decode()
    assert "Next figures: Submitted" in shown


def test_no_cycle_at_all(client: Client, fatou: User) -> None:
    client.force_login(fatou)
    assert "Aucune période" in client.get(reverse(PAGE)).content.decode()


def test_a_page_costs_the_same(
    client: Client, cycle: Cycle, world: World, fatou: User, django_assert_num_queries: Any
) -> None:
    answered(cycle, 6, said)
    client.force_login(fatou)
    client.get(reverse(PAGE))
    with (
        django_assert_num_queries(5),
        django_assert_num_queries(1, using="vault"),
    ):
        client.get(reverse(PAGE))
    answered(cycle, 18, said, skip=6)
    with django_assert_num_queries(7, using="vault"):
        give(cycle, fatou)
    with (
        django_assert_num_queries(5),
        django_assert_num_queries(1, using="vault"),
    ):
        client.get(reverse(PAGE))


@pytest.mark.parametrize("count", [400])
def test_counting_takes_little(cycle: Cycle, world: World, fatou: User, count: int) -> None:
    """All eight questions of so many people in one go; 3,000 take a third of a second."""
    answered(cycle, count, said)
    began = time.perf_counter()
    give(cycle, fatou)
    assert time.perf_counter() - began < 5
