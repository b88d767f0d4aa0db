"""What must be true of awards and of their money: each check sees what it is for, and nothing where all is well."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from scholarships import awarding, invariants, lapsing, replying
from scholarships.models import Award, Candidacy, Category, Payment, Result, Round, Stacking
from scholarships.models import Standing as Status
from tests.scholarships.awards_world import NOW, Bursary, registers
from tests.scholarships.factories import a_candidacy, a_result, a_round, an_award

pytestmark = pytest.mark.django_db
CHECKS: list[Callable[[], Iterable[str]]] = [
    invariants.shown_awards_are_offered,
    invariants.awards_come_of_a_shown_result,
    invariants.budgets_hold_what_is_promised,
    invariants.payments_add_up_to_the_award,
    invariants.one_award_a_year,
]


def broken() -> list[str]:
    return [line for check in CHECKS for line in check()]


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


@pytest.fixture
def award(bursary: Bursary, person: Any) -> Award:
    """Confirmed, with its payments planned."""
    amina = person("amina")
    given = bursary.awarded(amina)
    replying.accept(given, by=amina, at=NOW())
    registers(given, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    given.refresh_from_db()
    assert broken() == []
    return given


def test_who_was_left_out_with_a_reason_on_the_trail_is_no_fault(
    bursary: Bursary, person: Any
) -> None:
    (result,) = bursary.results(person("amina"))
    assert "says that there is an award" in broken()[0]
    Candidacy.objects.filter(pk=result.candidacy_id).update(status=Status.WITHDRAWN)
    assert awarding.offer_all([result], by=None, at=NOW()) == []
    assert broken() == []


def test_an_award_without_a_shown_result(bursary: Bursary, person: Any) -> None:
    hidden, shown = bursary.results(person("amina"), person("bruno"), unseen=1)
    assert hidden.status == Result.Status.SHOWN
    candidacy = shown.candidacy
    values = {"amount": Decimal(1), "months": 1, "reply_by": NOW()}
    early = Award.objects.create(candidacy=candidacy, **values)
    assert f"Award {early.pk} comes of no result that its person can read." in broken()


def test_more_promised_than_there_is(award: Award) -> None:
    Round.objects.update(budget=Decimal("5999.99"))
    assert broken() == [f"Round {award.candidacy.round_id} has promised 0.01 more than its budget."]
    Round.objects.update(budget=Decimal("6000.00"), awards=0)
    assert broken() == [f"Round {award.candidacy.round_id} has 0 awards, and 1 stand."]


def test_payments_that_do_not_add_up(award: Award) -> None:
    first = award.payments.order_by("due_on")[0]
    Payment.objects.filter(pk=first.pk).update(amount=first.amount - 1)
    assert broken() == [f"The payments of award {award.pk} are 5999.00, and it is 6000.00."]
    Payment.objects.filter(pk=first.pk).update(amount=first.amount)
    Award.objects.filter(pk=award.pk).update(status=Award.Status.ACCEPTED)
    assert broken() == [f"Award {award.pk} is not confirmed, and payments of it are planned."]
    Payment.objects.update(paid_on=NOW().date())
    Payment.objects.filter(pk=first.pk).update(amount=first.amount + 1)
    told = broken()
    assert f"Award {award.pk} is 6000.00, and 6001.00 was paid." in told


def test_two_awards_of_a_year(bursary: Bursary, award: Award) -> None:
    row = a_round(bursary.world.cycle, Category.SOCIOECONOMIC)
    candidacy = a_candidacy(row, award.candidacy.application)
    second = an_award(a_result(candidacy, by=bursary.claire, approved_by=bursary.dominique))
    replying.accept(second, by=award.candidacy.application.applicant, at=NOW())
    assert broken() == []
    Round.objects.filter(pk=row.pk).update(stacking=Stacking.ONE_A_YEAR)
    assert broken() == [f"Award {second.pk} is the one of its year, and its person keeps another."]
