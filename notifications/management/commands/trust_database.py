"""`manage.py trust_database`: let letters leave from this database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from notifications import identity


class Command(BaseCommand):
    """Run after a restore, a fail-over or an upgrade, once a person knows that this is the right database."""

    help = "Let letters leave from this database. Letters that were waiting are put in doubt first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Why, and what of the letters that wait."""
        parser.add_argument("--why", required=True, help="kept in the trail")
        parser.add_argument(
            "--send-waiting",
            action="store_true",
            help="send the letters that wait: only when no backup was restored",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Trust it."""
        doubtful = identity.trust(why=options["why"], send_waiting=options["send_waiting"])
        self.stdout.write(f"Letters leave from here again; {doubtful} are in doubt.")
