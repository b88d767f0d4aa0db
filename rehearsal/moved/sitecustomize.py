"""Every Python process that finds this folder on its path follows the clock of the file MOVED_CLOCK.

The file holds how many seconds the clock is ahead; time passes on from there at its usual pace. Python reads a module of
this name at its start, before anything can have asked for the time.
"""

import os
import threading
import time
from pathlib import Path

import time_machine


def wanted() -> float:
    """What the clock should show: seconds since the epoch."""
    return time_machine.escape_hatch.time.time() + float(FILE.read_text() or 0)


def follow() -> None:
    """Look at the file all the time, and at how far the clock has strayed while a busy machine kept us waiting."""
    pause = threading.Event()
    while not pause.wait(0.02):
        if abs(time.time() - wanted()) > 0.05:
            traveller.move_to(wanted())


def begin() -> None:
    """A forked process inherits the moved clock, and no thread that follows the file."""
    threading.Thread(target=follow, daemon=True).start()


if "MOVED_CLOCK" in os.environ:
    FILE = Path(os.environ["MOVED_CLOCK"])
    traveller = time_machine.travel(time.time() + float(FILE.read_text()), tick=True).start()
    os.register_at_fork(after_in_child=begin)
    begin()
