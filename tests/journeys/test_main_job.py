"""The main job, from the first click to the report to UdeM, on the whole product, killed in its middle."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser

from config.plan import ROOT
from config.processes import free_port, wait_for
from config.supervisor import read_record
from tests.journeys import story
from tests.journeys.browser import PHONE, WIDE, reader
from tests.journeys.story import Site
from tests.running import Run, ready

pytestmark = pytest.mark.journey
WORDS = {
    "fr": {"received": "Nous avons reçu", "answer": "réponse"},
    "en": {"received": "We have received", "answer": "answer"},
}


@pytest.fixture
def product(short_path: Path) -> Iterator[Run]:
    one = Run(short_path, free_port(), SEED="bare")
    yield ready(one)
    one.end()


def kill(run: Run, role: str) -> None:
    """SIGKILL one engine with all its children, and wait until the supervisor has brought it back."""
    before = run.record["pids"][role]
    family = [psutil.Process(before), *psutil.Process(before).children(recursive=True)]
    for process in family:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    folder = run.folder / "var"
    assert wait_for(lambda: read_record(folder)["pids"].get(role) not in (None, before), 60)


def serving(site: Site) -> None:
    """Wait until the site answers again."""

    def answers() -> bool:
        command = [
            sys.executable,
            "-c",
            f"import urllib.request as u; u.urlopen('{site.record['base']}/healthz')",
        ]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert wait_for(answers, 60)


def invariants(run: Run) -> None:
    """`check_invariants` exits 0 on the database that was used."""
    record = run.record
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": record["database_url"],
        "REDIS_URL": record["redis_url"],
        "EMAIL_URL": record["email_url"],
        "VAR_DIR": str(run.folder / "var"),
        "MEDIA_ROOT": str(run.folder / "var" / "files"),
        "SECRET_KEY": "only-to-read",
        "SEALING_KEYS": (run.folder / "var" / "sealing_key").read_text(),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check_invariants"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("language", "width"), [("fr", WIDE), ("en", PHONE)])
def test_the_main_job(browser: Browser, product: Run, language: str, width: int) -> None:
    site = Site(product.record, language, width, product.folder)
    words, address = WORDS[language], f"awa.{language}@example.org"
    screen: dict[str, Any] = {"width": width, "zone": "Africa/Dakar"}
    with (
        reader(browser, **screen) as awa,
        reader(browser, width=PHONE) as referee,
        reader(browser, **screen) as coordinator,
        reader(browser, **screen) as director,
        reader(browser, **screen) as professor,
    ):
        story.sign_up(site, awa, address)
        number = story.begin(site, awa)
        story.fill_first_steps(site, awa)
        story.tell_prerequisites(site, awa)
        story.tell_experience(site, awa)
        kill(product, "valkey")
        story.write_letter(site, awa, number)
        awa.goto("about:blank")
        kill(product, "postgres")
        serving(site)
        story.come_back(site, awa, number)
        story.send_documents(site, awa, number)
        referees = story.name_referees(site, awa, number)
        kill(product, "worker")
        receipt = story.submit(site, awa, number)
        assert receipt in site.letter(address, words["received"])["text"]
        story.answer_references(site, referee, referees)
        story.see_references(site, awa, number)
        for page, name in ((coordinator, "Chantal"), (director, "David"), (professor, "Hélène")):
            story.demo(site, page, name)
        story.assign(site, coordinator, number, "Hélène")
        story.review(site, professor, number)
        story.propose(site, coordinator, number)
        story.approve(site, director, number)
        awa.goto(site.url("/applications/mine/"))
        site.look(awa, "submitted")
        assert len(site.mails(address)) == 4  # code, receipt, two answers; nothing of the decision
        ready_to_go = story.prepare_release(site, coordinator)
        kill(product, "worker")
        story.release(site, director, ready_to_go)
        site.letter(address, words["answer"])
        story.accept_and_report(site, awa)
    assert site.wrong == {}
    invariants(product)
