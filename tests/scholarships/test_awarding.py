"""What a result is worth: the stacking rule, who may hold an award, the money and the number."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from scholarships import abouts, awarding, ledger, replying
from scholarships.models import Award, Candidacy, Category, Round, Stacking, Standing
from scholarships.vault import entries
from tests.scholarships.awards_world import NOW, Bursary
from tests.scholarships.factories import a_candidacy, a_result, a_round

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


def offered(bursary: Bursary, *results: Any) -> list[Award]:
    return awarding.offer_all(results, by=bursary.dominique, at=NOW())


def test_each_gets_the_round_s_amount_to_reply_to_in_its_days(
    bursary: Bursary, person: Any
) -> None:
    results = bursary.results(person("amina"), person("bruno"))
    at = NOW()
    given = awarding.offer_all(results, by=bursary.dominique, at=at)
    assert [award.amount for award in given] == [Decimal("6000.00")] * 2
    assert {(award.reply_by - at).days for award in given} == {7}
    assert {award.months for award in given} == {12}
    assert AuditEntry.objects.filter(verb="offered", actor=bursary.dominique).count() == 2
    assert not OutgoingEmail.objects.filter(letter__startswith="award").exists()


def test_offered_twice_it_is_one_award(bursary: Bursary, person: Any) -> None:
    results = bursary.results(person("amina"))
    assert len(offered(bursary, *results)) == 1
    assert offered(bursary, *results) == []
    assert Award.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"awards": 1}, "All awards of the round are given."),
        ({"budget": Decimal("11999.99")}, "The budget does not suffice"),
        ({"budget": None, "awards": None}, "has no budget yet"),
    ],
)
def test_never_beyond_the_money_nor_the_number_and_then_nobody(
    bursary: Bursary, person: Any, fields: dict[str, Any], says: str
) -> None:
    results = bursary.results(person("amina"), person("bruno"))
    Round.objects.update(**fields)
    with override("en"), pytest.raises(Refused) as refused:
        offered(bursary, *results)
    assert any(says in str(reason) for reason in refused.value.reasons)
    assert not Award.objects.exists()


def test_without_a_budget_of_its_own_a_round_has_its_awards_of_its_amount(
    bursary: Bursary, person: Any
) -> None:
    results = bursary.results(person("amina"))
    Round.objects.update(budget=None)
    offered(bursary, *results)
    bursary.round.refresh_from_db()
    assert ledger.of_round(bursary.round).free == Decimal("12000.00")


def test_nothing_is_offered_without_an_amount(bursary: Bursary, person: Any) -> None:
    results = bursary.results(person("amina"))
    Round.objects.update(amount=None)
    with pytest.raises(Refused):
        offered(bursary, *results)


@pytest.mark.parametrize(
    ("others", "amount"),
    [(None, "6000.00"), ("10000.00", "6000.00"), ("10000.01", "2500.00"), ("50000.00", "2500.00")],
)
def test_a_greater_award_elsewhere_leaves_a_top_up(
    bursary: Bursary, person: Any, others: str | None, amount: str
) -> None:
    (result,) = bursary.results(person("amina"))
    bursary.round.stacking = Stacking.TOP_UP
    bursary.round.top_up_above, bursary.round.top_up_amount = Decimal(10000), Decimal(2500)
    bursary.round.save()
    result.candidacy.other_awards = Decimal(others) if others else None
    award = offered(bursary, result)[0]
    assert award.amount == Decimal(amount)
    assert awarding.is_reduced(award) is (award.amount < bursary.round.amount)


def test_whoever_withdrew_is_left_out_and_the_trail_says_so(bursary: Bursary, person: Any) -> None:
    gone, stays = bursary.results(person("amina"), person("bruno"))
    Candidacy.objects.filter(pk=gone.candidacy_id).update(status=Standing.WITHDRAWN)
    assert [award.candidacy_id for award in offered(bursary, gone, stays)] == [stays.candidacy_id]
    entry = AuditEntry.objects.get(verb=awarding.NOT_OFFERED)
    assert entry.why == "left"


def test_category_1_asks_whether_the_declaration_stands(person: Any) -> None:
    bursary = Bursary(person, category=Category.WOMEN_IN_AI)
    amina, bruno = person("amina"), person("bruno")
    results = bursary.results(amina, bruno)
    entries.declare(abouts.declaration(results[0].candidacy), {"words": "femme"}, by=amina)
    given = offered(bursary, *results)
    assert [award.candidacy_id for award in given] == [results[0].candidacy_id]
    # Nothing tells it from any other leaving.
    assert AuditEntry.objects.get(verb=awarding.NOT_OFFERED).why == "left"


def second(bursary: Bursary, award: Award, **fields: Any) -> Any:
    """The same person is awarded in another category of the year."""
    row = a_round(bursary.world.cycle, Category.SOCIOECONOMIC, **fields)
    candidacy = a_candidacy(row, award.candidacy.application)
    return a_result(candidacy, by=bursary.claire, approved_by=bursary.dominique)


def test_whoever_accepted_one_is_not_offered_a_second(bursary: Bursary, person: Any) -> None:
    amina = person("amina")
    first = bursary.awarded(amina)
    replying.accept(first, by=amina, at=NOW())
    assert offered(bursary, second(bursary, first, stacking=Stacking.ONE_A_YEAR)) == []
    assert AuditEntry.objects.get(verb=awarding.NOT_OFFERED).why == "other"


def test_two_that_wait_stand_beside_each_other_and_the_person_chooses(
    bursary: Bursary, person: Any
) -> None:
    amina = person("amina")
    first = bursary.awarded(amina)
    (other,) = offered(bursary, second(bursary, first, stacking=Stacking.ONE_A_YEAR))
    replying.accept(other, by=amina, at=NOW())
    first.refresh_from_db()
    assert (first.status, first.why) == (Award.Status.LAPSED, "other")
    with pytest.raises(Refused):
        replying.accept(first, by=amina, at=NOW())


def test_where_it_is_allowed_both_are_held(bursary: Bursary, person: Any) -> None:
    amina = person("amina")
    first = bursary.awarded(amina)
    (other,) = offered(bursary, second(bursary, first))
    for award in (first, other):
        replying.accept(award, by=amina, at=NOW())
    assert Award.objects.filter(status=Award.Status.ACCEPTED).count() == 2
