"""After the answer, day by day: four people walk from our letter to their first day, on the whole product under a moved clock.

A citizen to the D.E.S.S., somebody abroad to the M.Sc. with all three permits, one who is called from the waitlist on
20 March, and one who lets the offer lapse. The clock visits the mornings on which letters leave, and the minutes before; what
came is compared with what is told on that day, to the letter.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import story
from tests.journeys.browser import PHONE, WIDE, reader
from tests.journeys.days import ABROAD, CITIZEN, SILENT, WAITING, Person, World, montreal
from tests.journeys.story import press
from tests.running import ready

pytestmark = pytest.mark.journey


@pytest.fixture
def world(short_path: Path) -> Iterator[World]:
    """Four people have applied; two professors have read; the committee's answers leave on 27 January at 10:00."""
    one = World(short_path)
    try:
        ready(one.run)
        one.beside("-m", "tests.journeys.arrivals", "submit")
        one.clock.move_to(montreal(1, 20))
        hour = montreal(1, 27, 10, 0).isoformat()
        one.beside("-m", "tests.journeys.arrivals", "decide", hour)
        one.letters()
        yield one
    finally:
        one.end()


@pytest.fixture
def people(browser: Browser, world: World) -> Iterator[dict[str, Person]]:
    """Two read French and two English; the citizen and the one who waits have a telephone."""
    seats = {
        "citizen": ("fr", PHONE, "America/Toronto"),
        "abroad": ("en", WIDE, "Asia/Kolkata"),
        "waiting": ("fr", PHONE, "Africa/Bamako"),
        "silent": ("en", WIDE, "Europe/Oslo"),
        "office": ("fr", WIDE, "America/Toronto"),
    }
    with ExitStack() as stack:
        yield {
            name: Person(
                world, stack.enter_context(reader(browser, width=width, zone=zone)), language, width
            )
            for name, (language, width, zone) in seats.items()
        }


RECORDED = {"fr": "Votre réponse est enregistrée", "en": "Your reply is recorded"}
AWAITED = {"fr": "Une réponse de votre part est attendue", "en": "A reply from you is awaited"}
JUNE = "9 June 2027"


def test_from_our_answer_to_the_first_day(world: World, people: dict[str, Person]) -> None:
    """Every step, in the order of the days."""
    first_days(world, people)
    documents_and_answers(world, people)
    from_the_waitlist(world, people)
    permits_of_the_one_called(world, people)
    permits_together(world, people)
    to_the_first_day(world, people)
    wrong = {name: person.site.wrong for name, person in people.items()}
    assert not any(wrong.values()), wrong
    world.beside("manage.py", "check_invariants")


def first_days(world: World, people: dict[str, Person]) -> None:
    """From the answer to UdeM's last day: one yes at once, one after a reminder, one silence."""
    citizen, abroad, silent = people["citizen"], people["abroad"], people["silent"]
    fr, en = "Votre réponse est disponible", "Your answer is available"
    world.on(montreal(1, 27, 10, 1), citizen=fr, abroad=en, waiting=fr, silent=en)
    citizen.enter(CITIZEN)
    citizen.site.look(citizen.page, "offer")
    citizen.accept()
    citizen.site.look(citizen.page, "accepted")
    world.told(citizen=RECORDED["fr"])
    citizen.open(f"/udem/{citizen.file}/", "to-file")
    citizen.at_udem("report", number="20481234", filed_on=date(2027, 1, 27))
    world.told(citizen="Votre demande à l’UdeM est enregistrée")
    citizen.at_udem(
        *("identity", "identity"),
        birth_day="3",
        birth_month="2",
        birth_year="2001",
        country_1="CA",
    )
    people["waiting"].enter(WAITING)
    people["waiting"].site.look(people["waiting"].page, "waitlist")
    world.on(montreal(1, 28), abroad=AWAITED["en"], silent=AWAITED["en"])
    abroad.enter(ABROAD)
    abroad.site.look(abroad.page, "offer")
    abroad.accept()
    world.told(abroad=RECORDED["en"])
    safe = "Your application to Université de Montréal, by 31 January 2027"
    world.on(montreal(1, 29), abroad=safe)
    abroad.enter(ABROAD)
    abroad.at_udem("report", number="20482345", filed_on=date(2027, 1, 29))
    world.told(abroad="Your UdeM application is recorded")
    world.on(montreal(1, 30), silent=AWAITED["en"])
    world.on(montreal(1, 31, 0, 21), silent="Your offer has ended without a reply")
    silent.enter(SILENT)
    silent.site.look(silent.page, "lapsed")
    expect(silent.page.locator("main")).to_contain_text("30 January")
    world.seat_is_free = True


def documents_and_answers(world: World, people: dict[str, Person]) -> None:
    """Ten working days for the documents; one is admitted, the other on a condition."""
    citizen, abroad = people["citizen"], people["abroad"]
    world.on(montreal(2, 3))
    for person, address in ((citizen, CITIZEN), (abroad, ABROAD)):
        person.enter(address)
        person.at_udem("documents", "documents", documents_asked_on=date(2027, 2, 3))
    expect(abroad.page.locator("main")).to_contain_text("17 February")
    due = {
        "fr": "Vos documents pour l’Université de Montréal, au plus tard le 17 février 2027",
        "en": "Your documents for Université de Montréal, by 17 February 2027",
    }
    world.on(montreal(2, 10), citizen=due["fr"], abroad=due["en"])
    citizen.enter(CITIZEN)
    citizen.at_udem("documents/sent", documents_done_on=date(2027, 2, 10))
    world.on(montreal(2, 15), abroad=due["en"])
    world.on(montreal(3, 5))
    abroad.enter(ABROAD)
    abroad.at_udem("documents/sent", documents_done_on=date(2027, 2, 16))
    answered: dict[str, Any] = {"decided_on": date(2027, 3, 4), "accept_by": date(2027, 3, 26)}
    abroad.at_udem("answer", "answer", status="admitted", **answered)
    abroad.open(f"/permits/{abroad.file}/", "permits")
    abroad.permit("funds", "ready")
    abroad.permit("caq", "asked", asked_on=date(2027, 3, 5))
    citizen.enter(CITIZEN)
    condition = "Fournir le relevé de notes final."
    answered |= {"accept_by": date(2027, 3, 20)}
    citizen.at_udem("answer", status="conditional", condition=condition, **answered)
    citizen.open("/applications/mine/", "conditional")
    world.on(montreal(3, 13), citizen="Une date de l’université approche")
    citizen.enter(CITIZEN)
    citizen.at_udem("accepted", accepted_on=date(2027, 3, 13))
    world.on(montreal(3, 18))
    world.on(montreal(3, 19), abroad="A date of the university is near")
    abroad.enter(ABROAD)
    abroad.at_udem("accepted", accepted_on=date(2027, 3, 19))


def from_the_waitlist(world: World, people: dict[str, Person]) -> None:
    """20 March: the office calls the next for the seat that nobody took; they have three days."""
    office, waiting = people["office"], people["waiting"]
    world.on(montreal(3, 20))
    story.demo(office.site, office.page, "Chantal")
    office.open("/follow-up/calls/?cycle=A27&program=msc", "calls")
    office.page.locator("main a[href*='/follow-up/calls/']").first.click()
    office.site.look(office.page, "call")
    press(office.page)
    office.page.wait_for_load_state()
    world.told(waiting="Du nouveau au sujet de votre demande : une réponse est attendue")
    world.seat_is_free = False
    world.on(montreal(3, 21), waiting=AWAITED["fr"])
    waiting.enter(WAITING)
    waiting.site.look(waiting.page, "called")
    expect(waiting.page.locator("main")).to_contain_text("23 mars")
    waiting.accept()
    waiting.site.look(waiting.page, "called-accepted")
    world.told(waiting="Votre réponse est enregistrée, et la suite avec l’université")
    waiting.permit("funds", "ready")


def permits_of_the_one_called(world: World, people: dict[str, Person]) -> None:
    """UdeM takes the late application; its letter comes when the CAQ should be asked for already."""
    office, waiting = people["office"], people["waiting"]
    world.on(montreal(4, 1))
    waiting.enter(WAITING)
    waiting.at_udem("report", number="20483456", filed_on=date(2027, 4, 1))
    world.told(waiting="Votre demande à l’UdeM est enregistrée")
    world.on(montreal(4, 14))
    world.on(montreal(4, 26))
    story.demo(office.site, office.page, "Chantal")
    office.open(f"/follow-up/{waiting.file}/udem/", "udem-office")
    office.open(f"/follow-up/{waiting.file}/udem/record/", "udem-record")
    office.fill(status="admitted", decided_on=date(2027, 4, 23), why="La liste de l’UdeM.")
    world.told(waiting="Du nouveau à l’UdeM")
    # Two days are left for what could not be asked for before: said with the next round.
    caq = "Une démarche à faire au plus tard le 28 avril 2027"
    world.clock.move_to(montreal(4, 26, 9, 16), world.pages)
    world.told(waiting=caq)
    world.on(montreal(4, 28), waiting=caq)
    world.on(montreal(4, 29), waiting="Une démarche est en retard")
    waiting.enter(WAITING)
    waiting.open(f"/permits/{waiting.file}/", "permits-late")
    waiting.permit("caq", "asked", asked_on=date(2027, 4, 29))


def permits_together(world: World, people: dict[str, Person]) -> None:
    """Study and co-op permits are asked for together, twelve weeks before the first day."""
    two = ((people["abroad"], ABROAD), (people["waiting"], WAITING))
    world.on(montreal(5, 25))
    for person, address in two:
        person.enter(address)
        days = {"obtained_on": date(2027, 5, 25), "valid_until": date(2029, 9, 30)}
        person.permit("caq", "obtained", **days)
    world.on(
        montreal(5, 26),
        abroad=f"A step to take by {JUNE}",
        waiting="Une démarche à faire au plus tard le 9 juin 2027",
    )
    for person, address in two:
        person.enter(address)
        for kind in ("study", "coop"):
            person.permit(kind, "asked", asked_on=date(2027, 5, 26))
    world.on(montreal(6, 9))
    world.on(montreal(7, 15))
    for person, address in two:
        person.enter(address)
        for kind in ("study", "coop"):
            days = {"obtained_on": date(2027, 7, 14), "valid_until": date(2029, 9, 30)}
            person.permit(kind, "obtained", **days)
        person.open("/applications/mine/", "permits-there")
    people["waiting"].at_udem("accepted", accepted_on=date(2027, 7, 15))


def to_the_first_day(world: World, people: dict[str, Person]) -> None:
    """The office records who registered and welcomes them; two people close the cycle."""
    office = people["office"]
    world.on(montreal(8, 20))
    story.demo(office.site, office.page, "Chantal")
    office.open("/follow-up/?cycle=A27", "follow-up")
    here = [people[name].file for name in ("citizen", "abroad", "waiting")]
    for number in here:
        office.page.locator(f"tr:has-text('{number}') input[type=checkbox]").check()
    office.page.locator("button[formaction*='/follow-up/endings/']").click()
    office.site.look(office.page, "endings")
    office.fill(on=date(2027, 8, 20))
    changed = "Du nouveau à l’UdeM"
    world.told(citizen=changed, waiting=changed, abroad="News from UdeM")
    office.open("/handing-over/A27/", "handing-over")
    office.open("/handing-over/A27/welcome/", "welcome")
    press(office.page)
    world.told(
        citizen="Bienvenue",
        waiting="Bienvenue",
        abroad="Welcome",
    )
    for name, address in {"citizen": CITIZEN, "abroad": ABROAD, "waiting": WAITING}.items():
        people[name].enter(address)
        people[name].site.look(people[name].page, f"registered-{name}")
    office.open("/handing-over/A27/closing/", "closing")
    press(office.page)
    office.page.context.clear_cookies()
    story.demo(office.site, office.page, "David")
    office.open("/handing-over/A27/closing/", "closing-confirm")
    press(office.page)
    office.open("/follow-up/?cycle=A27", "closed")
    world.on(montreal(8, 31))
