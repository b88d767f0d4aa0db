"""The whole product on engines of its own, in a folder that is thrown away: what a rehearsal is played on."""

import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from config.embedded import DATABASE, ROLE, VAULT_ROLE, Postgres, Valkey
from config.mailbox import Kept
from config.plan import ROOT, Page
from config.processes import Process, ProcessFailed, free_port, wait_for
from config.run import run_once
from rehearsal.clock import Clock
from rehearsal.letters import Letters
from rehearsal.visitor import HOST

# A moved clock would make a web worker look dead: it is not replaced for being silent.
GUNICORN = ("gunicorn", "--config", "python:config.gunicorn", "--timeout", "0")
QUIET = ("--without-gossip", "--without-mingle", "--loglevel", "WARNING")
KEPT = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


class Beat(Process):
    """The timetable: it is there once it has sent something; what it had not read before a move would be missed."""

    sent_before = 0

    def sendings(self) -> int:
        """How often it has sent something, in all its lives."""
        return (
            self.log.read_text(errors="replace").count("Sending due task")
            if self.log.exists()
            else 0
        )

    def launch(self) -> None:
        """Start it without waiting."""
        self.sent_before = self.sendings()
        super().launch()

    def answers(self) -> bool:
        """Whether it has sent something since it was started."""
        return self.sendings() > self.sent_before


class Stage:
    """Engines, mail server, web server, worker and timetable, all under one clock that moves."""

    def __init__(
        self,
        folder: Path,
        moment: datetime,
        *,
        durable: bool = True,
        plants: frozenset[str] = frozenset(),
    ) -> None:
        self.folder, self.plants = folder, plants
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.postgres = Postgres(folder / "postgres", durable=durable)
        self.valkey = Valkey(folder / "valkey")
        self.port, self.smtp_port, self.pages_port = free_port(), free_port(), free_port()
        self.letters = Letters(folder / "mail")
        self.moment, self.lock = moment, threading.Lock()
        self.clock: Clock
        self.processes: dict[str, Process] = {"postgres": self.postgres, "valkey": self.valkey}
        self.keys = {name: secrets.token_urlsafe(50) for name in ("SECRET", "SEALING", "VAULT")}

    # Starting and ending ----------------------------------------------------------------------------
    def start(self) -> None:
        """Engines and clock, the preparation, then the product over an empty database."""
        self.postgres.start()
        self.valkey.start()
        self.clock = Clock(self.folder, self.postgres, self.moment)
        (self.folder / "mail").mkdir(exist_ok=True)
        self.processes["mailbox"] = self._mailbox()
        self.processes["mailbox"].start()
        run_once(self.python("prepare", "-m", "config.prepare"))
        self.processes["web"] = self.web(self.port)
        celery = ("-m", "celery", "--app", "config")
        self.processes["worker"] = self.python("worker", *celery, "worker", "-c", "2", *QUIET)
        schedule = ("--schedule", str(self.folder / "beat"), "--pidfile=", "--loglevel", "INFO")
        self.processes["beat"] = self.python("beat", *celery, "beat", *schedule, made=Beat)
        for name in ("web", "worker"):
            self.processes[name].launch()
        self.processes["beat"].start()
        self.serving()

    def end(self) -> None:
        """Nothing is left running; the engines go last."""
        for process in reversed(self.processes.values()):
            process.kill()

    def environment(self) -> dict[str, str]:
        """Production's settings behind one front server, which the people of the rehearsal stand for."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {
            **kept,
            **self.clock.environment,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "files"),
            "STATIC_ROOT": str(self.folder / "static"),
            **{
                f"{name}_KEY{'' if name == 'SECRET' else 'S'}": key
                for name, key in self.keys.items()
            },
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXIES": "1",
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "DEFAULT_FROM_EMAIL": f"Mila admissions <admissions@{HOST}>",
            "DATABASE_URL": self.postgres.url(),
            "VAULT_DATABASE_URL": self.postgres.url(role=VAULT_ROLE),
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}?timeout=5",
            "OUTBOX_EVIDENCE": "notifications.evidence.MailboxEvidence",
            "OUTBOX_EVIDENCE_URL": f"http://127.0.0.1:{self.pages_port}",
            "REHEARSAL_PLANTS": ",".join(sorted(self.plants)),
            "OUTBOX_LEASE": "30",
            "OUTBOX_DEADLINE": "6",
        }

    def python(self, name: str, *arguments: str, made: type[Process] = Process) -> Process:
        """One Python program in the product's environment, with its log."""
        command = [sys.executable, *arguments]
        log = self.folder / f"{name}.log"
        return made(name, command, log=log, folder=ROOT, environment=self.environment())

    def _page(self, name: str, health: str, *arguments: str) -> Page:
        command, log = [sys.executable, "-m", *arguments], self.folder / f"{name}.log"
        now = self.environment()
        return Page(name, command, health=health, log=log, folder=ROOT, environment=now)

    def web(self, port: int, **more: str) -> Page:
        """A web server of the product on a port, with what was planted in it, if anything was."""
        site = "rehearsal.planted" if self.plants else "config.wsgi"
        made = self._page(f"web-{port}", f"http://127.0.0.1:{port}/healthz", *GUNICORN, site)
        made.environment = {**self.environment(), **more}
        return made

    def _mailbox(self) -> Page:
        ports = ("--smtp-port", str(self.smtp_port), "--http-port", str(self.pages_port))
        store = ("--store", str(self.folder / "mail"))
        health = f"http://127.0.0.1:{self.pages_port}/healthz"
        return self._page("mailbox", health, "rehearsal.post", *ports, *store)

    # What happens to it -----------------------------------------------------------------------------
    def kill(self, name: str) -> None:
        """SIGKILL a process and its children, at once, as a crash would."""
        self.processes[name].kill()

    def restart(self, name: str) -> None:
        """Start again what was killed, and wait until it answers."""
        self.processes[name].start()
        if name in ("web", "postgres"):
            self.serving()

    def serving(self, seconds: float = 90) -> None:
        """Wait until the site answers. Raises ProcessFailed."""
        web = self.processes["web"]
        if (
            not wait_for(lambda: web.pid is None or web.answers(), seconds, pause=0.1)
            or not web.pid
        ):
            raise ProcessFailed(f"The site does not answer.\n{web.tail()}")

    def tempers(self, by_address: Mapping[str, str]) -> None:
        """Which temper the mail server shows for letters to these addresses from now on."""
        file = self.folder / "mail" / "tempers.json"
        with self.lock:
            now = json.loads(file.read_text()) if file.exists() else {}
            part = file.with_suffix(".part")
            part.write_text(json.dumps({**now, **by_address}))
            part.replace(file)

    # What can be asked of it ------------------------------------------------------------------------
    def sql(
        self, query: str, params: Sequence[Any] = (), *, role: str = ROLE, database: str = DATABASE
    ) -> list[tuple[Any, ...]]:
        """Ask the database, as it is now; `role` is mila, mila_vault or postgres."""
        with psycopg.connect(self.postgres.url(database, role), autocommit=True) as session:
            cursor = session.execute(query.encode(), params or None)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One management command of the product, beside it."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def beside(self, *arguments: str, **more: str) -> str:
        """One Python program of the product, beside it; what it printed. Raises ProcessFailed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment(), **more},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ProcessFailed(f"{' '.join(arguments)} failed.\n{done.stderr}")
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """One management command that must succeed; what it printed. Raises ProcessFailed."""
        return self.beside("manage.py", *arguments)

    def letter(
        self, address: str, wanted: Callable[[Kept], bool], *, after: int = 0, seconds: float = 60
    ) -> Kept:
        """The newest letter to an address that is the wanted one, once it has come. Raises ProcessFailed."""
        found: list[Kept] = []

        def here() -> bool:
            kept = self.letters.find(address, wanted, after=after)
            found[:] = [kept] if kept else []
            return bool(found)

        if not wait_for(here, seconds):
            raise ProcessFailed(f"A letter has not come.\n{self.processes['worker'].tail()}")
        return found[0]
