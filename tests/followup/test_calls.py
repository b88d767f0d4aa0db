"""Calling people from the waitlist: who, for which seat, by when."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from answers import correcting, release
from applications import lifecycle
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, end_of
from desk import closing
from followup import calls, filing, offers
from followup.models import CallRules, Offer, Reply
from followup.seats import next_of
from followup.situation import State, of_application
from reviews import decisions as deciding
from reviews.conflicts import declare
from reviews.models import Decision, Reason, Release
from tests import factories
from tests.followup.factories import NUMBER, World, decided
from tests.followup.waitlists import People, free, letters, one_seat, unsound, withdrawn

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)


# The call -----------------------------------------------------------------------------------------
def test_the_next_is_called_with_a_letter_and_a_date_of_their_own(
    world: World, people: People
) -> None:
    first, second = one_seat(world, people(3))
    moment = NOW()
    offer = calls.call(first, by=world.claire, at=moment)
    assert (offer.status, offer.called_at, offer.called_by) == (Reply.OPEN, moment, world.claire)
    assert offer.reply_by == end_of(day_of(moment) + 3 * DAY)
    (letter,) = letters("waitlist_called")
    assert (letter.address, letter.language) == (first.application.applicant.email, "en")
    for word in ("offer", "place", "seat", "waitlist", "select", "accept"):
        assert word not in (letter.subject + letter.text).lower()
    assert [entry["uid"] for entry in letter.dates] == [f"reply-{first.application.number}"]
    entry, seat = AuditEntry.objects.about(offer).order_by("pk")
    assert (entry.verb, entry.new, entry.actor) == ("call_from_waitlist", "open", world.claire)
    assert (seat.verb, seat.details) == ("take_seat", {"free": 1})
    assert free(world) == 0
    assert next_of(world.cycle, factories.program()) == second
    assert unsound() == []


def test_called_twice_is_one_call(world: World, people: People) -> None:
    first, _second = one_seat(world, people(3))
    offer = calls.call(first, by=world.claire, at=NOW())
    again = calls.call(first, by=world.claire, at=NOW() + DAY)
    assert (again, again.called_at) == (offer, offer.called_at)
    assert len(letters("waitlist_called")) == Offer.objects.exclude(called_at=None).count() == 1


def test_what_is_out_of_the_ordinary_needs_a_reason(world: World, people: People) -> None:
    first, second, third = one_seat(world, people(4))
    with pytest.raises(Refused) as refusal:
        calls.call(second, by=world.claire, at=NOW())
    assert refusal.value.reasons == ["Quelqu’un précède cette personne sur la liste d’attente."]
    calls.call(first, by=world.claire, at=NOW())
    with pytest.raises(Refused) as refusal:
        calls.call(second, by=world.claire, at=NOW(), why="  ")
    assert refusal.value.reasons == ["Aucune place de ce programme n’est libre."]
    offer = calls.call(second, by=world.claire, at=NOW(), why="The direction adds a seat.")
    assert AuditEntry.objects.get(
        subject__endswith=f"offer:{offer.pk}", verb="take_seat"
    ).details == {"free": 0}
    lifecycle.withdraw(first.application, by=first.application.applicant)
    lifecycle.withdraw(second.application, by=second.application.applicant)
    with pytest.raises(Refused) as refusal:
        calls.call(third, by=world.claire, at=NOW(), reply_on=world.cycle.waitlist_ends_on + DAY)
    assert refusal.value.reasons == ["La réponse viendrait après la fin de la liste d’attente."]
    assert unsound() == []


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "Ce jour est passé"), (400, "Les études auront commencé")]
)
def test_a_last_day_is_a_day_to_come_before_the_studies(
    world: World, people: People, days: int, said: str
) -> None:
    (first,) = one_seat(world, people(2))
    day = day_of(NOW()) + days * DAY
    with pytest.raises(Refused, match=said):
        calls.call(first, by=world.claire, at=NOW(), reply_on=day, why="x")


def test_the_usual_days_end_with_the_waitlist(world: World) -> None:
    last = world.cycle.waitlist_ends_on
    CallRules.objects.create(cycle=world.cycle, reply_days=5)
    world.cycle.refresh_from_db()
    before = end_of(last - 7 * DAY)
    assert calls.usual_reply_by(world.cycle, before) == end_of(last - 2 * DAY)
    assert calls.usual_reply_by(world.cycle, end_of(last - DAY)) == end_of(last)
    assert calls.usual_reply_by(world.cycle, end_of(last + DAY)) == end_of(last + 6 * DAY)


def closed(world: World, decision: Decision) -> None:
    closing.close_incomplete(decision.application, by=world.claire, why="It never came.")


def being_corrected(world: World, decision: Decision) -> None:
    correcting.propose_correction(decision, "decline", None, why="Wrong line", by=world.claire)


def without_account(world: World, decision: Decision) -> None:
    User.objects.filter(pk=decision.application.applicant_id).update(is_active=False)


@pytest.mark.parametrize("leave", [withdrawn, closed, being_corrected, without_account])
def test_who_left_is_passed_over(world: World, people: People, leave: Any) -> None:
    first, second = one_seat(world, people(3))
    leave(world, first)
    assert next_of(world.cycle, factories.program()) == second
    if leave is not without_account:
        with pytest.raises(Refused) as refusal:
            calls.call(first, by=world.claire, at=NOW(), why="All the same.")
        assert refusal.value.reasons
    calls.call(second, by=world.claire, at=NOW())


@pytest.mark.parametrize("outcome", ["accept", "decline"])
def test_only_the_waitlist_is_called(world: World, amina: User, outcome: str) -> None:
    with pytest.raises(Refused):
        calls.call(world.answered(amina, outcome), by=world.claire, at=NOW(), why="x")
    assert not Offer.objects.exists()


def test_nobody_is_called_before_the_release(world: World, amina: User) -> None:
    decision = decided(world.submitted(amina), "waitlist", **world.staff)
    with pytest.raises(Refused) as refusal:
        calls.call(decision, by=world.claire, at=NOW(), why="x")
    assert refusal.value.reasons
    assert not Offer.objects.exists()


def test_only_coordinators_call_and_not_over_a_conflict(
    world: World, people: People, amina: User, david: User, adam: User
) -> None:
    (first,) = one_seat(world, people(2))
    for stranger in (world.dominique, david, amina, adam, first.application.applicant):
        with pytest.raises(Refused) as refusal:
            calls.call(first, by=stranger, at=NOW(), why="x")
        assert refusal.value.forbidden
    declare(first.application, by=world.claire, reason=Reason.OTHER, words="x")
    with pytest.raises(Refused) as refusal:
        calls.call(first, by=world.claire, at=NOW(), why="x")
    assert refusal.value.forbidden


# A called person ----------------------------------------------------------------------------------
def test_a_called_person_says_yes_like_the_others(world: World, people: People) -> None:
    (first,) = one_seat(world, people(2))
    amina = first.application.applicant
    calls.call(first, by=world.claire, at=NOW())
    assert of_application(first.application, amina, at=NOW()).state == State.SELECTED
    offer = offers.accept(first, by=amina, at=NOW())
    assert offer.udem_file.program == first.program
    assert of_application(first.application, amina, at=NOW()).state == State.TO_FILE
    filing.report_filing(offer.udem_file, by=amina, number=NUMBER, filed_on=day_of(NOW()))
    assert unsound() == []


def test_a_waitlisted_person_cannot_say_yes_unless_called(world: World, people: People) -> None:
    (first,) = one_seat(world, people(2))
    for verb in (offers.accept, offers.decline):
        with pytest.raises(Refused) as refusal:
            verb(first, by=first.application.applicant, at=NOW())
        assert refusal.value.forbidden


def test_an_answer_behind_a_call_is_not_corrected(world: World, people: People) -> None:
    (first,) = one_seat(world, people(2))
    correction = correcting.propose_correction(
        first, "decline", None, why="Wrong line", by=world.claire
    )
    # Called behind the back of the correction, by hand: the release itself still objects.
    Offer.objects.create(decision=first, reply_by=NOW() + DAY, called_at=NOW())
    correction = Decision.objects.get(pk=correction.pk)
    deciding.approve(correction, by=world.dominique)
    with pytest.raises(Refused) as refusal:
        release.prepare_release(
            world.cycle, by=world.claire, kind=Release.Kind.CORRECTION, while_open=True
        )
    assert "liste d’attente" in str(refusal.value.reasons)


def test_a_called_answer_takes_no_new_correction(world: World, people: People) -> None:
    (first,) = one_seat(world, people(2))
    amina = first.application.applicant
    calls.call(first, by=world.claire, at=NOW())
    offers.decline(first, by=amina, at=NOW())
    with pytest.raises(Refused) as refusal:
        correcting.propose_correction(first, "decline", None, why="Wrong", by=world.claire)
    assert "liste d’attente" in str(refusal.value.reasons)


# The database -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("followup_offer_caller_of_a_call", {"called_at": None}),
        ("followup_offer_call_in_time", {"called_at": NOW() + 900 * DAY}),
        ("followup_offer_rounds_from_one", {"opened_at": NOW()}),
        ("followup_offer_rounds_from_one", {"round": 0}),
        ("followup_offer_taken_back_is_declined", {"taken_back_at": NOW()}),
    ],
)
def test_the_database_refuses(
    world: World, people: People, constraint: str, change: dict[str, Any]
) -> None:
    (first,) = one_seat(world, people(2))
    offer = calls.call(first, by=world.claire, at=NOW())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**change)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("followup_callrules_days_in_bounds", {"reply_days": 31}),
        ("followup_callrules_late_in_both_languages", {"late_fr": "Trop tard."}),
    ],
)
def test_the_database_refuses_rules(world: World, constraint: str, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CallRules.objects.create(cycle=world.cycle, **change)
