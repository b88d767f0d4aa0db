"""The pages of awards: each works in both languages, for whom it is, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from cycles.clock import day_of
from followup import offers
from reviews.models import Decision
from scholarships import awarding, lapsing, ledger, replying
from scholarships.models import Award, Payment, Round, Stacking
from tests.enrolment.factories import conflict
from tests.followup.factories import decided
from tests.followup.pages import address, signed_in
from tests.scholarships.awards_world import AMOUNT, NOW, Bursary, late, registers
from tests.scholarships.factories import a_candidacy, a_result, an_award, closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def award(bursary: Bursary, amina: User) -> Award:
    return bursary.awarded(amina)


@pytest.fixture
def confirmed(bursary: Bursary, award: Award, amina: User) -> Award:
    replying.accept(award, by=amina, at=NOW())
    registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    award.refresh_from_db()
    return award


def page(user: User, name: str, *args: Any, language: str = "fr", status: int = 200) -> str:
    answer = signed_in(user).get(address(name, *args, language=language))
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


# One's own ---------------------------------------------------------------------------------------
def test_the_award_says_how_much_until_when_and_what_follows(award: Award, amina: User) -> None:
    french = page(amina, "award", award.candidacy.number)
    for words in ("6 000 $", "500 $", "Accepter la bourse", "Si vous reportez vos études"):
        assert words in french
    english = page(amina, "award", award.candidacy.number, language="en")
    for words in ("$6,000", "$500", "Accept the award", "12 months", "data-until", "Who can read"):
        assert words in english


def test_a_top_up_says_why_to_its_person_and_to_the_office(
    award: Award, bursary: Bursary, amina: User
) -> None:
    number = award.candidacy.number
    assert "Pourquoi ce montant" not in page(amina, "award", number)
    Round.objects.update(
        stacking=Stacking.TOP_UP, top_up_above=Decimal(10000), top_up_amount=Decimal(2500)
    )
    type(award.candidacy).objects.update(other_awards=Decimal(15000))
    Award.objects.update(amount=Decimal(2500))
    assert "vos autres bourses dépassent 10 000 $" in page(amina, "award", number)
    english = page(amina, "award", number, language="en")
    assert "more than $10,000; you told us of $15,000" in english
    office = page(bursary.claire, "round_awards", bursary.round.pk, language="en")
    assert "a top-up: other awards are held" in office


def test_a_yes_by_the_page(award: Award, amina: User) -> None:
    number = award.candidacy.number
    answer = signed_in(amina).post(address("award_accept", number), follow=True)
    said = answer.content.decode()
    assert "Votre oui est enregistré" in said
    assert address("award_letter_file", number, "en") in said
    assert address("award_accept", number) not in said
    # Opened as a page, it changes nothing.
    assert signed_in(amina).get(address("award_accept", number)).status_code == 302


def test_a_no_by_the_page_says_first_what_it_means(award: Award, amina: User) -> None:
    number = award.candidacy.number
    assert "Vous renoncez à 6 000 $" in page(amina, "award_decline", number)
    award.refresh_from_db()
    assert award.status == Award.Status.OFFERED
    signed_in(amina).post(address("award_decline", number))
    award.refresh_from_db()
    assert award.status == Award.Status.DECLINED
    assert "déclinée ou abandonnée" in page(amina, "award", number)


def test_too_late_there_is_no_button_and_a_request_is_refused(award: Award, amina: User) -> None:
    late(award)
    number = award.candidacy.number
    said = page(amina, "award", number)
    assert "Le dernier moment pour répondre est passé" in said
    assert address("award_accept", number) not in said
    signed_in(amina).post(address("award_accept", number))
    award.refresh_from_db()
    assert award.status == Award.Status.OFFERED
    lapsing.settle_all(at=NOW())
    assert "Aucune réponse n’est arrivée à temps" in page(amina, "award", number)


def test_it_warns_that_a_yes_ends_the_other(bursary: Bursary, award: Award, amina: User) -> None:
    Round.objects.update(stacking=Stacking.ONE_A_YEAR)
    said = page(amina, "award", award.candidacy.number)
    assert "une seule bourse ÉDI" in said
    assert "Une autre bourse attend" not in said


def test_months_beyond_a_year_tell_the_annual_amount(award: Award, amina: User) -> None:
    Award.objects.update(months=24)
    said = page(amina, "award", award.candidacy.number, language="en")
    assert "$3,000" in said
    assert "$250" in said


def test_confirmed_it_shows_the_payments(confirmed: Award, amina: User) -> None:
    said = page(amina, "award", confirmed.candidacy.number)
    assert said.count("À venir") == 12
    Payment.objects.update(paid_on=day_of(NOW()))
    assert "Versé le" in page(amina, "award", confirmed.candidacy.number)


@pytest.mark.parametrize("name", ["award", "award_accept", "award_decline", "award_letter_file"])
def test_nobody_else_finds_it(bursary: Bursary, award: Award, person: Any, name: str) -> None:
    args = [award.candidacy.number, *(["fr"] if name == "award_letter_file" else [])]
    staff = (bursary.claire, bursary.dominique, person("gilles", Role.PANELIST))
    for who in (*staff, person("bruno"), person("fatou", Role.EDI_OFFICER)):
        assert signed_in(who).get(address(name, *args)).status_code == 404
        assert signed_in(who).post(address(name, *args)).status_code in (404, 405)


# The office --------------------------------------------------------------------------------------
def test_the_ledger_tells_each_round_and_all_of_them(bursary: Bursary, award: Award) -> None:
    french = page(bursary.claire, "scholarship_ledger")
    for words in ("18 000 $", "12 000 $", "1 sur 3", "Toutes les rondes"):
        assert words in french
    assert "Changer le budget" not in french
    assert "Change the budget" in page(bursary.dominique, "scholarship_ledger", language="en")


def test_the_ledger_names_nobody_and_counts_nothing_before_the_results_are_shown(
    bursary: Bursary, amina: User
) -> None:
    said = page(bursary.claire, "scholarship_ledger")
    bursary.results(amina, awarded=0, unseen=1)
    assert said_of(page(bursary.claire, "scholarship_ledger")) == said_of(said)


def said_of(page: str) -> str:
    """Without what differs from one request to the next."""
    return page[page.index("<main") : page.index("</main")]


def test_a_year_without_rounds_says_so(bursary: Bursary) -> None:
    Round.objects.all().delete()
    assert "Aucune ronde encore" in page(bursary.claire, "scholarship_ledger")


def test_a_director_changes_the_budget_by_the_page(bursary: Bursary, award: Award) -> None:
    row = bursary.round
    assert "6 000 $" in page(bursary.dominique, "round_budget", row.pk)
    there = signed_in(bursary.dominique)
    assert there.post(address("round_budget", row.pk), {"budget": "x"}).status_code == 422
    there.post(address("round_budget", row.pk), {"budget": "9000.50", "awards": ""})
    row.refresh_from_db()
    assert (row.budget, row.awards) == (Decimal("9000.50"), None)
    there.post(address("round_budget", row.pk), {"budget": "5", "awards": ""})
    row.refresh_from_db()
    assert row.budget == Decimal("9000.50")
    assert signed_in(bursary.claire).get(address("round_budget", row.pk)).status_code == 403


def test_the_list_says_the_states_and_who_is_next(bursary: Bursary, person: Any) -> None:
    first, _second, _third = bursary.results(
        person("amina"), person("bruno"), person("zoe"), awarded=1
    )
    an_award(first)
    french = page(bursary.claire, "round_awards", bursary.round.pk)
    for words in ("Offerte", "Vient ensuite Bruno", "Appeler hors de son tour"):
        assert words in french
    english = page(bursary.dominique, "round_awards", bursary.round.pk, language="en")
    assert "Next is Bruno" in english
    # A director reads, and does not act.
    assert "See the letter, and call" not in english


def test_a_file_kept_from_a_coordinator_is_on_no_line(bursary: Bursary, person: Any) -> None:
    first, second = bursary.results(person("amina"), person("bruno"), awarded=1)
    award = an_award(first)
    conflict(award.candidacy.application, bursary.claire, by=bursary.dominique)
    conflict(second.candidacy.application, bursary.claire, by=bursary.dominique)
    said = page(bursary.claire, "round_awards", bursary.round.pk)
    for result in (first, second):
        assert result.candidacy.number not in said
        assert result.candidacy.application.name not in said
    assert "dont vous ne voyez pas le dossier" in said
    there = signed_in(bursary.claire)
    for name in ("award_reopen", "award_take_back"):
        assert there.get(address(name, award.candidacy.number)).status_code == 404
    assert there.get(address("award_call", second.pk)).status_code == 404


def test_nothing_of_a_file_whose_admission_is_not_decided(bursary: Bursary, amina: User) -> None:
    candidacy = a_candidacy(bursary.round, bursary.world.submitted(amina))
    two = {"by": bursary.claire, "approved_by": bursary.dominique}
    award = an_award(a_result(candidacy, **two))
    assert candidacy.number not in page(bursary.claire, "round_awards", bursary.round.pk)
    where = address("award_take_back", candidacy.number)
    assert signed_in(bursary.claire).get(where).status_code == 404
    decided(candidacy.application, "accept", claire=two["by"], dominique=two["approved_by"])
    assert award.candidacy.number in page(bursary.claire, "round_awards", bursary.round.pk)


def test_called_by_the_page(bursary: Bursary, person: Any) -> None:
    first, second = bursary.results(person("bruno"), person("zoe"), awarded=0)
    there = signed_in(bursary.claire)
    french = page(bursary.claire, "award_call", first.pk)
    assert "Une réponse de votre part est attendue" in french
    assert "Quelqu’un précède" not in french
    assert "Quelqu’un précède" in page(bursary.claire, "award_call", second.pk)
    soon = (day_of(NOW()) + timedelta(days=2)).isoformat()
    assert there.post(address("award_call", first.pk), {"reply_on": "x"}).status_code == 422
    told = {"reply_on": soon, "why": ""}
    said = there.post(address("award_call", first.pk), told, follow=True).content.decode()
    assert "La lettre est en route" in said
    assert "appel de la liste d’attente" in said
    again = there.post(address("award_call", first.pk), told, follow=True).content.decode()
    assert "déjà" in again
    assert Award.objects.count() == 1
    assert "pas sur" in page(bursary.claire, "award_call", first.pk) or "aucune liste" in page(
        bursary.claire, "award_call", first.pk
    )


def test_offered_again_and_taken_back_by_the_page(
    bursary: Bursary, award: Award, amina: User
) -> None:
    number, there = award.candidacy.number, signed_in(bursary.claire)
    replying.decline(award, by=amina, at=NOW())
    assert "Offrir la bourse de nouveau" in page(bursary.claire, "award_reopen", number)
    assert there.post(address("award_reopen", number), {}).status_code == 422
    soon = (day_of(NOW()) + timedelta(days=2)).isoformat()
    there.post(address("award_reopen", number), {"reply_on": soon, "why": "Erreur."})
    award.refresh_from_db()
    assert award.status == Award.Status.OFFERED
    replying.accept(award, by=amina, at=NOW())
    assert "Reprendre" in page(bursary.claire, "award_take_back", number) or number in page(
        bursary.claire, "award_take_back", number
    )
    assert there.post(address("award_take_back", number), {}).status_code == 422
    there.post(address("award_take_back", number), {"why": "À sa demande."})
    award.refresh_from_db()
    assert award.status == Award.Status.DECLINED
    assert "à y renoncer" in page(bursary.claire, "round_awards", bursary.round.pk)


def test_paid_undone_and_taken_out_by_the_page(bursary: Bursary, confirmed: Award) -> None:
    row, there = bursary.round, signed_in(bursary.claire)
    two = [str(pk) for pk in Payment.objects.values_list("pk", flat=True)[:2]]
    assert "À verser, en CSV" in page(bursary.claire, "round_awards", row.pk)
    there.post(address("payments_mark", row.pk), {"payments": two, "paid_on": "2027-09-14"})
    assert ledger.of_round(row).paid == Decimal("1000.00")
    said = there.post(address("payments_mark", row.pk), {"payments": []}, follow=True)
    assert "Cochez au moins" in said.content.decode()
    there.post(address("payments_undo", row.pk), {"payments": [two[0], "x"]})
    assert ledger.of_round(row).paid == Decimal("500.00")
    answer = there.post(address("payments_file", row.pk), {"kind": "csv"})
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    said = there.post(address("payments_file", row.pk), {"kind": "exe"}, follow=True)
    assert "Choisissez" in said.content.decode()


def test_a_payment_of_another_round_is_not_paid_by_this_one(
    bursary: Bursary, confirmed: Award, person: Any
) -> None:
    other = Round.objects.get(pk=bursary.round.pk)
    other.pk = None
    other.save()
    pk = Payment.objects.values_list("pk", flat=True)[0]
    there = signed_in(bursary.claire)
    there.post(address("payments_mark", other.pk), {"payments": [pk], "paid_on": "2027-09-14"})
    assert not Payment.objects.paid().exists()


OFFICE: dict[str, Callable[[Bursary], list[Any]]] = {
    "scholarship_ledger": lambda bursary: [],
    "round_awards": lambda bursary: [bursary.round.pk],
    "payments_mark": lambda bursary: [bursary.round.pk],
    "payments_undo": lambda bursary: [bursary.round.pk],
    "payments_file": lambda bursary: [bursary.round.pk],
    "award_reopen": lambda bursary: ["S1"],
    "award_take_back": lambda bursary: ["S1"],
    "award_call": lambda bursary: [1],
    "round_budget": lambda bursary: [bursary.round.pk],
}


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_s_pages_are_for_the_office(bursary: Bursary, person: Any, name: str) -> None:
    where = address(name, *OFFICE[name](bursary))
    roles = (Role.REVIEWER, Role.PANELIST, Role.EDI_OFFICER)
    for who in (person("amina"), *(person(f"role{index}", one) for index, one in enumerate(roles))):
        assert signed_in(who).get(where).status_code == 403
        assert signed_in(who).post(where).status_code == 403


@pytest.mark.parametrize("name", ["payments_mark", "payments_undo", "payments_file"])
def test_what_acts_is_not_opened(bursary: Bursary, name: str) -> None:
    there = signed_in(bursary.claire)
    assert there.get(address(name, bursary.round.pk)).status_code == 405
    assert signed_in(bursary.dominique).post(address(name, bursary.round.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(bursary: Bursary, person: Any, count: int) -> None:
    people = [person(f"anna{index}") for index in range(2 * count)]
    Round.objects.update(awards=9, budget=AMOUNT * 9)
    for result in bursary.results(*people, awarded=count)[:count]:
        award = replying.accept(
            an_award(result), by=result.candidacy.application.applicant, at=NOW()
        )
        registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    there = signed_in(bursary.claire)
    with CaptureQueriesContext(connection) as queries:
        there.get(address("round_awards", bursary.round.pk))
    assert len(queries) == COST


COST = 12


# From one page of the office to the next -----------------------------------------------------------
def test_the_pages_of_a_round_lead_to_each_other(bursary: Bursary, award: Award) -> None:
    pk, code = bursary.round.pk, bursary.world.cycle.code
    ways: dict[tuple[Any, ...], list[str]] = {
        ("scholarship_rounds",): [address("scholarship_ledger"), address("round_awards", pk)],
        ("scholarship_ranking", pk): [address("round_awards", pk)],
        ("scholarship_ledger",): [address("scholarship_rounds"), address("round_awards", pk)],
        ("round_awards", pk): [address("scholarship_ledger"), address("scholarship_ranking", pk)],
    }
    for person in (bursary.claire, bursary.dominique):
        for (name, *args), leads in ways.items():
            shown = signed_in(person).get(address(name, *args), {"cycle": code}).content.decode()
            for way in leads:
                assert f'href="{way}' in shown, (name, way)
            assert shown.count('aria-current="page"') == 1, name
    Round.objects.filter(pk=pk).update(is_published=False)
    way = f'href="{address("scholarship_ranking", pk)}"'
    assert way not in page(bursary.claire, "round_awards", pk)


def test_who_was_left_out_is_named_with_the_reason(bursary: Bursary, amina: User) -> None:
    (result,) = bursary.results(amina)
    decision = Decision.objects.get(application=result.candidacy.application)
    offers.decline(decision, by=amina, at=NOW())
    assert awarding.offer_all([result], by=None, at=NOW()) == []
    pk = closed(bursary.round).pk
    for language, none, why in (
        ("fr", "Aucune bourse n’a été offerte.", "Il n’y a plus de place dans le programme"),
        ("en", "No award was offered.", "There is no place in the program any more"),
    ):
        ranked = page(bursary.claire, "scholarship_ranking", pk, language=language)
        assert none in ranked
        assert why in ranked
        listed = page(bursary.dominique, "round_awards", pk, language=language)
        assert why in listed
        assert amina.full_name in listed
    conflict(result.candidacy.application, bursary.claire, by=bursary.dominique)
    assert result.candidacy.number not in page(bursary.claire, "round_awards", pk)
