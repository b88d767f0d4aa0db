"""Calling people from the waitlist: who, for which seat, by when; twice, at once, and by itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from answers import correcting, release
from applications import lifecycle
from audit.invariants import broken
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import MONTREAL, day_of, end_of
from desk import closing
from followup import announcing, calls, changes, errands, filing, offers, reminding, tasks
from followup.models import CallRules, Offer, Reply
from followup.seats import next_of, of_program, seats_of
from followup.situation import State, of_application
from notifications.models import OutgoingEmail
from reviews import decisions as deciding
from reviews.conflicts import declare
from reviews.models import Decision, Reason, Release
from tests import factories
from tests.followup.factories import NUMBER, World, decided
from tests.followup.test_reminding import at, calendar

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)
People = Callable[..., list[User]]


@pytest.fixture
def people(person: Any) -> People:
    """So many people more, in French and in English by turns."""

    def make(count: int) -> list[User]:
        return [person(f"p{index}", language=("fr", "en")[index % 2]) for index in range(count)]

    return make


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


def free(world: World) -> int:
    return of_program(world.cycle, factories.program()).free


def one_seat(world: World, people: list[User]) -> list[Decision]:
    """One offer, declined, for one seat; the others wait in order."""
    decisions = world.answered_all(people[:1], people[1:], seats=1)
    offers.decline(decisions[0], by=people[0], at=NOW())
    return decisions[1:]


def unsound() -> list[str]:
    """What is broken, but for the letters that these tests only say have left."""
    return [row for row in broken() if "was sent without an attempt" not in row]


def left() -> None:
    """As if every letter had left."""
    OutgoingEmail.objects.update(status=OutgoingEmail.Status.SENT, sent_at=NOW())


# Seats --------------------------------------------------------------------------------------------
def test_a_seat_is_free_by_a_no_a_lapse_and_a_withdrawal(world: World, people: People) -> None:
    three = people(4)
    no, silent, gone, stays = world.answered_all(three, [], seats=4)
    assert free(world) == 0
    offers.decline(no, by=three[0], at=NOW())
    assert free(world) == 1
    lifecycle.withdraw(gone.application, by=three[2])
    assert free(world) == 2
    offers.accept(stays, by=three[3], at=NOW())
    late = offers.reply_deadline(silent) + DAY
    assert free(world) == 2, "an offer whose day has passed holds its seat until that is recorded"
    offers.lapse_all(at=late)
    assert free(world) == 3
    (row, _dess) = seats_of(world.cycle)
    assert (row.held, row.accepted, row.all, row.beyond) == (1, 1, 4, 0)


def test_offers_beyond_the_seats_free_none_at_first(world: World, people: People) -> None:
    two = people(2)
    first, _second = world.answered_all(two, [], seats=1)
    assert of_program(world.cycle, factories.program()).beyond == 1
    offers.decline(first, by=two[0], at=NOW())
    assert free(world) == 0


def test_without_a_number_of_seats_there_are_as_many_as_offers(
    world: World, people: People
) -> None:
    two = people(3)
    first, *_rest = world.answered_all(two[:2], two[2:], seats=None)
    assert free(world) == 0
    offers.decline(first, by=two[0], at=NOW())
    assert free(world) == 1
    world.cycle.intakes.all().delete()
    assert free(world) == 0, "a program that the cycle no longer takes people for"


def test_an_end_at_udem_frees_the_seat_once_the_office_says_so(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    world.cycle.intakes.update(seats=1)
    type(udem_file).objects.update(status="refused")
    assert free(world) == 0
    type(udem_file).objects.update(confirmed_at=NOW())
    assert free(world) == 1
    type(udem_file).objects.update(status="registered")
    lifecycle.withdraw(udem_file.offer.decision.application, by=amina)
    assert free(world) == 0, "registered: only UdeM undoes it"


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


def withdrawn(world: World, decision: Decision) -> None:
    lifecycle.withdraw(decision.application, by=decision.application.applicant)


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


# By itself ----------------------------------------------------------------------------------------
def automatic(world: World, **changes: Any) -> None:
    CallRules.objects.create(cycle=world.cycle, is_automatic=True, **changes)


def test_nobody_is_called_by_itself_unless_the_cycle_says_so(world: World, people: People) -> None:
    one_seat(world, people(2))
    left()
    assert calls.call_by_itself(at=NOW()) == 0
    CallRules.objects.create(cycle=world.cycle)
    assert calls.call_by_itself(at=NOW()) == 0


def test_where_the_cycle_says_so_the_next_is_called_once(world: World, people: People) -> None:
    first, second = one_seat(world, people(3))
    automatic(world)
    assert calls.call_by_itself(at=NOW()) == 0, "the letter of the no has not left"
    left()
    assert calls.call_by_itself(at=NOW()) == 1
    assert calls.call_by_itself(at=NOW()) == 0
    offer = Offer.objects.get(decision=first)
    assert (offer.called_by, offer.status) == (None, Reply.OPEN)
    assert not Offer.objects.filter(decision=second).exists()
    assert unsound() == []


def test_every_free_seat_is_called_for_and_no_more(world: World, people: People) -> None:
    four = people(4)
    decisions = world.answered_all(four[:2], four[2:], seats=5)
    automatic(world)
    left()
    assert calls.call_by_itself(at=NOW()) == 2, "three are free, and two wait"
    assert {row.decision for row in Offer.objects.exclude(called_at=None)} == set(decisions[2:])


def test_nothing_is_called_by_itself_when_the_days_do_not_fit(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world, reply_days=3)
    left()
    last = world.cycle.waitlist_ends_on
    assert calls.call_by_itself(at=end_of(last - 2 * DAY)) == 0
    assert calls.call_by_itself(at=end_of(last + DAY)) == 0
    assert calls.call_by_itself(at=end_of(last - 3 * DAY)) == 1


def test_a_letter_about_something_else_keeps_nobody_waiting(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world)
    left()
    elsewhere = OutgoingEmail.objects.filter(letter="acknowledgement").first()
    assert elsewhere is not None
    OutgoingEmail.objects.filter(pk=elsewhere.pk).update(
        letter="withdrawn", status=OutgoingEmail.Status.PENDING, sent_at=None, about="x.y:1"
    )
    assert calls.call_by_itself(at=NOW()) == 1


def test_the_timetable_calls(world: World, people: People) -> None:
    one_seat(world, people(2))
    automatic(world)
    left()
    tasks.call_by_itself()
    tasks.call_by_itself()
    assert len(letters("waitlist_called")) == 1


# At once ------------------------------------------------------------------------------------------
def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own; what it gave, or its refusal."""

    def do(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_call_one_person_for_one_seat(
    world: World, people: People, person: Any
) -> None:
    first, second = one_seat(world, people(3))
    corinne = person("corinne", "coordinator")
    results = at_once(
        *(
            lambda decision=decision, by=by: calls.call(decision, by=by, at=NOW())
            for decision in (first, second, first, second)
            for by in (world.claire, corinne)
        )
    )
    made = Offer.objects.exclude(called_at=None)
    assert {row.decision_id for row in made} == {first.pk}
    assert all(isinstance(row, Offer) for row in results[:2] + results[4:6])
    assert all(isinstance(row, Refused) for row in results[2:4] + results[6:])
    assert len(letters("waitlist_called")) == 1
    assert unsound() == []


@pytest.mark.django_db(transaction=True)
def test_calling_while_somebody_declines_fills_the_seats_that_are_there(
    world: World, people: People
) -> None:
    four = people(5)
    decisions = world.answered_all(four[:2], four[2:], seats=2)
    automatic(world)
    left()
    for _round in range(3):
        at_once(
            lambda: offers.decline(decisions[0], by=four[0], at=NOW()),
            lambda: calls.call_by_itself(at=NOW()),
            lambda: calls.call(decisions[2], by=world.claire, at=NOW()),
            lambda: offers.decline(decisions[1], by=four[1], at=NOW()),
            lambda: calls.call_by_itself(at=NOW()),
        )
    left()
    calls.call_by_itself(at=NOW())
    called = Offer.objects.exclude(called_at=None)
    assert {row.decision_id for row in called} == {row.pk for row in decisions[2:4]}
    assert free(world) == 0
    assert unsound() == []


@pytest.mark.django_db(transaction=True)
def test_the_errand_twice_at_once_calls_once(world: World, people: People) -> None:
    one_seat(world, people(4))
    automatic(world)
    left()
    counts = at_once(*(lambda: calls.call_by_itself(at=NOW()) for _time in range(4)))
    assert sorted(counts) == [0, 0, 0, 1]
    assert len(letters("waitlist_called")) == 1


@pytest.mark.django_db(transaction=True)
def test_opening_an_offer_again_and_calling_take_one_seat(world: World, people: People) -> None:
    two = people(2)
    accepted, first = world.answered_all(two[:1], two[1:], seats=1)
    offers.decline(accepted, by=two[0], at=NOW())
    soon = day_of(NOW()) + DAY
    results = at_once(
        lambda: calls.call(first, by=world.claire, at=NOW()),
        lambda: changes.reopen(accepted, by=world.claire, at=NOW(), reply_on=soon, why="A mistake"),
    )
    assert sorted(isinstance(row, Refused) for row in results) == [False, True]
    assert of_program(world.cycle, factories.program()).held == 1


# A whole spring -----------------------------------------------------------------------------------
def montreal(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=MONTREAL).astimezone(UTC)


def test_the_waitlist_of_a_whole_spring(world: World, people: People) -> None:
    """20 March: one is called and lets it lapse; the next is called, accepts; the third hears of the end."""
    four = people(4)
    offered, one, two, three = world.answered_all(four[:1], four[1:], seats=1)
    calendar(world.cycle)
    automatic(world)
    offers.decline(offered_again(offered), by=four[0], at=at(29))
    left()
    world.cycle.refresh_from_db()

    hours: dict[str, list[str]] = {}
    run_through(montreal(20, 9), montreal(24, 3), hours)
    first = Offer.objects.get(decision=one)
    assert first.called_at == montreal(20, 9)
    assert first.reply_by == end_of(date(2027, 3, 23))
    assert hours[f"offer_reminder:{four[1].email}"] == ["03-21 09:00", "03-23 09:00"]
    first.refresh_from_db()
    assert first.status == Reply.EXPIRED
    assert hours[f"offer_expired:{four[1].email}"] == ["03-24 00:15"]

    second = Offer.objects.get(decision=two)
    assert montreal(24, 0) < second.called_at <= montreal(24, 1), "within the hour of the lapse"
    assert second.reply_by == end_of(date(2027, 3, 27))
    page = of_application(two.application, four[2], at=montreal(24, 12))
    assert (page.state, page.is_late_for_udem) == (State.SELECTED, True)
    offers.accept(two, by=four[2], at=montreal(25, 15))
    (late,) = letters("offer_accepted_late")
    assert "has passed" in late.text or "est passée" in late.text
    assert not letters("offer_accepted")

    run_through(montreal(15, 21, 4), montreal(16, 12, 4), hours)
    assert hours[f"waitlist_ended:{four[3].email}"] == ["04-16 09:00"]
    assert [row.address for row in letters("waitlist_ended")] == [four[3].email]
    assert (
        of_application(three.application, four[3], at=montreal(16, 9, 4)).state == State.WAIT_OVER
    )
    assert not Offer.objects.filter(decision=three).exists()
    assert unsound() == []


def offered_again(decision: Decision) -> Decision:
    return Decision.objects.select_related("application__cycle").get(pk=decision.pk)


def run_through(start: datetime, end: datetime, kept: dict[str, list[str]]) -> None:
    """The timetable every fifteen minutes; what was queued has left by the next turn, and its hour is kept."""
    moment = start
    while moment <= end:
        offers.lapse_all(at=moment)
        calls.call_by_itself(at=moment)
        reminding.remind_of_replies(at=moment)
        announcing.end_waitlists(at=moment)
        announcing.tell_free_seats(at=moment)
        new = OutgoingEmail.objects.filter(status=OutgoingEmail.Status.PENDING)
        for row in new:
            told = f"{moment.astimezone(MONTREAL):%m-%d %H:%M}"
            kept.setdefault(f"{row.letter}:{row.address}", []).append(told)
        left()
        moment += timedelta(minutes=15)


# Announcements ------------------------------------------------------------------------------------
def test_coordinators_hear_once_a_day_of_seats_that_nobody_is_called_for(
    world: World, people: People
) -> None:
    first, _second = one_seat(world, people(3))
    morning = datetime.combine(day_of(NOW()) + DAY, datetime.min.time(), tzinfo=MONTREAL)
    nine = morning + timedelta(hours=9)
    assert announcing.tell_free_seats(at=morning) == 0, "not at night"
    assert announcing.tell_free_seats(at=nine) == 1
    assert announcing.tell_free_seats(at=nine + timedelta(hours=5)) == 0
    (letter,) = letters("seats_free")
    assert letter.address == world.claire.email
    assert first.application.number not in letter.text
    assert first.application.name not in letter.text
    assert announcing.tell_free_seats(at=nine + DAY) == 1
    calls.call(first, by=world.claire, at=NOW())
    assert announcing.tell_free_seats(at=nine + 2 * DAY) == 0


def test_nobody_hears_of_seats_that_are_called_for_by_itself_or_of_no_use(
    world: World, people: People
) -> None:
    (first,) = one_seat(world, people(2))
    nine = datetime.combine(day_of(NOW()) + DAY, datetime.min.time(), tzinfo=MONTREAL)
    nine += timedelta(hours=9)
    over = end_of(world.cycle.waitlist_ends_on) + timedelta(hours=12)
    assert announcing.tell_free_seats(at=over) == 0
    automatic(world)
    assert announcing.tell_free_seats(at=nine) == 0
    CallRules.objects.all().delete()
    withdrawn(world, first)
    assert announcing.tell_free_seats(at=nine) == 0, "nobody is left to call"


def test_the_end_is_told_for_a_week_and_to_those_never_called(world: World, people: People) -> None:
    first, second, third = one_seat(world, people(4))
    calls.call(first, by=world.claire, at=NOW())
    withdrawn(world, third)
    last = end_of(world.cycle.waitlist_ends_on)
    assert announcing.end_waitlists(at=last) == 0
    assert announcing.end_waitlists(at=last + timedelta(hours=2)) == 0, "not at night"
    assert announcing.end_waitlists(at=last + 30 * DAY) == 0, "stale"
    assert announcing.end_waitlists(at=last + timedelta(hours=10)) == 1
    assert announcing.end_waitlists(at=last + timedelta(hours=11)) == 0
    (letter,) = letters("waitlist_ended")
    assert letter.address == second.application.applicant.email
    assert "waitlist" not in letter.text
    assert "liste d’attente" not in letter.text


def test_the_timetable_has_a_task_for_each(world: World) -> None:
    tasks.end_waitlists()
    tasks.tell_free_seats()
    assert errands.read_end(0, NOW()) is None


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
