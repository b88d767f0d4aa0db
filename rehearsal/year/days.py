"""The days from the close to the archives, in the order in which they are played."""

from collections.abc import Callable

from rehearsal.play import Play
from rehearsal.year import desk_days, reading_days

YEAR: list[Callable[[Play], None]] = [
    desk_days.first_check,
    desk_days.pieces_come,
    reading_days.conflicts_said,
    desk_days.closed_incomplete,
    reading_days.planned,
    reading_days.first_wave,
    reading_days.reminded_and_replaced,
    reading_days.last_readings,
    reading_days.discussed,
]
