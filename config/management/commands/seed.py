"""`manage.py seed`: fill an empty database with the demonstration's world."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.seed.world import build, build_empty_cycle
from cycles.models import Cycle


class Command(BaseCommand):
    """Invented people only, and only where the product is a demonstration."""

    help = "Fill an empty database with three cycles of invented people, through the product's own verbs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and what to do when the world is there already."""
        parser.add_argument(
            "--applicants", type=int, default=40, help="how many apply to the open cycle"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is a cycle already"
        )

        parser.add_argument(
            "--bare", action="store_true", help="staff and an open cycle; nobody has applied"
        )

    def handle(self, *, applicants: int, if_empty: bool, bare: bool, **options: Any) -> None:
        """Seed, or say in one sentence why not."""
        if not settings.DEMO:
            raise CommandError("This deployment is not a demonstration: its people are real.")
        if Cycle.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "There is a cycle already; the demonstration needs an empty database."
            )
        if bare:
            build_empty_cycle()
            return
        if applicants < 4:
            raise CommandError("At least 4 applicants.")
        build(applicants)
        if options["verbosity"]:
            self.stdout.write(f"Seeded: {applicants} applicants in the open cycle.")
