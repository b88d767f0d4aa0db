"""The supervisor: what dies starts again, slower each time; what it left behind is ended, strangers are not."""

import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.processes import Process, wait_for
from config.supervisor import (
    SLOWEST_RESTART,
    AlreadyRunning,
    Supervisor,
    end_leftovers,
    lock,
    read_record,
    write_record,
)

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path, said.append, record={"base": "http://localhost:1"})
    yield supervisor
    supervisor.stop()


@pytest.fixture
def child(tmp_path: Path) -> Callable[..., Process]:
    def make(name: str = "web", code: str = SLEEP) -> Process:
        return Process(name, [sys.executable, "-c", code], log=tmp_path / f"{name}.log")

    return make


def looks_until(supervisor: Supervisor, true: Callable[[], bool], seconds: float = 10) -> bool:
    def look() -> bool:
        supervisor.look()
        return true()

    return wait_for(look, seconds)


def test_it_records_who_runs(
    supervisor: Supervisor, child: Callable[..., Process], tmp_path: Path
) -> None:
    web = child()
    supervisor.start(web)
    record = read_record(tmp_path)
    assert record["base"] == "http://localhost:1"
    assert record["pids"]["web"] == web.pid
    assert stat.S_IMODE((tmp_path / "run.json").stat().st_mode) == 0o600
    supervisor.stop()
    assert read_record(tmp_path) == {}


def test_what_dies_starts_again_and_the_record_follows(
    supervisor: Supervisor, child: Callable[..., Process], said: list[str], tmp_path: Path
) -> None:
    web = child()
    supervisor.launch([web, child("worker")])
    first = web.pid
    assert web.popen
    web.popen.kill()
    assert looks_until(supervisor, lambda: web.pid not in {None, first})
    assert said == ["web ended (SIGKILL); it starts again now."]
    assert read_record(tmp_path)["pids"]["web"] == web.pid


def test_one_that_keeps_dying_is_started_less_and_less_often(
    supervisor: Supervisor, child: Callable[..., Process], said: list[str]
) -> None:
    supervisor.launch([child(code="raise SystemExit(3)")])
    assert looks_until(supervisor, lambda: len(said) == 3, 15)
    assert said[0] == "web ended (code 3); it starts again now."
    assert supervisor.watched[0].delay == 2.0
    assert supervisor.watched[0].delay < SLOWEST_RESTART


def test_one_that_cannot_start_at_all_is_told_and_tried_again(
    supervisor: Supervisor, child: Callable[..., Process], said: list[str]
) -> None:
    web = child()
    supervisor.launch([web])
    web._command[:] = ["/nowhere/at/all"]
    assert web.popen
    web.popen.kill()
    assert looks_until(supervisor, lambda: len(said) >= 2)
    assert "web cannot start" in said[1]


def test_a_start_that_fails_is_the_callers_to_tell(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        supervisor.start(Process("web", ["/nowhere/at/all"], log=tmp_path / "log"))


def test_leftovers_are_ended_and_strangers_are_not(
    child: Callable[..., Process], tmp_path: Path
) -> None:
    ours, stranger = child("web"), child("worker")
    ours.start()
    stranger.start()
    assert ours.pid
    assert stranger.pid
    began = psutil.Process(ours.pid).create_time()
    write_record(
        tmp_path,
        {
            # The stranger has the number that our worker had, but began at another time.
            "pids": {"web": ours.pid, "worker": stranger.pid, "beat": 2**22 + 1},
            "began": {"web": began, "worker": began - 3600, "beat": began},
        },
    )
    assert end_leftovers(tmp_path) == ["web"]
    assert ours.pid is None
    assert stranger.pid is not None
    stranger.stop()


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"pids": {"web": None}})])
def test_a_record_that_cannot_be_read_ends_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    assert end_leftovers(tmp_path) == []


def test_a_folder_has_one_supervisor(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(AlreadyRunning):
        lock(tmp_path)
    lock(tmp_path).close()
