"""Seal every personal fact anew under the newest key of SEALING_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from followup.resealing import columns, reseal


class Command(BaseCommand):
    """`manage.py reseal`: in small transactions; stopped, it begins again and skips what is done."""

    help = "Seals every sealed fact, and makes its mark, under the first key of SEALING_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts of each column."""
        for column in columns():
            looked = done = 0
            for seen, sealed in reseal(column):
                looked, done = looked + seen, done + sealed
            self.stdout.write(f"{column}: {looked} looked at, {done} sealed anew.")
