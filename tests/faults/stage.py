"""Real engines, real workers and a real mail server that tests kill and count."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import psycopg
from celery import Celery

from config.embedded import DATABASE, VAULT_ROLE, Postgres, Valkey
from config.processes import Process, wait_for
from tests.mail import TestMailbox

ERRANDS = (
    "notifications.tasks.deliver",
    "notifications.tasks.settle",
    "answers.tasks.release_due",
    "answers.tasks.free_letters",
)
ROOT = Path(__file__).resolve().parent.parent.parent


def nothing() -> None:
    """No sweep: beat does it."""


class Stage:
    """The product's delivery side, with nothing of it inside the test's own process."""

    def __init__(self, folder: Path, postgres: Postgres, valkey: Valkey) -> None:
        self.folder, self.postgres, self.valkey = folder, postgres, valkey
        self.mailbox: TestMailbox
        self.sweep: Callable[[], None] = nothing
        self.processes: list[Process] = []
        self.writers: list[Writer] = []

    def environment(self, **more: str) -> dict[str, str]:
        """What every process of the product is told."""
        mailbox = self.mailbox
        return {
            **{name: value for name, value in os.environ.items() if not name.endswith("_FILE")},
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": self.postgres.url(),
            "VAULT_DATABASE_URL": self.postgres.url(role=VAULT_ROLE),
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.smtp_port}?timeout=3",
            "VAR_DIR": str(self.folder / "var"),
            "OUTBOX_EVIDENCE": "notifications.evidence.MailboxEvidence",
            "OUTBOX_EVIDENCE_URL": f"http://127.0.0.1:{mailbox.http_port}",
            "OUTBOX_LEASE": "3",
            "OUTBOX_DEADLINE": "1",
            "OUTBOX_BATCH": "20",
            **more,
        }

    def python(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """One short-lived process of the product."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments: str, **more: str) -> str:
        """A management command that must succeed."""
        with self.python("manage.py", *arguments, **more) as process:
            said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said

    def queue(self, addresses: Sequence[str], batch: str = "") -> None:
        """Queue one letter to each address, in one transaction, by the product's own verb."""
        with self.python("-m", "tests.faults.writer", "all", batch) as process:
            said, _ = process.communicate(json.dumps(addresses), timeout=120)
        assert process.returncode == 0, said

    def writer(self, prefix: str) -> "Writer":
        """A process that commits one letter after the other until it is ended."""
        writer = Writer(self, prefix)
        self.writers.append(writer)
        return writer

    def celery(self, name: str, *arguments: str, **more: str) -> Process:
        """A worker or a beat of the product."""
        process = Process(
            name,
            [sys.executable, "-m", "celery", "--app", "config", *arguments],
            log=self.folder / f"{name}.log",
            folder=ROOT,
            environment=self.environment(**more),
        )
        process.launch()
        self.processes.append(process)
        return process

    def worker(self, *, concurrency: int = 2, **more: str) -> Process:
        """A real worker with its children."""
        quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
        return self.celery("worker", "worker", "--concurrency", str(concurrency), *quiet, **more)

    def beat(self) -> Process:
        """The timetable."""
        return self.celery("beat", "beat", "--schedule", str(self.folder / "beat"), "--pidfile=")

    @contextlib.contextmanager
    def sweeping(self) -> Iterator[None]:
        """The timetable in a hurry: while something is waited for, several sweeps a second."""
        app = Celery(broker=self.valkey.url)
        with app.connection_for_write() as connection:
            last = 0.0

            def sweep() -> None:
                nonlocal last
                if time.monotonic() - last < 0.25:
                    return
                last = time.monotonic()
                for errand in ERRANDS:
                    app.send_task(errand, connection=connection)

            self.sweep = sweep
            try:
                yield
            finally:
                self.sweep = nothing

    def until(self, ready: Callable[[], bool], seconds: float, *, pause: float = 0.1) -> None:
        """Wait for it, as a deployment does: what has ended by itself is started again."""

        def kept_and_ready() -> bool:
            for process in self.processes:
                if process.pid is None:
                    process.launch()
            self.sweep()
            return ready()

        arrived = wait_for(kept_and_ready, seconds, pause=pause)
        assert arrived, (len(self.mailbox.store), self.statuses(), self.logs())

    def flush(self) -> None:
        """Empty the broker."""
        with Celery(broker=self.valkey.url).connection_for_write() as connection:
            connection.default_channel.client.flushall()

    def sql(self, query: str, database: str = DATABASE) -> list[tuple[Any, ...]]:
        """Ask the database, as it is now."""
        with psycopg.connect(self.postgres.url(database), autocommit=True) as session:
            cursor = session.execute(query)
            return cursor.fetchall() if cursor.description else []

    def statuses(self) -> Counter[str]:
        """How many letters are where."""
        query = "SELECT status, count(*) FROM notifications_outgoingemail GROUP BY status"
        return Counter(dict(self.sql(query)))

    def waiting(self) -> int:
        """How many letters are not settled."""
        now = self.statuses()
        return now["held"] + now["pending"] + now["sending"] + now["unknown"]

    def has_taken(self, count: int) -> Callable[[], bool]:
        """Whether the mail server has so many letters."""
        return lambda: len(self.mailbox.store) >= count

    def drain(self, seconds: float) -> None:
        """Wait until every letter is settled."""
        self.until(lambda: self.waiting() == 0, seconds)

    def each_once(self, count: int) -> None:
        """Every letter was taken by the mail server exactly once, and the database is sound."""
        self.once(count)
        assert "Every invariant holds." in self.manage("check_invariants")

    def once(self, count: int) -> None:
        """So many letters were taken by the mail server, each exactly once."""
        counted = self.mailbox.counted()
        lost = count - len(counted)
        twice = [message_id for message_id, times in counted.items() if times > 1]
        assert (lost, twice) == (0, []), f"{lost} lost, {len(twice)} twice"

    def logs(self) -> str:
        """The ends of what they said."""
        return "\n".join(f"{process.name}: {process.tail()}" for process in self.processes)

    def end(self) -> None:
        """End every process of this test."""
        for process in [*self.processes, *self.writers]:
            process.kill()
        self.processes.clear()
        self.writers.clear()


class Writer:
    """`tests.faults.writer each`, and the keys whose commit it saw confirmed."""

    def __init__(self, stage: Stage, prefix: str) -> None:
        self.said = stage.folder / f"writer-{prefix}"
        with self.said.open("wb") as said:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.writer", "each", prefix],
                cwd=ROOT,
                env=stage.environment(),
                stdin=subprocess.PIPE,
                stdout=said,
            )

    def keys(self) -> list[str]:
        """The keys so far; a line that is being written does not count yet."""
        return self.said.read_text().split("\n")[:-1]

    def __len__(self) -> int:
        return self.said.read_bytes().count(b"\n")

    def end(self) -> list[str]:
        """Let it finish what it does; the keys of all."""
        self.popen.communicate(timeout=60)
        return self.keys()

    def kill(self) -> None:
        """At once, when the test is over."""
        self.popen.kill()
        self.popen.communicate()


def children(process: Process) -> list[psutil.Process]:
    """The processes in which a worker does its errands."""
    assert process.pid
    return psutil.Process(process.pid).children()


def sigkill(victims: list[psutil.Process]) -> None:
    """At once and without a word."""
    for victim in victims:
        with contextlib.suppress(psutil.NoSuchProcess):
            victim.send_signal(signal.SIGKILL)
