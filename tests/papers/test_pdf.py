"""The warm child that judges PDFs: whatever kills it or holds it, the answer comes, and it is `broken`."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from papers.pdf import Inspector, Verdict, close_inspector, inspector
from papers.pdf_child import verdict
from tests import factories

BROKEN, SLOW = Verdict(problem="broken"), Verdict(problem="slow")


@pytest.fixture
def sound(tmp_path: Path) -> str:
    path = tmp_path / "sound.pdf"
    path.write_bytes(factories.pdf(3))
    return str(path)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[str], Inspector]]:
    """An inspector whose child is another script."""
    started: list[Inspector] = []

    def start(code: str) -> Inspector:
        script = tmp_path / "child.py"
        script.write_text(code)
        started.append(Inspector(script))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_many_threads_are_answered_by_one_child(sound: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        verdicts = set(pool.map(inspector().ask, [sound] * 40))
    assert verdicts == {Verdict(pages=3)}


def test_a_child_that_was_killed_is_started_again(sound: str) -> None:
    assert inspector().ask(sound) == Verdict(pages=3)
    child = inspector()._child
    assert child
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert inspector().ask(sound) == Verdict(pages=3)


def test_a_child_that_dies_while_asked_means_broken(running: Callable[[str], Inspector]) -> None:
    one = running("import sys; sys.stdin.readline(); sys.exit(1)")
    assert one.ask("x") == BROKEN


def test_a_child_that_never_answers_is_slow_not_the_file_broken(
    running: Callable[[str], Inspector],
) -> None:
    one = running("import sys; [None for line in sys.stdin]")
    assert one.ask("x", seconds=0.2) == SLOW


def test_a_child_that_closed_its_ears_means_broken(running: Callable[[str], Inspector]) -> None:
    one = running("import os, time; os.close(0); os.close(1); time.sleep(60)")
    assert BROKEN in {one.ask("x", seconds=1) for _turn in range(3)}


def test_an_answer_that_comes_too_late_is_forgotten(
    running: Callable[[str], Inspector], sound: str
) -> None:
    late = """
import sys
first = sys.stdin.readline().split()[0]
second = sys.stdin.readline().split()[0]
print(first, '{"pages": 1}', flush=True)
print(second, '{"pages": 2}', flush=True)
print("99", '{"pages": 3}', flush=True)
sys.stdin.readline()
"""
    one = running(late)
    assert one.ask(sound, seconds=0.05) == SLOW
    assert one.ask(sound) == Verdict(pages=2)


def test_what_kills_the_one_who_looks_is_broken_and_stops_nobody(
    sound: str, tmp_path: Path
) -> None:
    # More pages than the memory limit lets anybody open.
    huge = tmp_path / "fifo.pdf"
    huge.write_bytes(b"%PDF-1.7\n" + b"0" * 100)
    assert inspector().ask(str(huge)) == BROKEN
    assert inspector().ask(str(tmp_path / "nowhere.pdf")) == BROKEN
    assert inspector().ask(sound) == Verdict(pages=3)


def test_closing_twice_is_harmless(sound: str) -> None:
    inspector().ask(sound)
    close_inspector()
    close_inspector()
    assert inspector().ask(sound) == Verdict(pages=3)


def test_the_verdict_of_the_child_itself(sound: str, tmp_path: Path) -> None:
    assert verdict(sound) == {"pages": 3}
    noise = tmp_path / "noise.pdf"
    noise.write_bytes(b"%PDF-1.7" + os.urandom(500))
    assert verdict(str(noise)) == {"problem": "broken"}
