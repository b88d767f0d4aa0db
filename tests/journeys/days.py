"""A product that runs under a moved clock, and the people of a story who live through its days in a browser."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from config.embedded import VAULT_ROLE, Postgres
from config.plan import ROOT
from config.processes import free_port, wait_for
from cycles.clock import MONTREAL
from tests.journeys.clock import Clock
from tests.journeys.story import Site, press
from tests.running import Run

CITIZEN, ABROAD, WAITING, SILENT = (
    *("amelie.cote-tremblay@example.com", "nandini.raghunathan@example.com"),
    *("ousmane.diabate@example.com", "ingrid.solheim@example.com"),
)
FREE = "Des places sont libres, et personne n’y est appelé"
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

    who = WHO

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
        self.seat_is_free = False

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
            subject = subject.replace("\u00a0", " ")
            for address in letter["to"]:
                if subject not in SIGNING_IN:
                    found[address].append(subject)
        return dict(found)

    def on(self, moment: datetime, **awaited: str | list[str]) -> None:
        """The morning's letters leave then and not before: nothing but these, since the last look, to these people."""
        self.clock.move_to(moment - timedelta(minutes=15), self.pages)
        assert self.letters() == {}, f"before {moment}"
        self.clock.move_to(moment, self.pages)
        self.told(**awaited, **({"office": FREE} if self.seat_is_free else {}))

    def told(self, **awaited: str | list[str]) -> None:
        """What was just done has its letters, one or several of them, and nobody else got one."""
        wanted = {
            self.who[name]: [words] if isinstance(words, str) else sorted(words)
            for name, words in awaited.items()
        }
        came: Letters = {}

        def all_there() -> bool:
            for address, words in self.letters().items():
                came.setdefault(address, []).extend(words)
            return sum(map(len, came.values())) >= sum(map(len, wanted.values()))

        wait_for(all_there, 60)
        self.clock.settle()
        all_there()
        sorted_out = {address: sorted(words) for address, words in came.items()}
        assert sorted_out == wanted, (self.clock.moment, sorted_out)


class Person:
    """Somebody with a browser of their own, in their language, by the moved clock."""

    def __init__(self, world: World, page: Page, language: str, width: int) -> None:
        self.world, self.page = world, page
        self.site = Site(world.run.record, language, width, world.folder)
        world.pages.append(page)
        self.file = ""
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
        found = re.search(r"A27-[A-Z0-9]{6}", self.page.locator("main").inner_text())
        assert found
        self.file = found[0]

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

    def accept(self) -> None:
        """Yes."""
        self.page.locator("form[action*='/accept/'] button").click()
        self.page.wait_for_load_state()

    def at_udem(self, page: str, name: str = "", **values: Any) -> None:
        """One of the pages of the own file at UdeM: looked at, filled in, saved."""
        self.open(f"/udem/{self.file}/{page}/", name)
        self.fill(**values)

    def permit(self, kind: str, to: str, **days: date) -> None:
        """A step of the permits is at this state now: a page with its days, or a button."""
        self.open(f"/permits/{self.file}/")
        path = f"/permits/{self.file}/steps/{kind}/{to}/"
        if days:
            self.page.locator(f"main a[href$='{path}']").click()
            self.fill(**days)
        else:
            self.page.locator(f"main form[action$='{path}'] button").click()
        self.page.wait_for_load_state()
