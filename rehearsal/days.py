"""The days of a rehearsed cycle, in the order in which they are played."""

from rehearsal.intake.away import engines_away
from rehearsal.intake.close import the_day_after, the_last_seconds
from rehearsal.intake.first_days import a_quiet_week, the_eve, the_opening
from rehearsal.intake.hostile import bad_intentions
from rehearsal.intake.references import letters_of_reference
from rehearsal.intake.rush import the_rush
from rehearsal.play import Day
from rehearsal.year.days import YEAR

DAYS: list[Day] = [
    the_eve,
    the_opening,
    a_quiet_week,
    bad_intentions,
    engines_away,
    the_rush,
    the_last_seconds,
    the_day_after,
    letters_of_reference,
    *YEAR,
]
