"""A delivery ends, whatever it waits for."""

import signal
import threading
import time

import pytest

from notifications import deadline


def forever() -> None:
    """Never comes to an end by itself, though no single wait is long."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.01)


def test_the_end_is_an_end() -> None:
    began = time.monotonic()
    with pytest.raises(deadline.DeadlineReached), deadline.by(began + 0.1):
        forever()
    assert time.monotonic() - began < 2


def test_an_end_that_has_passed_is_an_end() -> None:
    with pytest.raises(deadline.DeadlineReached), deadline.by(time.monotonic() - 5):
        forever()


def test_what_is_done_in_time_leaves_no_clock_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline.by(time.monotonic() + 5):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_another_thread_has_no_such_clock() -> None:
    done: list[bool] = []

    def work() -> None:
        with deadline.by(time.monotonic() - 5):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
