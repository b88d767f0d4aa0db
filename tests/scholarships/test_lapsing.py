"""What the files make of an award: each way to lose it, the registration that confirms it, and its undoing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from applications import lifecycle
from audit.moves import Refused
from cycles.clock import end_of
from enrolment.models import Deferral
from followup import offers
from followup.models import Filing, UdemFile
from followup.offers import PATIENCE
from notifications.models import OutgoingEmail
from scholarships import (
    abouts,
    applying,
    awarding,
    confidences,
    consents,
    lapsing,
    ledger,
    replying,
)
from scholarships.losing import losses
from scholarships.models import Award, Candidacy, Category, Ended, Payment, Standing
from scholarships.vault import entries
from tests import factories
from tests.scholarships.awards_world import (
    AMOUNT,
    NOW,
    Bursary,
    decision_of,
    ends_as,
    late,
    registers,
)
from tests.scholarships.factories import a_candidacy, a_result, an_award

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person)


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def award(bursary: Bursary, amina: User) -> Award:
    """Accepted."""
    return replying.accept(bursary.awarded(amina), by=amina, at=NOW())


def settled(award: Award) -> tuple[str, str]:
    lapsing.settle_all(at=NOW())
    award.refresh_from_db()
    return award.status, award.why


def scholarship_withdrawn(award: Award, by: User) -> None:
    Candidacy.objects.update(status=Standing.WITHDRAWN)


def application_withdrawn(award: Award, by: User) -> None:
    lifecycle.withdraw(award.candidacy.application, by=award.candidacy.application.applicant)


def offer_declined(award: Award, by: User) -> None:
    offers.decline(decision_of(award), by=award.candidacy.application.applicant, at=NOW())


def offer_expired(award: Award, by: User) -> None:
    end = award.candidacy.round.cycle.reply_by
    offers.lapse_all(at=end_of(end) + timedelta(hours=1))


def refused_by_udem(award: Award, by: User) -> None:
    UdemFile.objects.filter(pk=registers(award, by=by).pk).update(status=Filing.REFUSED)


def not_registered(award: Award, by: User) -> None:
    ends_as(registers(award, by=by), Filing.NOT_REGISTERED, by=by)


def deferred_at_udem(award: Award, by: User) -> None:
    ends_as(registers(award, by=by), Filing.DEFERRED, by=by)


def deferred_by_us(award: Award, by: User) -> None:
    Deferral.objects.create(
        application=award.candidacy.application,
        to_cycle=award.candidacy.round.cycle,
        program=factories.program(),
        reason="Un an de plus.",
        old_status="to_file",
        by=by,
    )


@pytest.mark.parametrize(
    ("loses", "why"),
    [
        (scholarship_withdrawn, "left"),
        (application_withdrawn, "left"),
        (offer_declined, "no_place"),
        (offer_expired, "no_place"),
        (refused_by_udem, "no_place"),
        (not_registered, "no_place"),
        (deferred_at_udem, "deferred"),
        (deferred_by_us, "deferred"),
    ],
)
def test_each_loss_ends_the_award_once_and_frees_its_money(
    bursary: Bursary, award: Award, loses: Callable[[Award, User], None], why: str
) -> None:
    loses(award, bursary.claire)
    assert settled(award) == (Award.Status.LAPSED, why)
    assert lapsing.settle_all(at=NOW()) == 0
    assert ledger.of_round(bursary.round).free == 3 * AMOUNT
    assert OutgoingEmail.objects.filter(letter="award_changed").count() == 1


def test_a_no_of_admission_takes_an_award_and_a_waitlist_only_once_studies_have_begun(
    bursary: Bursary, person: Any
) -> None:
    accepted = bursary.world.answered(person("amina"), "decline")
    waits = bursary.world.answered(person("bruno"), "waitlist")
    people = [a_candidacy(bursary.round, one.application) for one in (accepted, waits)]
    results = [a_result(row, by=bursary.claire, approved_by=bursary.dominique) for row in people]
    (award,) = awarding.offer_all(results, by=None, at=NOW())
    assert award.candidacy == people[1]
    assert settled(award) == (Award.Status.OFFERED, "")
    begun = award.candidacy.round.cycle.starts_on + timedelta(days=1)
    found = losses([row.pk for row in people], begun)
    assert found == {row.pk: Ended.NO_PLACE for row in people}


def test_a_declaration_withdrawn_ends_it_like_any_leaving(person: Any) -> None:
    bursary, amina = Bursary(person, category=Category.WOMEN_IN_AI), person("amina")
    (result,) = bursary.results(amina)
    about = abouts.declaration(result.candidacy)
    entries.declare(about, {"words": "femme"}, by=amina)
    award = an_award(result)
    assert settled(award) == (Award.Status.OFFERED, "")
    entries.erase(about, by=amina)
    assert lapsing.settle_for([result.candidacy_id], at=NOW()) == 1
    assert settled(award) == (Award.Status.LAPSED, "left")


def test_silence_ends_it_once_a_late_reply_can_no_longer_be_on_its_way(
    bursary: Bursary, person: Any
) -> None:
    award = bursary.awarded(person("bruno"))
    lapsing.settle_all(at=award.reply_by + PATIENCE)
    award.refresh_from_db()
    assert award.status == Award.Status.OFFERED
    assert award.has_lapsed(award.reply_by + PATIENCE)
    assert settled(late(award)) == (Award.Status.LAPSED, "silent")


def test_the_registration_confirms_it_and_plans_its_payments(
    bursary: Bursary, award: Award
) -> None:
    udem_file = registers(award, by=bursary.claire)
    assert settled(award) == (Award.Status.CONFIRMED, "")
    assert Payment.objects.filter(award=award).count() == 12
    assert lapsing.settle_all(at=NOW()) == 0
    # It was recorded by mistake: the award waits again.
    UdemFile.objects.filter(pk=udem_file.pk).update(status=Filing.ACCEPTED)
    assert settled(award) == (Award.Status.ACCEPTED, "")
    assert not Payment.objects.exists()


def test_what_only_the_person_says_confirms_nothing(bursary: Bursary, award: Award) -> None:
    udem_file = registers(award, by=bursary.claire)
    UdemFile.objects.filter(pk=udem_file.pk).update(confirmed_at=None)
    assert settled(award) == (Award.Status.ACCEPTED, "")


def test_whoever_is_registered_has_the_award_whatever_became_of_the_file(
    bursary: Bursary, award: Award
) -> None:
    registers(award, by=bursary.claire)
    type(award.candidacy.application).objects.update(status="withdrawn")
    assert settled(award) == (Award.Status.CONFIRMED, "")


def test_nobody_in_person_lapses_an_award(bursary: Bursary, award: Award) -> None:
    assert lapsing.LAPSE.refusal(award, bursary.claire) is not None
    assert lapsing.CONFIRM.refusal(award, bursary.dominique) is not None


def test_taking_the_declaration_back_ends_the_award_in_the_same_moment(person: Any) -> None:
    bursary, amina = Bursary(person, category=Category.WOMEN_IN_AI), person("amina")
    (result,) = bursary.results(amina)
    entries.declare(abouts.declaration(result.candidacy), {"words": "femme"}, by=amina)
    award = an_award(result)
    assert confidences.take_back(result.candidacy, by=amina, at=NOW())
    award.refresh_from_db()
    assert (award.status, award.why) == (Award.Status.LAPSED, "left")


def test_withdrawing_the_scholarship_application_ends_an_accepted_award_in_the_same_moment(
    award: Award, amina: User
) -> None:
    applying.withdraw(award.candidacy, by=amina, at=NOW())
    award.refresh_from_db()
    assert (award.status, award.why) == (Award.Status.LAPSED, "left")


def test_a_consent_taken_back_ends_an_award_whether_or_not_it_waits_for_a_reply(
    bursary: Bursary, amina: User
) -> None:
    award = bursary.awarded(amina)
    mine = award.candidacy
    with pytest.raises(Refused):
        applying.withdraw(mine, by=amina, at=NOW())
    mine.consents = consents.given(mine, consents.asked(mine.round), at=NOW())
    mine.save(update_fields=["consents"])
    applying.take_consent_back(mine, consents.PANEL, by=amina, at=NOW())
    award.refresh_from_db()
    assert (award.status, award.why) == (Award.Status.LAPSED, "left")
