"""The reply to an award: in time, once, by its person; and what the coordination changes at their wish."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, end_of
from followup import offers
from notifications.models import OutgoingEmail
from scholarships import lapsing, ledger, replying
from scholarships.models import Award, Candidacy, Payment, Round, Standing
from tests.enrolment.factories import conflict
from tests.scholarships.awards_world import (
    AMOUNT,
    NOW,
    Bursary,
    decision_of,
    late,
    registers,
)
from tests.scholarships.factories import an_award

pytestmark = pytest.mark.django_db
WHY = "Au téléphone, à sa demande."


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def award(bursary: Bursary, amina: User) -> Award:
    return bursary.awarded(amina)


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


def test_a_yes_is_recorded_once_and_confirmed_without_a_word_of_what_it_was(
    award: Award, amina: User
) -> None:
    at = NOW()
    assert replying.accept(award, by=amina, at=at).status == Award.Status.ACCEPTED
    assert replying.accept(award, by=amina, at=NOW()).replied_at == at
    (letter,) = letters("award_replied")
    assert "6" not in letter.text.replace(award.candidacy.application.number, "").replace(
        award.candidacy.number, ""
    ).replace("26", "").replace("27", "")
    assert AuditEntry.objects.filter(verb="accept_award", actor=amina).count() == 1


def test_a_no_is_recorded_once_and_frees_the_money(award: Award, amina: User) -> None:
    at = NOW()
    replying.decline(award, by=amina, at=at)
    assert replying.decline(award, by=amina, at=NOW()).replied_at == at
    assert ledger.of_round(award.candidacy.round).free == 3 * AMOUNT
    assert len(letters("award_replied")) == 1


def test_the_letters_of_a_yes_and_of_a_no_are_the_same(
    bursary: Bursary, amina: User, person: Any
) -> None:
    bruno = person("bruno")
    first, second = bursary.results(amina, bruno)
    replying.accept(an_award(first), by=amina, at=NOW())
    replying.decline(an_award(second), by=bruno, at=NOW())
    texts = []
    for letter, result in zip(letters("award_replied"), (first, second), strict=True):
        text = letter.text.replace(result.candidacy.application.number, "N")
        text = text.replace(result.candidacy.number, "S")
        texts.append(text.replace(result.candidacy.application.called, "X"))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("verb", [replying.accept, replying.decline])
def test_the_last_moment_counts_and_the_next_does_not(award: Award, amina: User, verb: Any) -> None:
    with pytest.raises(Refused):
        verb(award, by=amina, at=award.reply_by + timedelta(microseconds=1))
    assert verb(award, by=amina, at=award.reply_by).replied_at == award.reply_by


@pytest.mark.parametrize("verb", [replying.accept, replying.decline])
def test_nobody_else_replies(award: Award, person: Any, bursary: Bursary, verb: Any) -> None:
    for who in (person("bruno"), bursary.claire, bursary.dominique):
        with pytest.raises(Refused) as refused:
            verb(award, by=who, at=NOW())
        assert refused.value.forbidden


def test_a_no_is_not_turned_into_a_yes_by_its_person(award: Award, amina: User) -> None:
    replying.decline(award, by=amina, at=NOW())
    with pytest.raises(Refused):
        replying.accept(award, by=amina, at=NOW())


def test_no_yes_once_the_conditions_are_lost(award: Award, amina: User) -> None:
    offers.decline(decision_of(award), by=amina, at=NOW())
    with pytest.raises(Refused):
        replying.accept(award, by=amina, at=NOW())


# What the coordination changes -------------------------------------------------------------------
def in_days(count: int) -> Any:
    return day_of(NOW() + timedelta(days=count))


def test_a_no_by_mistake_is_offered_again_with_a_new_last_day(
    bursary: Bursary, award: Award, amina: User
) -> None:
    replying.decline(award, by=amina, at=NOW())
    again = replying.reopen(award, reply_on=in_days(3), why=WHY, by=bursary.claire, at=NOW())
    assert (again.status, again.replied_at) == (Award.Status.OFFERED, None)
    assert again.reply_by == end_of(in_days(3))
    assert replying.accept(award, by=amina, at=NOW()).status == Award.Status.ACCEPTED
    assert len(letters("award_waits")) == 1
    assert len(letters("award_replied")) == 2


def test_what_lapsed_in_silence_is_offered_again(bursary: Bursary, award: Award) -> None:
    late(award)
    lapsing.settle_all(at=NOW())
    award.refresh_from_db()
    assert award.ending == "Aucune réponse n’est arrivée à temps" or award.why == "silent"
    again = replying.reopen(award, reply_on=in_days(2), why=WHY, by=bursary.claire, at=NOW())
    assert again.why == ""


def test_not_while_the_money_is_somebody_else_s(
    bursary: Bursary, award: Award, amina: User
) -> None:
    replying.decline(award, by=amina, at=NOW())
    Round.objects.update(budget=Decimal("5999.99"))
    with pytest.raises(Refused):
        replying.reopen(award, reply_on=in_days(2), why=WHY, by=bursary.claire, at=NOW())


def test_not_what_stands_nor_for_a_day_that_has_passed_nor_for_who_left(
    bursary: Bursary, award: Award, amina: User
) -> None:
    again: dict[str, Any] = {"why": WHY, "by": bursary.claire, "at": NOW()}
    with pytest.raises(Refused):
        replying.reopen(award, reply_on=in_days(2), **again)
    replying.decline(award, by=amina, at=NOW())
    with pytest.raises(Refused):
        replying.reopen(award, reply_on=in_days(-1), **again)
    Candidacy.objects.update(status=Standing.WITHDRAWN)
    with pytest.raises(Refused):
        replying.reopen(award, reply_on=in_days(2), **again)


def test_a_yes_is_taken_back_and_what_is_paid_stays_paid(
    bursary: Bursary, award: Award, amina: User
) -> None:
    replying.accept(award, by=amina, at=NOW())
    registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    first = Payment.objects.first()
    assert first
    Payment.objects.filter(pk=first.pk).update(paid_on=in_days(0))
    replying.take_back(award, why=WHY, by=bursary.claire, at=NOW())
    award.refresh_from_db()
    assert (award.status, award.why) == (Award.Status.DECLINED, "asked")
    assert list(Payment.objects.all()) == [first]
    assert ledger.of_round(award.candidacy.round).paid == Decimal("500.00")


def test_only_coordinators_change_it_and_not_of_a_file_kept_from_them(
    bursary: Bursary, award: Award, amina: User, person: Any
) -> None:
    replying.decline(award, by=amina, at=NOW())
    for who in (bursary.dominique, amina, person("gilles", Role.PANELIST)):
        with pytest.raises(Refused):
            replying.reopen(award, reply_on=in_days(2), why=WHY, by=who, at=NOW())
        with pytest.raises(Refused):
            replying.take_back(award, why=WHY, by=who, at=NOW())
    conflict(award.candidacy.application, bursary.claire, by=bursary.dominique)
    with pytest.raises(Refused):
        replying.reopen(award, reply_on=in_days(2), why=WHY, by=bursary.claire, at=NOW())
