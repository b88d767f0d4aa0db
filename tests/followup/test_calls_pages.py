"""The pages of the calls and of the changes: for whom, what they say, in both languages, at a fixed cost."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from cycles.clock import day_of
from followup import calls, offers
from followup.models import CallRules, Offer, Reply
from notifications.models import OutgoingEmail
from reviews import conflicts
from reviews.models import Decision, Reason
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now
DAY = timedelta(days=1)


@pytest.fixture
def waits(world: World, amina: User, bruno: User, person: Any) -> list[Decision]:
    """One place is free; Bruno is next on the list, and Zoé after him."""
    zoe = person("zoe", full_name="Zoé Roy")
    first, *others = world.answered_all([amina], [bruno, zoe], seats=1)
    offers.decline(first, by=amina, at=NOW())
    return others


def text(client: Client, name: str, *args: object, language: str = "en", status: int = 200) -> str:
    answer = client.get(address(name, *args, language=language))
    assert answer.status_code == status
    return unescape(answer.content.decode())


def post(client: Client, name: str, *args: object, **data: Any) -> Any:
    return client.post(address(name, *args, language="en"), data, follow=True)


# The list -----------------------------------------------------------------------------------------
def test_the_list_says_who_is_next(world: World, waits: list[Decision]) -> None:
    office = signed_in(world.claire)
    page = text(office, "calls")
    number = waits[0].application.number
    assert f"One place is free. Next is Bruno Costa ({number})." in page.replace("</b>", "")
    assert address("call_make", waits[0].pk, language="en") in page
    assert "Une place est libre." in text(office, "calls", language="fr")
    calls.call(waits[0], by=world.claire, at=NOW())
    page = text(office, "calls")
    assert "No place is free" in page
    assert address("offer_extend", number, language="en") in page


def test_directors_look_and_do_not_call(world: World, waits: list[Decision]) -> None:
    direction = signed_in(world.dominique)
    page = text(direction, "calls")
    assert "One place is free." in page
    assert "/follow-up/calls/" not in page.partition("<main")[2].replace(
        'action="/en/follow-up/calls/"', ""
    )
    text(direction, "call_make", waits[0].pk, status=403)
    for name in ("offer_reopen", "offer_extend", "offer_take_back"):
        text(direction, name, waits[0].application.number, status=403)


def test_nobody_else_enters(world: World, waits: list[Decision], david: User, bruno: User) -> None:
    for user in (david, bruno):
        text(signed_in(user), "calls", status=403)
        text(signed_in(user), "call_make", waits[0].pk, status=403)
        text(signed_in(user), "offer_reopen", waits[0].application.number, status=403)


def test_a_conflict_hides_the_next_and_keeps_their_turn(
    world: World, waits: list[Decision], person: Any
) -> None:
    both = person("corinne", Role.COORDINATOR)
    conflicts.declare(waits[0].application, by=both, reason=Reason.OTHER, words="x")
    office = signed_in(both)
    page = text(office, "calls")
    assert "Bruno" not in page
    assert "Next is a person whose file you do not see" in page
    text(office, "call_make", waits[0].pk, status=404)
    shown = text(office, "call_make", waits[1].pk)
    assert "Somebody stands before this person" in shown


def test_what_is_said_of_each_line(world: World, waits: list[Decision]) -> None:
    bruno, zoe = waits
    office = signed_in(world.claire)
    lifecycle.withdraw(zoe.application, by=zoe.application.applicant)
    CallRules.objects.create(cycle=world.cycle, is_automatic=True)
    page = text(office, "calls")
    assert "Withdrawn" in page
    assert "by itself, within minutes" in page
    lifecycle.withdraw(bruno.application, by=bruno.application.applicant)
    assert "nobody is left to call" in text(office, "calls")


def test_without_a_cycle_or_a_list_the_page_says_so(person: Any) -> None:
    office = signed_in(person("claire", Role.COORDINATOR))
    assert "No cycle yet" in text(office, "calls")
    factories.cycle()
    assert "Nobody is on this waitlist" in text(office, "calls")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_wait(world: World, person: Any, count: int) -> None:
    crowd = [person(f"p{index}") for index in range(count + 2)]
    no, called, *_rest = world.answered_all(crowd[:1], crowd[1:], seats=2)
    offers.decline(no, by=crowd[0], at=NOW())
    calls.call(called, by=world.claire, at=NOW())
    office = signed_in(world.claire)
    office.get(address("calls"))
    with CaptureQueriesContext(connection) as queries:
        assert office.get(address("calls")).status_code == 200
    assert len(queries) == 13


# The call -----------------------------------------------------------------------------------------
def test_the_letter_is_read_before_and_the_call_is_one_click(
    world: World, waits: list[Decision]
) -> None:
    office, bruno = signed_in(world.claire), waits[0]
    page = text(office, "call_make", bruno.pk)
    assert "News about your application: a reply is awaited" in page
    assert "Out of the ordinary" not in page
    day = day_of(NOW()) + 3 * DAY
    answer = post(office, "call_make", bruno.pk, reply_on=day.isoformat(), why="")
    assert "Called." in answer.content.decode()
    (letter,) = OutgoingEmail.objects.filter(letter="waitlist_called")
    assert letter.subject in page
    assert all(line in page for line in letter.text.splitlines()[4:8])
    again = post(office, "call_make", bruno.pk, reply_on=day.isoformat(), why="")
    assert "had been called already" in again.content.decode()
    assert Offer.objects.exclude(called_at=None).count() == 1
    assert "This person was called" in text(office, "call_make", bruno.pk)


def test_a_call_out_of_turn_asks_why(world: World, waits: list[Decision]) -> None:
    office, zoe = signed_in(world.claire), waits[1]
    day = (day_of(NOW()) + 3 * DAY).isoformat()
    answer = post(office, "call_make", zoe.pk, reply_on=day, why="")
    assert "Say why" in answer.content.decode()
    assert not Offer.objects.exclude(called_at=None).exists()
    post(office, "call_make", zoe.pk, reply_on=day, why="The direction decided so.")
    assert Offer.objects.filter(decision=zoe).exists()


def test_a_wrong_day_stands_beside_what_was_typed(world: World, waits: list[Decision]) -> None:
    office = signed_in(world.claire)
    answer = post(office, "call_make", waits[0].pk, reply_on="soon", why="x")
    assert answer.status_code == 422
    assert "Give the last day to reply" in unescape(answer.content.decode())


def test_only_a_released_waitlist_answer_has_a_page(world: World, amina: User) -> None:
    decision = world.answered(amina)
    text(signed_in(world.claire), "call_make", decision.pk, status=404)
    text(signed_in(world.claire), "call_make", 0, status=404)


def test_who_cannot_be_called_has_no_form(world: World, waits: list[Decision]) -> None:
    lifecycle.withdraw(waits[0].application, by=waits[0].application.applicant)
    page = text(signed_in(world.claire), "call_make", waits[0].pk)
    assert "The application was withdrawn" in page
    assert "Call this person" not in page


# The changes --------------------------------------------------------------------------------------
def test_an_offer_goes_through_every_change_from_the_pages(
    world: World, amina: User, bruno: User
) -> None:
    decision = world.answered(amina)
    world.cycle.intakes.update(seats=1)
    office, number = signed_in(world.claire), decision.application.number
    later = (day_of(offers.reply_deadline(decision)) + 2 * DAY).isoformat()
    for language in ("fr", "en"):
        assert decision.application.name in text(office, "offer_extend", number, language=language)
    answer = post(office, "offer_extend", number, reply_on=later, why="She asked.")
    assert "The date is another one" in answer.content.decode()
    offers.accept(Decision.objects.get(pk=decision.pk), by=amina, at=NOW())
    assert "Take the yes back" in text(office, "followup_person", number)
    assert post(office, "offer_take_back", number, why="").status_code == 422
    post(office, "offer_take_back", number, why="She asked.")
    assert Offer.objects.get().status == Reply.DECLINED
    assert "withdraw that application there too" in text(signed_in(amina), "my_application")
    page = text(office, "offer_reopen", number)
    assert 'type="hidden" name="beyond"' in page
    post(office, "offer_reopen", number, reply_on=later, why="She changed her mind.")
    assert Offer.objects.get().status == Reply.OPEN


def test_beyond_the_seats_is_ticked(world: World, waits: list[Decision], amina: User) -> None:
    calls.call(waits[0], by=world.claire, at=NOW())
    office = signed_in(world.claire)
    number = Decision.objects.get(application__applicant=amina).application.number
    assert "go beyond the seats all the same" in text(office, "offer_reopen", number)
    day = (day_of(NOW()) + 3 * DAY).isoformat()
    refused = post(office, "offer_reopen", number, reply_on=day, why="x")
    assert "No place of this program is free" in refused.content.decode()
    post(office, "offer_reopen", number, reply_on=day, why="x", beyond="on")
    assert Offer.objects.get(decision__application__number=number).status == Reply.OPEN


@pytest.mark.parametrize("name", ["offer_reopen", "offer_extend", "offer_take_back"])
def test_a_page_of_no_use_leads_back(world: World, waits: list[Decision], name: str) -> None:
    office, decision = signed_in(world.claire), waits[0]
    text(office, name, decision.application.number, status=404)
    offer = calls.call(decision, by=world.claire, at=NOW())
    status = {"offer_reopen": Reply.OPEN, "offer_extend": Reply.EXPIRED}.get(name, Reply.OPEN)
    Offer.objects.filter(pk=offer.pk).update(status=status)
    answer = office.get(address(name, decision.application.number, language="en"))
    assert answer.status_code == 302
    assert "/calls/" in answer["Location"]


# The person's page --------------------------------------------------------------------------------
def test_a_called_person_reads_what_the_late_date_means(
    world: World, waits: list[Decision], bruno: User
) -> None:
    calls.call(waits[0], by=world.claire, at=NOW())
    browser = signed_in(bruno)
    page = text(browser, "my_application")
    assert "A place has come up for you" in page
    assert "has passed" not in page
    world.cycle.refresh_from_db()
    today = day_of(NOW())
    type(world.cycle).objects.update(
        opens_at=NOW() - 90 * DAY,
        closes_at=NOW() - 60 * DAY,
        documents_due_on=today - 50 * DAY,
        reviews_due_on=today - 40 * DAY,
        release_on=today - 30 * DAY,
        reply_by=today - 27 * DAY,
        udem_safe_on=today - 26 * DAY,
        udem_official_on=today - 25 * DAY,
    )
    page = text(browser, "my_application")
    assert "The university’s date to apply has passed" in page
    assert "is for the university to say" in page
    CallRules.objects.create(cycle=world.cycle, late_fr="Écrivez.", late_en="The office asks UdeM.")
    page = text(browser, "my_application")
    assert "The office asks UdeM." in page
    assert "Écrivez." in text(browser, "my_application", language="fr")
    answer = browser.post(address("offer_accept", waits[0].application.number))
    assert answer.status_code == 302
    assert OutgoingEmail.objects.filter(letter="offer_accepted_late").count() == 1
    page = text(browser, "my_application")
    assert "has passed" in page
    assert "The office asks UdeM." in page
    assert "write to us now" in page
    calendar = browser.get(address("application_calendar", waits[0].application.number))
    assert b"udem-" not in calendar.content


def test_a_waitlisted_person_reads_no_place_and_may_leave(
    world: World, waits: list[Decision], bruno: User
) -> None:
    page = text(signed_in(bruno), "my_application")
    assert "Withdraw from the waitlist" in page
    assert "about 3 days to reply" in page
    withdrawal = address("application_withdraw", waits[0].application.number, language="en")
    assert withdrawal in page
    signed_in(bruno).post(withdrawal, {"why": ""})
    waits[0].application.refresh_from_db()
    assert waits[0].application.status == "withdrawn"
