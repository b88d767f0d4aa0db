"""`make run`, for real: it serves, keeps its processes alive, and neither its end nor its murder leaves a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from config.plan import ROOT, fetches
from config.processes import free_port, is_gone, wait_for
from config.supervisor import read_record

pytestmark = pytest.mark.fault
ROLES = {"supervisor", "postgres", "valkey", "mailbox", "web", "worker", "beat"}


class Run:
    """One `python -m config.run` and what it says."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.began = time.monotonic()
        unset = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
        environment = {k: v for k, v in os.environ.items() if k not in unset}
        self.output = folder / f"said-{self.began}"
        with self.output.open("wb") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=ROOT,
                env=environment | {"VAR_DIR": str(folder / "var"), "PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def says(self, words: str, seconds: float = 90) -> bool:
        return wait_for(lambda: words in self.said or self.popen.poll() is not None, seconds)

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def record(self) -> dict[str, Any]:
        return read_record(self.folder / "var")

    def family(self) -> list[psutil.Process]:
        found = [psutil.Process(pid) for pid in self.record["pids"].values()]
        return found + psutil.Process(self.popen.pid).children(recursive=True)

    def end(self, signum: int = signal.SIGINT) -> int:
        self.popen.send_signal(signum)
        return self.popen.wait(60)


@pytest.fixture
def run(short_path: Path) -> Iterator[Callable[..., Run]]:
    port, runs = free_port(), []

    def start(port: int = port) -> Run:
        runs.append(Run(short_path, port))
        return runs[-1]

    yield start
    for one in runs:
        if one.popen.poll() is None:
            one.end(signal.SIGTERM)


def ready(one: Run) -> Run:
    assert one.says("Ctrl-C stops everything.")
    assert one.popen.poll() is None, one.said
    return one


def test_it_serves_survives_and_leaves_nothing(run: Callable[..., Run]) -> None:
    one = ready(run())
    record = one.record
    assert set(record["pids"]) == ROLES
    assert fetches(f"{record['base']}/healthz")
    assert fetches(record["mailbox"])
    assert {person["role"] for person in record["accounts"]} >= {"applicant", "coordinator"}
    assert json.dumps(record["accounts"][0]["email"]).strip('"') in one.said

    web = psutil.Process(record["pids"]["web"])
    web.kill()
    assert wait_for(lambda: one.record["pids"].get("web") not in {None, web.pid}, 20)
    assert "web ended (SIGKILL); it starts again now." in one.said
    assert wait_for(lambda: fetches(f"{record['base']}/healthz"), 30)

    family = one.family()
    one.end(signal.SIGKILL)
    two = ready(run())
    assert all(map(is_gone, family))
    assert fetches(f"{record['base']}/healthz")

    family = two.family()
    assert two.end(signal.SIGINT) == 0
    assert all(map(is_gone, family))
    assert two.record == {}


def test_the_second_one_says_where_the_first_is(run: Callable[..., Run]) -> None:
    one = run()
    assert wait_for(lambda: "postgres" in one.record.get("pids", {}), 30)
    two = run(free_port())
    assert two.popen.wait(30) == 1
    assert two.said.startswith("Already running")
    assert len(two.said.splitlines()) == 1
    assert one.end(signal.SIGTERM) == 0  # in the middle of its start


def test_a_taken_port_is_said_in_one_sentence(run: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one = run(port)
        assert one.popen.wait(30) == 1
    assert one.said == (
        f"Port {port} is taken by another program; choose another: PORT={port + 1} make run\n"
    )
