"""A release killed in its middle: after each kill all of it is visible or nothing, and the next try finishes."""

import os
import random
import time

import pytest

from tests.faults.stage import Stage

pytestmark = pytest.mark.fault
FILES, KILLS = (5000, 20) if "TORTURE" in os.environ else (400, 3)


def said(stage: Stage, *words: str) -> str:
    """What this step of a release says once it has ended."""
    with stage.python("-m", "tests.faults.releasing", *words) as process:
        text, _ = process.communicate(timeout=300)
    assert process.returncode == 0, text
    return text


def visible(stage: Stage) -> tuple[int, int]:
    """How many answers are visible, and how many letters announce one."""
    ((shown, letters),) = stage.sql(
        "SELECT (SELECT count(*) FROM reviews_decision WHERE status = 'released'),"
        " (SELECT count(*) FROM notifications_outgoingemail WHERE letter = 'decision_available')"
    )
    return shown, letters


def killed(stage: Stage, after: float) -> None:
    """Begin the release and end its process at once, so many seconds into it."""
    with stage.python("-m", "tests.faults.releasing", "go") as process:
        assert process.stdout
        assert "begun\n" in process.stdout  # reads on until then
        time.sleep(after)
        process.kill()


def test_killed_in_the_middle_it_is_all_or_nothing(stage: Stage) -> None:
    said(stage, "prepare", str(FILES))
    seconds = float(said(stage, "rehearse").splitlines()[-1])
    dice, seen = random.Random(2027), []
    for _kill in range(KILLS):
        killed(stage, dice.uniform(0, seconds * 0.9))
        seen.append(visible(stage))
    assert set(seen) <= {(0, 0), (FILES, FILES)}
    assert (0, 0) in seen, "every kill came too late"
    if seen[-1] == (0, 0):
        assert said(stage, "go").endswith("begun\ndone\n")
    assert visible(stage) == (FILES, FILES)
    said(stage, "check")
    print(f"{FILES} answers in one transaction: {seconds:.1f} s; {KILLS} kills, all or nothing.")
