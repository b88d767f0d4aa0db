"""Children: they answer, stop when asked, are killed when deaf, and die with their parent."""

import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.processes import Process, ProcessFailed, free_port, is_gone, port_is_free, wait_for

ROOT = Path(__file__).resolve().parents[2]
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def python(code: str, folder: Path) -> Process:
    return Process("child", [sys.executable, "-c", code], log=folder / "child.log")


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or is_gone(psutil.Process(pid))


def test_it_runs_and_stops_when_asked(tmp_path: Path) -> None:
    child = python("import time; time.sleep(60)", tmp_path)
    child.start()
    pid = child.pid
    assert pid
    child.stop()
    assert child.pid is None
    assert gone(pid)
    child.stop()  # once more changes nothing


def test_one_that_does_not_listen_is_killed_with_its_children(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {DEAF!r}]); {DEAF}"
    child = python(code, tmp_path)
    child.start()
    assert child.pid
    assert wait_for(lambda: child.tail().count("up") == 2, 10)
    family = [child.pid, *(p.pid for p in psutil.Process(child.pid).children())]
    assert len(family) == 2
    child.stop(seconds=0.2)
    assert wait_for(lambda: all(map(gone, family)), 5)


class NeverReady(Process):
    """Runs, and never answers."""

    def answers(self) -> bool:
        return False


def test_one_that_ends_at_once_says_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such door')"]
    with pytest.raises(ProcessFailed, match="no such door"):
        NeverReady("child", command, log=tmp_path / "log").start()


def test_one_that_never_answers_is_given_up(tmp_path: Path) -> None:
    child = NeverReady("child", [sys.executable, "-c", DEAF], log=tmp_path / "log")
    with pytest.raises(ProcessFailed, match="child did not start"):
        child.start(seconds=0.3)
    assert child.pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="The kernel's leash is Linux's.")
def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from config.processes import Process;"
        f"p = Process('p', [sys.executable, '-c', 'import time; time.sleep(60)'], log=Path({str(tmp_path / 'l')!r}));"
        "p.start(); print(p.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert not gone(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_for(lambda: gone(pid), 5)


def test_ports() -> None:
    port = free_port()
    assert port_is_free(port)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert not port_is_free(port)


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert python("", tmp_path).tail() == ""
