"""What the coordination changes of an offer: who may, when, what is kept, and what the person is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, end_of
from followup import calls, changes, ending, offers
from followup.models import Filing, Offer, Reply, UdemFile
from followup.seats import of_program
from followup.situation import of_application
from followup.student_centre import Facts, record_step
from followup.timeline import thread
from notifications.models import OutgoingEmail
from reviews.conflicts import declare
from reviews.models import Decision, Reason
from tests import factories
from tests.followup.factories import World, decided

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)
Verb = Callable[..., Offer]


def soon(days: int = 5) -> date:
    return day_of(NOW()) + days * DAY


def reopen(decision: Decision, by: User, **more: Any) -> Offer:
    values = {"reply_on": soon(), "why": "She was ill.", "at": NOW(), **more}
    return changes.reopen(decision, by=by, **values)


def extend(decision: Decision, by: User, **more: Any) -> Offer:
    later = day_of(offers.offer_of(decision).reply_by) + DAY
    values = {"reply_on": later, "why": "She asked.", "at": NOW(), **more}
    return changes.extend(decision, by=by, **values)


def take_back(decision: Decision, by: User, **more: Any) -> Offer:
    values = {"why": "She asked.", "at": NOW(), **more}
    return changes.take_acceptance_back(decision, by=by, **values)


VERBS: dict[str, Verb] = {"reopen": reopen, "extend": extend, "take back": take_back}


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


# Who may do what, when ----------------------------------------------------------------------------
def brought(world: World, user: User, status: str) -> Decision:
    """An offer in this status, while a seat is free."""
    decision = world.answered(user)
    if status == "accepted":
        offers.accept(decision, by=user, at=NOW())
    if status == "declined":
        offers.decline(decision, by=user, at=NOW(), reason="Elsewhere")
    if status == "expired":
        offers.lapse_all(at=offers.reply_deadline(decision) + DAY)
    return Decision.objects.get(pk=decision.pk)


TABLE = {
    ("open", "extend"): "open",
    ("accepted", "take back"): "declined",
    ("declined", "reopen"): "open",
    ("expired", "reopen"): "open",
}


@pytest.mark.parametrize("status", Reply.values)
def test_who_may_do_what_when(
    world: World, amina: User, bruno: User, david: User, adam: User, status: str
) -> None:
    """Every verb in every status; the coordinator as the table says, everybody else never."""
    decision = brought(world, amina, status)
    for stranger in (amina, bruno, david, world.dominique, adam):
        for verb in VERBS.values():
            with pytest.raises(Refused) as refusal:
                verb(decision, stranger)
            assert refusal.value.forbidden
    for name, verb in VERBS.items():
        if (status, name) not in TABLE:
            with pytest.raises(Refused) as refusal:
                verb(decision, world.claire)
            assert not refusal.value.forbidden
    (name,) = (verb for was, verb in TABLE if was == status)
    with pytest.raises(Refused, match="Dites pourquoi"):
        VERBS[name](decision, world.claire, why=" ")
    offer = VERBS[name](decision, world.claire)
    assert offer.status == TABLE[status, name]
    assert broken() == []


def test_nobody_changes_an_offer_over_a_conflict(world: World, amina: User) -> None:
    decision = world.answered(amina)
    declare(decision.application, by=world.claire, reason=Reason.OTHER, words="x")
    with pytest.raises(Refused) as refusal:
        extend(decision, world.claire)
    assert refusal.value.forbidden


@pytest.mark.parametrize("outcome", ["decline", "waitlist"])
def test_what_offered_nothing_is_not_opened_again(world: World, amina: User, outcome: str) -> None:
    with pytest.raises(Refused):
        reopen(world.answered(amina, outcome), world.claire)


def test_nothing_is_changed_before_the_release(world: World, amina: User) -> None:
    decision = decided(world.submitted(amina), "accept", **world.staff)
    for verb in (reopen, extend, take_back):
        with pytest.raises(Refused):
            verb(decision, world.claire)
    assert not Offer.objects.exists()


def test_a_person_who_left_has_no_offer_to_change(world: World, amina: User) -> None:
    decision = brought(world, amina, "declined")
    lifecycle.withdraw(decision.application, by=amina)
    with pytest.raises(Refused, match="retirée"):
        reopen(decision, world.claire)


# Open again ---------------------------------------------------------------------------------------
def test_an_offer_opened_again_is_accepted_with_a_letter_of_its_own(
    world: World, amina: User
) -> None:
    decision = brought(world, amina, "declined")
    offer = reopen(decision, world.claire)
    assert (offer.round, offer.reason, offer.replied_at) == (2, "", None)
    assert offer.reply_by == end_of(soon())
    entry = AuditEntry.objects.get(verb="reopen_offer")
    assert (entry.old, entry.new, entry.why) == ("declined", "open", "She was ill.")
    (letter,) = letters("offer_reopened")
    assert "offre" not in (letter.subject + letter.text).lower()
    assert reopen(decision, world.claire) == offer, "two clicks"
    assert len(letters("offer_reopened")) == 1
    offers.decline(decision, by=amina, at=NOW())
    reopen(decision, world.claire, reply_on=soon(6))
    offers.accept(decision, by=amina, at=NOW())
    assert [row.key.count(":") for row in letters("offer_declined")] == [1, 2]
    assert len(letters("offer_accepted")) == 1
    assert broken() == []


def test_beyond_the_seats_is_said(world: World, amina: User, bruno: User) -> None:
    first, waits = world.answered_all([amina], [bruno], seats=1)
    offers.decline(first, by=amina, at=NOW())
    calls.call(waits, by=world.claire, at=NOW())
    with pytest.raises(Refused, match="au-delà"):
        reopen(first, world.claire)
    reopen(first, world.claire, beyond=True)
    assert of_program(world.cycle, factories.program()).beyond == 1
    seat = AuditEntry.objects.filter(verb="take_seat").latest("pk")
    assert (seat.details, seat.why) == ({"free": 0}, "She was ill.")
    assert broken() == []


def test_a_call_that_lapsed_is_opened_again(world: World, amina: User, bruno: User) -> None:
    first, waits = world.answered_all([amina], [bruno], seats=1)
    offers.decline(first, by=amina, at=NOW())
    offer = calls.call(waits, by=world.claire, at=NOW())
    offers.lapse_all(at=offer.reply_by + DAY)
    reopen(waits, world.claire)
    offers.accept(waits, by=bruno, at=NOW())
    assert broken() == []


# More time ----------------------------------------------------------------------------------------
def test_more_time_makes_a_row_and_writes_once_for_each_date(world: World, amina: User) -> None:
    decision = world.answered(amina)
    last = day_of(offers.reply_deadline(decision))
    offer = extend(decision, world.claire, reply_on=last + 2 * DAY)
    assert offer.reply_by == end_of(last + 2 * DAY)
    decision = Decision.objects.get(pk=decision.pk)
    extend(decision, world.claire, reply_on=last + 2 * DAY)
    assert len(letters("reply_extended")) == 1
    extend(decision, world.claire, reply_on=last + 3 * DAY)
    assert len(letters("reply_extended")) == 2
    with pytest.raises(Refused, match="plus tard"):
        extend(decision, world.claire, reply_on=last + DAY)
    assert offers.lapse_all(at=end_of(last + DAY)) == 0, "the first date counts no more"
    offers.accept(decision, by=amina, at=end_of(last + 3 * DAY))
    assert broken() == []


# A yes taken back ---------------------------------------------------------------------------------
def test_a_yes_taken_back_frees_the_seat_and_ends_the_file(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    decision = udem_file.offer.decision
    world.cycle.intakes.update(seats=1)
    offer = take_back(decision, world.claire)
    assert (offer.status, offer.round) == (Reply.DECLINED, 2)
    assert take_back(decision, world.claire) == offer
    assert of_program(world.cycle, factories.program()).free == 1
    udem_file.refresh_from_db()
    assert (udem_file.status, udem_file.ended_on) == (Filing.NOT_REGISTERED, day_of(NOW()))
    assert udem_file.number
    assert len(letters("acceptance_taken_back")) == 1
    assert not letters("offer_declined")
    assert broken() == []
    reopen(decision, world.claire)
    offers.accept(decision, by=amina, at=NOW())
    udem_file.refresh_from_db()
    assert (udem_file.status, udem_file.ended_on) == (Filing.FILED, None)
    assert UdemFile.objects.count() == 1
    assert [row.key.count(":") for row in letters("offer_accepted")] == [1, 2]
    assert broken() == []


def test_a_file_that_ended_otherwise_stays_as_it_ended(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    record_step(udem_file, Filing.REFUSED, Facts(), by=world.claire)
    decision = udem_file.offer.decision
    take_back(decision, world.claire)
    reopen(decision, world.claire)
    offers.accept(decision, by=amina, at=NOW())
    udem_file.refresh_from_db()
    assert udem_file.status == Filing.REFUSED
    assert broken() == []


@pytest.mark.parametrize("status", [Filing.REGISTERED, Filing.DEFERRED])
def test_whoever_is_registered_is_undone_at_udem_first(
    world: World, amina: User, status: Filing
) -> None:
    udem_file = world.filed(amina)
    record_step(udem_file, status, Facts(), by=world.claire)
    with pytest.raises(Refused, match="UdeM"):
        take_back(udem_file.offer.decision, world.claire)
    udem_file.offer.refresh_from_db()
    assert udem_file.offer.status == Reply.ACCEPTED


def test_nobody_takes_up_a_file_of_another(world: World, amina: User, bruno: User) -> None:
    udem_file = world.filed(amina)
    take_back(udem_file.offer.decision, world.claire)
    with pytest.raises(Refused) as refusal:
        ending.take_up_again(udem_file, by=bruno)
    assert refusal.value.forbidden


# In plain words -----------------------------------------------------------------------------------
def test_the_person_reads_each_change_in_their_thread(world: World, amina: User) -> None:
    decision = brought(world, amina, "accepted")
    take_back(decision, world.claire)
    reopen(decision, world.claire)
    extend(Decision.objects.get(pk=decision.pk), world.claire)
    told = [node["title"] for node in thread(of_application(decision.application, amina, at=NOW()))]
    for words in (
        "Votre oui est repris, comme vous l’avez demandé",
        "Notre offre est rouverte",
        "Plus de temps pour répondre vous est donné",
    ):
        assert words in told
    assert "She was ill." not in str(told)
