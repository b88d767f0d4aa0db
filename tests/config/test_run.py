"""`make run`, for real: it serves, keeps its processes alive, and neither its end nor its murder leaves a trace."""

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.plan import ROOT, fetches
from config.processes import free_port, is_gone, wait_for
from tests.running import Run, ready

pytestmark = pytest.mark.fault
ROLES = {"supervisor", "postgres", "valkey", "mailbox", "web", "worker", "beat"}


@pytest.fixture
def run(short_path: Path) -> Iterator[Callable[..., Run]]:
    port, runs = free_port(), []

    def start(port: int = port, module: str = "config.run") -> Run:
        runs.append(Run(short_path, port, module, SEED="bare"))
        return runs[-1]

    yield start
    for one in runs:
        if one.popen.poll() is None:
            one.end(signal.SIGTERM)


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
    two = ready(run(module="config.dev"))
    assert all(map(is_gone, family))
    assert fetches(f"{record['base']}/healthz")

    worker = two.record["pids"]["worker"]
    assert two.says("Watching the code.")
    os.utime(ROOT / "config" / "wsgi.py")  # as if it were saved again
    assert two.says("Reloaded.", 180)
    assert two.record["pids"]["worker"] != worker
    assert wait_for(lambda: fetches(f"{record['base']}/healthz"), 30)

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
