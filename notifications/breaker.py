"""A breaker: after a failure, the next tries are skipped for a while instead of waiting in turn."""

import time


class Breaker:
    """Open for `seconds` after each failure. One a process; threads may share it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the last failure is too fresh to try again."""
        return time.monotonic() < self._until

    def trip(self) -> None:
        """It failed."""
        self._until = time.monotonic() + self.seconds

    def reset(self) -> None:
        """It worked, or the wait is over by decree."""
        self._until = 0.0
