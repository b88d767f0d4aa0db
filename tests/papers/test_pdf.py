"""The warm child that judges PDFs: whatever kills it or holds it, the answer comes, and it is `broken`."""

import io
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from papers import pdf
from papers.pdf import Inspector, Verdict, close_inspector, inspect, inspector
from papers.problems import PROBLEMS
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
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


def test_who_looks_dies_of_too_much_and_the_sentence_says_so(
    running: Callable[[str], Inspector], sound: str
) -> None:
    eater = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from papers.child import serve
serve.CPU_SECONDS = dict.fromkeys(("spin", "eat", "die", "lie", "talk"), 1)
def spin(path, out):
    while True: pass
def eat(path, out):
    return bytearray(serve.MEMORY)
def die(path, out):
    import os; os.abort()
def lie(path, out):
    return {{"pages": "many"}}
def talk(path, out):
    return "x" * 9999
serve.DOES = {{"spin": spin, "eat": eat, "die": die, "lie": lie, "talk": talk}}
serve.main()
"""
    one = running(eater)
    said = {do: one.ask(sound, do=do).problem for do in ("spin", "eat", "die", "lie", "talk")}
    assert said == {
        "spin": "heavy",
        "eat": "heavy",
        "die": "broken",
        "lie": "broken",
        "talk": "broken",
    }


def test_a_sound_file_comes_with_a_picture_of_its_first_page() -> None:
    verdict = inspect(factories.upload_of(factories.pdf(2)))
    assert verdict == Verdict(pages=2)
    with Image.open(io.BytesIO(verdict.preview)) as picture:
        assert (picture.format, max(picture.size)) == ("WEBP", 360)


def test_a_page_that_cannot_be_drawn_is_accepted_without_a_picture(
    running: Callable[[str], Inspector], monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from papers.child import serve
def crash(path, out):
    import os; os.abort()
serve.DOES = {{"judge": serve.DOES["judge"], "draw": crash}}
serve.main()
"""
    one = running(crashing)
    monkeypatch.setitem(pdf._inspectors, os.getpid(), one)
    verdict = inspect(factories.upload_of(factories.pdf(2)))
    assert (verdict.pages, verdict.problem, verdict.preview) == (2, "", b"")


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"RIFF....WEBP" + b"0" * pdf.LARGEST_PICTURE]
)
def test_what_is_no_small_picture_is_none(content: bytes) -> None:
    assert pdf.whole_picture(content) == b""


def test_ten_megabytes_are_too_large_before_anybody_looks() -> None:
    content = b"%PDF-" + b"0" * (pdf.LARGEST - 5)
    assert inspect(factories.upload_of(content)) == Verdict(problem="size")
    assert inspect(factories.upload_of(content[:-1])).problem != "size"


def test_each_problem_has_its_sentence() -> None:
    said = {"not_pdf", "size", "password", "broken", "heavy", "slow", "long", "wide"}
    assert said <= set(PROBLEMS)
