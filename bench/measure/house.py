"""The product's own processes as in production, the floor's, and what they use of the machine."""

import contextlib
import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings

from config.plan import ROOT, Page
from config.processes import Process, ProcessFailed, free_port, wait_for

# Workers are never replaced here: what memory they keep shall show.
GUNICORN = ("gunicorn", "--config", "python:config.gunicorn", "--max-requests", "0")


class House:
    """Web server, Celery worker and timetable, and beside them the bare site."""

    def __init__(self) -> None:
        self.logs = Path(settings.VAR_DIR)
        self.port, self.floor_port = free_port(), free_port()
        self.smtp_port = int(os.environ["BENCH_SMTP"])
        self.mailbox = f"http://127.0.0.1:{os.environ['BENCH_PAGES']}"
        self._store = self.logs / "mail" / "letters.jsonl"
        self._read = self._arrived = 0
        self.web = self._web("web", "config.wsgi", self.port, "/healthz")
        self.floor = self._web("floor", "bench.floor_site", self.floor_port, "/bare/")
        celery = ("celery", "--app", "config")
        quiet = ("--without-gossip", "--without-mingle", "--loglevel", "WARNING")
        self.worker = self._python("worker", *celery, "worker", "--concurrency", "2", *quiet)
        schedule = ("--schedule", str(self.logs / "beat"), "--pidfile=", "--loglevel", "WARNING")
        self.beat = self._python("beat", *celery, "beat", *schedule)

    def _web(self, name: str, site: str, port: int, health: str) -> Page:
        now = {**os.environ, "WEB_BIND": f"127.0.0.1:{port}"}
        command = [sys.executable, "-m", *GUNICORN, site]
        address = f"http://127.0.0.1:{port}{health}"
        log = self.logs / f"{name}.log"
        return Page(name, command, health=address, log=log, folder=ROOT, environment=now)

    def _python(self, name: str, *arguments: str) -> Process:
        command = [sys.executable, "-m", *arguments]
        return Process(name, command, log=self.logs / f"{name}.log", folder=ROOT)

    @contextlib.contextmanager
    def open(self) -> Iterator["House"]:
        """Everything started; everything stopped at the end."""
        processes = [self.floor, self.web, self.worker, self.beat]
        try:
            for process in processes:
                process.start()
            yield self
        finally:
            for process in reversed(processes):
                process.stop()

    # The mailbox ----------------------------------------------------------------------------------
    def letters(self) -> int:
        """How many letters have arrived: the lines of the mailbox's file, counted without disturbing it."""
        with self._store.open("rb") as file:
            file.seek(self._read)
            fresh = file.read()
        self._read += len(fresh)
        self._arrived += fresh.count(b"\n")
        return self._arrived

    def letter_to(self, address: str, seconds: float = 60) -> str:
        """The text of the newest letter to an address, once it is there. Raises ProcessFailed."""
        found: list[dict[str, Any]] = []

        def here() -> bool:
            query = urlencode({"to": address})
            with urllib.request.urlopen(
                f"{self.mailbox}/messages.json?{query}", timeout=10
            ) as page:
                found[:] = json.load(page)
            return bool(found)

        if not wait_for(here, seconds, pause=0.04):
            raise ProcessFailed(f"No letter has come.\n{self.worker.tail()}")
        return str(found[0]["text"])

    # The machine ----------------------------------------------------------------------------------
    def workers(self) -> list[psutil.Process]:
        """The web server's workers."""
        assert self.web.pid is not None
        return psutil.Process(self.web.pid).children()


# Which command lines make which share of the machine.
PARTS = {
    "web workers": ("config.wsgi",),
    "bare site": ("bench.floor_site",),
    "Celery": ("celery",),
    "PostgreSQL": ("postgres",),
    "mail server": ("bench.sink",),
    "broker": ("valkey",),
    "client": ("bench.measure",),
    "PDF checks": ("pdf_child",),
}


def used() -> dict[str, float]:
    """Seconds of processor time that each part has used so far, its ended children included."""
    spent = dict.fromkeys(PARTS, 0.0)
    root = psutil.Process().parent()
    assert root is not None
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            line = " ".join(process.cmdline()) or process.name()
            times = process.cpu_times()
            part = next(
                (name for name, marks in PARTS.items() if any(mark in line for mark in marks)), ""
            )
            if part:
                spent[part] += times.user + times.system
                # What a web worker started and outlived was the check of a PDF.
                ended = "PDF checks" if part == "web workers" else part
                spent[ended] += times.children_user + times.children_system
    return spent


def shares(before: dict[str, float], after: dict[str, float], seconds: float) -> str:
    """Who used the processors meanwhile: `web workers 61 %, PostgreSQL 20 %`, of all cores together."""
    whole = seconds * (psutil.cpu_count() or 1)
    parts = {name: (after[name] - before[name]) / whole for name in after}
    told = sorted(parts.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {share:.0%}" for name, share in told if share >= 0.02)
