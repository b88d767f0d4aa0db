"""The world in which a rehearsal begins: the office, the programs, one cycle that nobody has seen yet."""

from datetime import timedelta

from django.db import transaction

from accounts.demo import settle_all
from config.seed import calendar


@transaction.atomic
def demonstration(year: str) -> str:
    """The staff, the programs and the cycle of the demonstration in an empty database; the cycle's code."""
    settle_all()
    fields = calendar.Year(int(year), timedelta(0)).fields
    return calendar.cycle(fields, calendar.programs()).code
