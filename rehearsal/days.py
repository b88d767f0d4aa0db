"""The days of a rehearsed cycle, in the order in which they are played."""

from rehearsal.play import Day

DAYS: list[Day] = []
