"""After the answer, day by day: four people walk from our letter to their first day, on the whole product under a moved clock.

A citizen to the D.E.S.S., somebody abroad to the M.Sc. with all three permits, one who is called from the waitlist on
20 March, and one who lets the offer lapse. The clock visits the mornings on which letters leave, and the minutes before; what
came is compared with what is told on that day, to the letter.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config.embedded import VAULT_ROLE, Postgres
from config.plan import ROOT
from config.processes import free_port, wait_for
from cycles.clock import MONTREAL
from tests.journeys.browser import PHONE, WIDE, reader
from tests.journeys.clock import Clock
from tests.journeys.story import Site, press
from tests.running import Run, ready

pytestmark = pytest.mark.journey
CITIZEN, ABROAD, WAITING, SILENT = (
    *("amelie.cote-tremblay@example.com", "nandini.raghunathan@example.com"),
    *("ousmane.diabate@example.com", "ingrid.solheim@example.com"),
)
OFFICE = "chantal.desrosiers-khan@example.com"
CODE = re.compile(r"\b[A-Z0-9]{3}-?[A-Z0-9]{3}\b")
Letters = dict[str, list[str]]
WHO = {
    "citizen": CITIZEN,
    "abroad": ABROAD,
    "waiting": WAITING,
    "silent": SILENT,
    "office": OFFICE,
}
SIGNING_IN = ("Votre code pour les admissions de Mila", "Your code for Mila admissions")


def montreal(month: int, day: int, hour: int = 9, minute: int = 5, year: int = 2027) -> datetime:
    """A moment in Montréal."""
    return datetime(year, month, day, hour, minute, tzinfo=MONTREAL)


class World:
    """The running product, its clock, and every letter that came, by whom it is for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "pg")
        self.postgres.start()
        self.clock = Clock(folder, self.postgres, montreal(11, 20, year=2026))
        roles = {
            "DATABASE_URL": self.postgres.url(),
            "VAULT_DATABASE_URL": self.postgres.url(role=VAULT_ROLE),
        }
        self.run = Run(folder, free_port(), SEED="bare", **roles, **self.clock.environment)
        self.seen = 0
        self.pages: list[Page] = []

    def end(self) -> None:
        """Nothing is left running."""
        if self.run.popen.poll() is None:
            self.run.end()
        self.postgres.stop()

    def beside(self, *command: str) -> str:
        """One Python program in the product's environment, by its clock; what it printed."""
        record, kept = self.run.record, self.folder / "var"
        path = os.pathsep.join([str(ROOT), self.clock.environment["PYTHONPATH"]])
        environment = {
            **os.environ,
            **self.clock.environment,
            "PYTHONPATH": path,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "DATABASE_URL": record["database_url"],
            "VAULT_DATABASE_URL": self.postgres.url(role=VAULT_ROLE),
            "VAULT_KEYS": (kept / "vault_key").read_text(),
            "REDIS_URL": record["redis_url"],
            "EMAIL_URL": record["email_url"],
            "SITE_URL": record["base"],
            "VAR_DIR": str(kept),
            "SECRET_KEY": (kept / "secret_key").read_text(),
            "SEALING_KEYS": (kept / "sealing_key").read_text(),
        }
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def letters(self) -> dict[str, list[str]]:
        """The subjects that came since the last look, by address, without the code of a sign-in."""
        with urllib.request.urlopen(self.run.record["mailbox_json"]) as answer:
            every = json.load(answer)
        fresh, self.seen = every[: len(every) - self.seen], len(every)
        found = defaultdict(list)
        for letter in reversed(fresh):
            subject = re.sub(r" [–-] (?:dossier|file) \S+$", "", letter["subject"].strip())
            for address in letter["to"]:
                if subject not in SIGNING_IN:
                    found[address].append(subject)
        return dict(found)

    def on(self, moment: datetime, **awaited: str) -> None:
        """The morning's letters leave then and not before: nothing but these, since the last look, to these people."""
        self.clock.move_to(moment - timedelta(minutes=15), self.pages)
        assert self.letters() == {}, f"before {moment}"
        self.clock.move_to(moment, self.pages)
        self.told(**awaited)

    def told(self, **awaited: str) -> None:
        """What was just done has its letters, and nobody else got one."""
        wanted = {WHO[name]: [words] for name, words in awaited.items()}
        came: Letters = {}

        def all_there() -> bool:
            for address, words in self.letters().items():
                came.setdefault(address, []).extend(words)
            return sum(map(len, came.values())) >= len(wanted)

        wait_for(all_there, 60)
        self.clock.settle()
        all_there()
        assert came == wanted, self.clock.moment


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


class Person:
    """Somebody with a browser of their own, in their language, by the moved clock."""

    def __init__(self, world: World, page: Page, language: str, width: int) -> None:
        self.world, self.page = world, page
        self.site = Site(world.run.record, language, width, world.folder)
        world.pages.append(page)
        page.clock.set_fixed_time(world.clock.moment)

    def enter(self, address: str) -> None:
        """By a code that comes by mail; a session of some days ago has ended."""
        self.page.context.clear_cookies()
        self.page.goto(self.site.url("/account/sign-in/"))
        before = len(self.site.mails(address))
        self.page.fill("input[type=email]", address)
        press(self.page)
        expect(self.page.locator("input[name=code]")).to_be_visible()
        assert wait_for(lambda: len(self.site.mails(address)) > before, 60)
        code = CODE.search(self.site.mails(address)[0]["text"])
        assert code
        self.page.fill("input[name=code]", code[0])
        press(self.page)
        self.page.wait_for_load_state()
        self.open("/applications/mine/")

    def open(self, path: str, name: str = "") -> None:
        """A page, looked at by axe where it has a name."""
        self.page.goto(self.site.url(path))
        if name:
            self.site.look(self.page, name)

    def fill(self, **values: str | date) -> None:
        """The form on the page: texts, days, choices; then its button, and nothing is wrong."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.get_attribute("type") == "radio":
                self.page.locator(f"main [name={name}][value={value}]").check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))
        press(self.page)
        self.page.wait_for_load_state()
        expect(self.page.locator(".errors")).to_have_count(0)

    def number(self) -> str:
        """Of one's own file."""
        found = re.search(r"A27-[A-Z0-9]{6}", self.page.locator("main").inner_text())
        assert found
        return found[0]

    def accept(self) -> None:
        """Yes."""
        self.page.locator("form[action*='/accept/'] button").click()
        self.page.wait_for_load_state()

    def report(self, number: str, udem_number: str, day: date) -> None:
        """The application to UdeM, with the number of its confirmation."""
        self.open(f"/udem/{number}/", "udem-file")
        self.page.fill("main [name=number]", udem_number)
        self.page.fill("main [name=filed_on]", str(day))
        self.page.locator("main form:has([name=number]) button[type=submit]").click()
        self.page.wait_for_load_state()
        expect(self.page.locator(".errors")).to_have_count(0)


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


def test_from_our_answer_to_the_first_day(world: World, people: dict[str, Person]) -> None:
    """Every step, in order of the days."""
    seen = {name: person.site.wrong for name, person in people.items()}
    numbers = first_days(world, people)
    at_the_university(world, people, numbers)
    from_the_waitlist(world, people, numbers)
    to_the_first_day(world, people, numbers)
    assert not any(seen.values()), seen
    world.beside("manage.py", "check_invariants")


ANSWER = {"fr": "Votre réponse est disponible", "en": "Your answer is available"}
RECORDED = {"fr": "Votre réponse est enregistrée", "en": "Your reply is recorded"}
AWAITED = "A reply from you is awaited"


def first_days(world: World, people: dict[str, Person]) -> dict[str, str]:
    """From the answer to UdeM's last day; gives the files' numbers."""
    citizen, abroad, silent = people["citizen"], people["abroad"], people["silent"]
    fr, en = ANSWER["fr"], ANSWER["en"]
    world.on(montreal(1, 27, 10, 1), citizen=fr, abroad=en, waiting=fr, silent=en)
    numbers = {}
    citizen.enter(CITIZEN)
    citizen.site.look(citizen.page, "offer")
    numbers["citizen"] = citizen.number()
    citizen.accept()
    citizen.site.look(citizen.page, "accepted")
    world.told(citizen=RECORDED["fr"])
    citizen.report(numbers["citizen"], "20481234", date(2027, 1, 27))
    world.told(citizen="Votre demande à l’UdeM est enregistrée")
    # Two days before the last day to reply, those who have not.
    world.on(montreal(1, 28), abroad=AWAITED, silent=AWAITED)
    abroad.enter(ABROAD)
    abroad.site.look(abroad.page, "offer")
    numbers["abroad"] = abroad.number()
    abroad.accept()
    world.told(abroad=RECORDED["en"])
    world.on(
        montreal(1, 29),
        abroad="Your application to Université de Montréal, by 31 January 2027",
    )
    abroad.enter(ABROAD)
    abroad.report(numbers["abroad"], "20482345", date(2027, 1, 29))
    world.told(abroad="Your UdeM application is recorded")
    world.on(montreal(1, 30), silent=AWAITED)
    world.on(montreal(1, 31, 0, 21), silent="Your offer has ended without a reply")
    silent.enter(SILENT)
    silent.site.look(silent.page, "lapsed")
    expect(silent.page.locator("main")).to_contain_text("30 January")
    return numbers


def at_the_university(world: World, people: dict[str, Person], numbers: dict[str, str]) -> None:
    """Documents, the answer, the condition."""


def from_the_waitlist(world: World, people: dict[str, Person], numbers: dict[str, str]) -> None:
    """Called on 20 March."""


def to_the_first_day(world: World, people: dict[str, Person], numbers: dict[str, str]) -> None:
    """Permits, registration, the welcome, the end of the cycle."""
