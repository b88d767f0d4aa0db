"""Calls from the waitlist of a round: in its order, once each, never beyond the money, two at a time."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, end_of
from notifications.models import OutgoingEmail
from scholarships import abouts, calling, ledger, replying
from scholarships.awarding import offer_all
from scholarships.models import Award, Candidacy, Category, Result, Round, Stacking, Standing
from scholarships.vault import entries
from tests.enrolment.factories import conflict
from tests.scholarships.awards_world import AMOUNT, NOW, Bursary
from tests.scholarships.factories import a_candidacy, a_result, a_round, an_award

pytestmark = pytest.mark.django_db
WHY = "Elle ne peut plus être jointe."


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person, awards=1, budget=AMOUNT)


def waits(bursary: Bursary, person: Any, *names: str) -> tuple[Award, list[Result]]:
    """One award, offered; the others wait."""
    first, *others = bursary.results(person("amina"), *(person(name) for name in names), awarded=1)
    return an_award(first), others


def declined(award: Award) -> None:
    replying.decline(award, by=award.candidacy.application.applicant, at=NOW())


def test_the_next_is_called_when_an_award_ends_with_a_letter_and_a_shorter_time(
    bursary: Bursary, person: Any
) -> None:
    award, (first, second) = waits(bursary, person, "bruno", "zoe")
    declined(award)
    today = day_of(NOW())
    assert calling.next_of(bursary.round, today) == first
    made = calling.call(first, by=bursary.claire, at=NOW(), reply_on=today + timedelta(days=2))
    assert made.reply_by == end_of(today + timedelta(days=2))
    assert calling.next_of(bursary.round, today) == second
    (letter,) = OutgoingEmail.objects.filter(letter="award_waits")
    assert letter.address == first.candidacy.application.applicant.email
    assert "6 000" not in letter.text.replace("\u00a0", " ")
    assert AuditEntry.objects.filter(verb=calling.CALL).count() == 1


def test_called_twice_by_whomever_it_is_one_call(bursary: Bursary, person: Any) -> None:
    award, (first,) = waits(bursary, person, "bruno")
    declined(award)
    made = calling.call(first, by=bursary.claire, at=NOW())
    assert calling.call(first, by=person_of(person), at=NOW()) == made
    assert Award.objects.count() == 2
    # Nor again after a no.
    declined(made)
    assert calling.call(first, by=bursary.claire, at=NOW()).status == Award.Status.DECLINED


def person_of(person: Any) -> User:
    return person("colette", Role.COORDINATOR)


def test_never_beyond_the_ledger_even_with_a_reason(bursary: Bursary, person: Any) -> None:
    _award, (first,) = waits(bursary, person, "bruno")
    for fields in ({"awards": 5}, {"awards": 1, "budget": AMOUNT * 9}):
        Round.objects.update(**fields)
        with pytest.raises(Refused):
            calling.call(first, by=bursary.claire, at=NOW(), why=WHY)
    Round.objects.update(awards=2)
    assert calling.call(first, by=bursary.claire, at=NOW()).status == Award.Status.OFFERED


def test_out_of_turn_only_with_a_reason(bursary: Bursary, person: Any) -> None:
    award, (_first, second) = waits(bursary, person, "bruno", "zoe")
    declined(award)
    with pytest.raises(Refused):
        calling.call(second, by=bursary.claire, at=NOW(), why="  ")
    calling.call(second, by=bursary.claire, at=NOW(), why=WHY)
    assert AuditEntry.objects.get(verb=calling.CALL).why == WHY


def test_whoever_left_is_passed_over_and_cannot_be_called(bursary: Bursary, person: Any) -> None:
    award, (first, second) = waits(bursary, person, "bruno", "zoe")
    declined(award)
    first.candidacy.application.__class__.objects.filter(pk=first.candidacy.application_id).update(
        status="withdrawn"
    )
    assert calling.next_of(bursary.round, day_of(NOW())) == second
    with pytest.raises(Refused):
        calling.call(first, by=bursary.claire, at=NOW(), why=WHY)


def test_whoever_is_not_on_the_waitlist_cannot_be_called(bursary: Bursary, person: Any) -> None:
    wins, first, unseen = bursary.results(
        *(person(name) for name in ("amina", "bruno", "zoe")), awarded=1, unseen=1
    )
    declined(an_award(wins))
    with pytest.raises(Refused):
        calling.call(unseen, by=bursary.claire, at=NOW(), why=WHY)
    Candidacy.objects.filter(pk=first.candidacy_id).update(status=Standing.WITHDRAWN)
    with pytest.raises(Refused):
        calling.call(first, by=bursary.claire, at=NOW(), why=WHY)
    assert calling.next_of(bursary.round, day_of(NOW())) is None


def test_whoever_holds_another_of_the_year_is_passed_over(bursary: Bursary, person: Any) -> None:
    award, (first,) = waits(bursary, person, "bruno")
    declined(award)
    row = a_round(bursary.world.cycle, Category.SOCIOECONOMIC, stacking=Stacking.ONE_A_YEAR)
    other = a_result(
        a_candidacy(row, first.candidacy.application),
        by=bursary.claire,
        approved_by=bursary.dominique,
    )
    (kept,) = offer_all([other], by=None, at=NOW())
    assert calling.next_of(bursary.round, day_of(NOW())) == first
    replying.accept(kept, by=first.candidacy.application.applicant, at=NOW())
    assert calling.next_of(bursary.round, day_of(NOW())) is None


def test_only_coordinators_call_and_not_a_file_kept_from_them(
    bursary: Bursary, person: Any
) -> None:
    award, (first,) = waits(bursary, person, "bruno")
    declined(award)
    for who in (bursary.dominique, first.candidacy.application.applicant):
        with pytest.raises(Refused) as refused:
            calling.call(first, by=who, at=NOW())
        assert refused.value.forbidden
    conflict(first.candidacy.application, bursary.claire, by=bursary.dominique)
    with pytest.raises(Refused):
        calling.call(first, by=bursary.claire, at=NOW())


@pytest.mark.django_db(databases=["default", "vault"])
def test_without_a_declaration_that_stands_nobody_of_category_1_is_called(person: Any) -> None:
    bursary = Bursary(person, category=Category.WOMEN_IN_AI)
    bruno, zoe = person("bruno"), person("zoe")
    first, second = bursary.results(bruno, zoe, awarded=0)
    entries.declare(abouts.declaration(second.candidacy), {"words": "femme"}, by=zoe)
    assert calling.next_of(bursary.round, day_of(NOW())) == second
    with pytest.raises(Refused):
        calling.call(first, by=bursary.claire, at=NOW(), why=WHY)
    calling.call(second, by=bursary.claire, at=NOW())


@pytest.mark.django_db(transaction=True)
def test_two_who_call_at_once_cannot_spend_the_same_money(bursary: Bursary, person: Any) -> None:
    award, (first, second) = waits(bursary, person, "bruno", "zoe")
    declined(award)
    Round.objects.update(awards=9, budget=AMOUNT + Decimal("5999.99"))
    barrier, told = Barrier(2), []

    def work(result: Result) -> None:
        try:
            barrier.wait(10)
            calling.call(result, by=bursary.claire, at=NOW(), why=WHY)
            told.append("called")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=work, args=(one,)) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["called", "refused"]
    bursary.round.refresh_from_db()
    assert ledger.of_round(bursary.round).free == Decimal("5999.99")
