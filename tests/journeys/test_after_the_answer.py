"""After the answer, day by day: four people walk from our letter to their first day, on the whole product under a moved clock."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.embedded import Postgres
from config.plan import ROOT
from config.processes import free_port
from cycles.clock import MONTREAL
from tests.journeys.clock import Clock
from tests.running import Run, ready

pytestmark = pytest.mark.journey
CITIZEN, ABROAD, WAITING, SILENT = (
    *("amelie.cote-tremblay@example.com", "nandini.raghunathan@example.com"),
    *("ousmane.diabate@example.com", "ingrid.solheim@example.com"),
)


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
        environment = {"SEED": "bare", "DATABASE_URL": self.postgres.url()}
        self.run = ready(Run(folder, free_port(), **environment, **self.clock.environment))
        self.seen = 0

    def end(self) -> None:
        """Nothing is left running."""
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
                found[address].append(subject)
        return dict(found)


@pytest.fixture
def world(short_path: Path) -> Iterator[World]:
    """Four people have applied; two professors have read; the committee's answers leave on 27 January at 10:00."""
    one = World(short_path)
    try:
        one.beside("-m", "tests.journeys.arrivals", "submit")
        one.clock.move_to(montreal(1, 20))
        hour = montreal(1, 27, 10, 0).isoformat()
        one.beside("-m", "tests.journeys.arrivals", "decide", hour)
        one.letters()
        yield one
    finally:
        one.end()
