"""A breaker: after a failure, the next tries are skipped for a while instead of waiting in turn."""

import time

# A failure after so many quiet seconds begins a new trouble: nobody knows what was in between.
FORGOTTEN = 120.0


class Breaker:
    """Open for `seconds` after each failure. One a process; threads may share it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.reset()

    @property
    def is_open(self) -> bool:
        """Whether the last failure is too fresh to try again."""
        return time.monotonic() < self._until

    @property
    def lasted(self) -> float:
        """For how many seconds it has failed, time after time; 0 when the last failure is long past."""
        now = time.monotonic()
        return now - self._since if self._last and now - self._last < FORGOTTEN else 0.0

    def trip(self, seconds: float = 0.0) -> None:
        """It failed; not to be tried for `seconds`, where that is known better."""
        if not self.lasted:
            self._since = time.monotonic()
        self._last = time.monotonic()
        self._until = self._last + (seconds or self.seconds)

    def reset(self) -> None:
        """It worked, or the wait is over by decree."""
        self._until = self._since = self._last = 0.0
