"""Every Python process that finds this folder on its path follows the clock of the file MOVED_CLOCK.

The file holds how many seconds the clock is ahead; time passes on from there at its usual pace. Python reads a module of
this name at its start, before anything can have asked for the time.
"""

import os
import threading
import time
from pathlib import Path

import time_machine


def ahead() -> float:
    """Seconds."""
    return float(FILE.read_text() or 0)


def follow() -> None:
    """Look at the file all the time; the pause is not measured by the clock that moves."""
    pause = threading.Event()
    while not pause.wait(0.02):
        now = ahead()
        if now != shown[0]:
            traveller.shift(now - shown[0])
            shown[0] = now


def begin() -> None:
    """A forked process inherits the moved clock, and no thread that follows the file."""
    threading.Thread(target=follow, daemon=True).start()


if "MOVED_CLOCK" in os.environ:
    FILE = Path(os.environ["MOVED_CLOCK"])
    shown = [ahead()]
    traveller = time_machine.travel(time.time() + shown[0], tick=True).start()
    os.register_at_fork(after_in_child=begin)
    begin()
