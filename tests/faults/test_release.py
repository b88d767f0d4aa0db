"""A release killed in its middle: after each kill all of it is visible or nothing, and the next try finishes."""

import random
import time

import pytest

from tests import torture
from tests.faults.stage import Stage, children, sigkill

pytestmark = pytest.mark.fault
FILES, KILLS = torture.of(400, 5000), torture.of(3, 20)


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
    said(stage, "prepare", str(FILES), "F27")
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
    torture.tell(
        f"{FILES} answers in one transaction of {seconds:.1f} s, killed {KILLS} times: all or nothing."
    )


def languages(stage: Stage) -> set[tuple[int, bytes]]:
    """Of each letter that the mail server has: whether its reader asked for French or English, and its language."""
    told = set()
    for letter in stage.mailbox.store.find():
        index = int(letter.to[0].partition("@")[0].removeprefix("p"))
        (line,) = [row for row in letter.raw.splitlines() if row.startswith(b"Content-Language:")]
        told.add((index % 2, line.split()[1]))
    return told


def test_its_letters_reach_everybody_once_in_their_language(stage: Stage) -> None:
    """From the hour to the last letter, workers and PostgreSQL being killed on the way."""
    count, kills, crashes = torture.of(240, 5000), torture.of(4, 20), torture.of(1, 2)
    said(stage, "prepare", str(count), "G27")
    worker, began = stage.worker(), time.monotonic()
    with stage.sweeping():
        for kill in range(1, kills + 1):
            stage.until(stage.has_taken(count * kill // (kills + 2)), 90, pause=0.02)
            assert visible(stage) == (count, count)
            if kill % 7:
                sigkill(children(worker))
            else:
                worker.kill()
            if kill % (kills // crashes) == 0:
                stage.postgres.kill()
                stage.postgres.start()
        stage.drain(120)
    took = time.monotonic() - began
    assert stage.statuses() == {"sent": count}
    stage.once(count)
    said(stage, "check")
    assert languages(stage) == {(0, b"fr"), (1, b"en")}
    torture.tell(
        f"{count} decisions released: {count} letters once each in the right language, {kills} worker kills"
        f" and {crashes} of PostgreSQL on the way, {took:.0f} s in all."
    )
