"""A hard end for one delivery, whatever it waits for."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class DeadlineReached(TimeoutError):
    """The time is over."""


def _ring(number: int, frame: FrameType | None) -> None:
    """The clock's signal, turned into an exception where the process waits."""
    raise DeadlineReached("The time for one delivery is over.")


@contextmanager
def by(end: float) -> Iterator[None]:
    """Raise DeadlineReached inside the block once `time.monotonic()` passes `end`.

    Socket time-outs alone are no end: a server that sends a byte every few seconds never reaches one. The
    clock's signal does, in the main thread, where a prefork worker runs its tasks; elsewhere there are only
    the socket's time-outs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(end - time.monotonic(), 0.001))
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
