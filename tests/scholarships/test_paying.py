"""Payments: planned to the cent, written down as paid and back, and out as a file that no spreadsheet runs."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of
from scholarships import lapsing, ledger, paying, paying_out, replying
from scholarships.models import Award, Payment, Round
from tests.enrolment.factories import conflict
from tests.scholarships.awards_world import AMOUNT, NOW, Bursary, registers
from tests.scholarships.factories import an_award

TODAY = date(2027, 9, 14)


@given(cents=st.integers(1, 10_000_000), months=st.integers(1, 36))
def test_the_parts_are_the_whole_to_the_cent(cents: int, months: int) -> None:
    amount = Decimal(cents) / 100
    found = paying.parts(amount, months)
    assert sum(found) == amount
    assert all(part > 0 for part in found)
    assert max(found) - min(found) <= Decimal("0.01")
    assert len(found) == min(months, cents)


def test_the_days_are_those_of_a_calendar() -> None:
    days = paying.days(date(2027, 11, 30), 5)
    assert [day.isoformat() for day in days] == [
        "2027-11-30",
        "2027-12-30",
        "2028-01-30",
        "2028-02-29",
        "2028-03-30",
    ]


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def award(bursary: Bursary, amina: User) -> Award:
    """Confirmed."""
    award = replying.accept(bursary.awarded(amina), by=amina, at=NOW())
    registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    award.refresh_from_db()
    return award


pytestmark = pytest.mark.django_db


def ids(count: int) -> list[int]:
    return list(Payment.objects.values_list("pk", flat=True)[:count])


def test_the_first_is_due_on_the_round_s_day_or_on_the_first_of_the_next_month(
    award: Award,
) -> None:
    assert paying.first_day(award, date(2027, 12, 31)) == date(2028, 1, 1)
    award.candidacy.round.first_payment_on = TODAY
    assert paying.first_day(award, date(2027, 12, 31)) == TODAY


def test_paid_together_and_undone(bursary: Bursary, award: Award) -> None:
    assert paying.mark_paid(ids(2), on=TODAY, by=bursary.claire) == 2
    assert paying.mark_paid(ids(3), on=TODAY, by=bursary.claire) == 1
    money = ledger.of_round(bursary.round)
    assert (money.paid, money.committed) == (Decimal("1500.00"), Decimal("4500.00"))
    assert paying.undo_paid(ids(2), by=bursary.claire) == 2
    assert paying.undo_paid(ids(2), by=bursary.claire) == 0
    assert ledger.of_round(bursary.round).paid == Decimal("500.00")
    assert AuditEntry.objects.filter(verb="pay").count() == 3
    assert AuditEntry.objects.filter(verb="undo_payment").count() == 2


def test_only_what_the_registration_confirmed_is_paid(bursary: Bursary, award: Award) -> None:
    Award.objects.update(status=Award.Status.ACCEPTED)
    with pytest.raises(Refused):
        paying.mark_paid(ids(1), on=TODAY, by=bursary.claire)


def test_a_payment_undone_of_an_award_that_ended_goes_back_to_the_round(
    bursary: Bursary, award: Award
) -> None:
    paying.mark_paid(ids(1), on=TODAY, by=bursary.claire)
    replying.take_back(award, why="Elle part.", by=bursary.claire, at=NOW())
    assert ledger.of_round(bursary.round).free == 3 * AMOUNT - 500
    assert paying.undo_paid(ids(1), by=bursary.claire) == 1
    assert not Payment.objects.exists()
    assert ledger.of_round(bursary.round).free == 3 * AMOUNT


def test_what_is_planned_again_leaves_what_was_paid(bursary: Bursary, award: Award) -> None:
    paying.mark_paid(ids(3), on=TODAY, by=bursary.claire)
    paying.drop_unpaid([award])
    assert len(paying.plan(award, on=TODAY)) == 9
    assert sum(Payment.objects.values_list("amount", flat=True)) == AMOUNT
    Payment.objects.update(paid_on=TODAY)
    assert paying.plan(award, on=TODAY) == []


def test_only_coordinators_pay_and_not_a_file_kept_from_them(
    bursary: Bursary, award: Award, amina: User
) -> None:
    for who in (bursary.dominique, amina):
        with pytest.raises(Refused):
            paying.mark_paid(ids(1), on=TODAY, by=who)
        with pytest.raises(Refused):
            paying.undo_paid(ids(1), by=who)
        with pytest.raises(Refused):
            paying_out.export(bursary.round, "csv", by=who)
    conflict(award.candidacy.application, bursary.claire, by=bursary.dominique)
    with pytest.raises(Refused):
        paying.mark_paid(ids(1), on=TODAY, by=bursary.claire)
    assert len(paying_out.export(bursary.round, "csv", by=bursary.claire).splitlines()) == 1


def test_the_file_holds_the_least_and_no_formula(bursary: Bursary, award: Award) -> None:
    Application.objects.update(first_names="=HYPERLINK(1)", last_names="Dupont")
    paying.mark_paid(ids(1), on=day_of(NOW()), by=bursary.claire)
    text = paying_out.export(bursary.round, "csv", by=bursary.claire).decode("utf-8-sig")
    head, *lines = text.splitlines()
    assert len(lines) == 11
    assert len(head.split(";")) == 4
    number, name, amount, _day = lines[0].split(";")
    assert (number, amount) == (f'"{award.candidacy.number}"', '"500.00"')
    assert name.startswith("\"'=")
    book = openpyxl.load_workbook(
        io.BytesIO(paying_out.export(bursary.round, "xlsx", by=bursary.claire))
    )
    cells = [cell.value for cell in next(book.active.iter_rows(min_row=2))]
    assert cells[:3] == [award.candidacy.number, name.strip('"'), "500.00"]
    entry = AuditEntry.objects.filter(verb="export_payments").first()
    assert entry
    assert entry.subject == f"scholarships.round:{bursary.round.pk}"
    assert entry.details["payments"] == 11
    assert "Dupont" not in str(entry.details)


def test_no_other_kind_of_file(bursary: Bursary) -> None:
    with pytest.raises(Refused):
        paying_out.export(bursary.round, "exe", by=bursary.claire)


def test_a_tenth_of_a_dollar_over_twelve_months_has_no_payment_of_nothing(
    bursary: Bursary, person: Any
) -> None:
    Round.objects.update(amount=Decimal("0.10"))
    bruno = person("bruno")
    (result,) = bursary.results(bruno)
    result.candidacy.round.refresh_from_db()
    award = replying.accept(an_award(result), by=bruno, at=NOW())
    assert len(paying.plan(award, on=TODAY + timedelta(days=1))) == 10
