"""Living through a past year in seconds: what the verbs ask of the clock, they are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Have `timezone.now()` say this moment; for a command that has its process to itself."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield moment
    finally:
        timezone.now = real
