"""`manage.py check_invariants`: is everything in the database as it must be?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.invariants import broken


class Command(BaseCommand):
    """Exit 0 when every invariant of every app holds; list what is broken and exit 1 otherwise."""

    help = "Check what must be true of the data at any moment. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them all."""
        if sentences := broken():
            raise CommandError("\n".join(sentences))
        self.stdout.write("Every invariant holds.")
