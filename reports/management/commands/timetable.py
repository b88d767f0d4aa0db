"""`manage.py timetable`: what runs by itself, whether it does, and what it would send."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from cycles.models import Cycle
from reports.dates import dates
from reports.dry_run import Tally
from reports.timetable import Line, lines, pulse, states


class Command(BaseCommand):
    """The page of the timetable as text, for whoever runs the server."""

    help = "Print the timetable and what it would send. Sends and changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` is for a monitor."""
        parser.add_argument("--check", action="store_true", help="Only say whether it runs.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Print it, in English; exit 1 when nothing has run for minutes."""
        at, kept = timezone.now(), states()
        with translation.override("en"):
            if not check:
                self._tell(lines(kept, at))
            life = pulse(kept, at)
            if life.is_stopped:
                raise CommandError(f"Nothing has run since {_moment(life.last)}.")
            self.stdout.write(f"It is running: last sign of life {_moment(life.last)}.")

    def _tell(self, told: list[Line]) -> None:
        """Each errand, then the dates to come."""
        for line in told:
            self.stdout.write(f"{line.errand.name:20} {line.every:18} {_state(line)}")
            for tally in (line.now, line.next):
                if tally and tally.total:
                    self.stdout.write(f"{'':20} {_count(tally)}")
        cycle = Cycle.objects.current()
        for one in dates(cycle) if cycle else []:
            if one.at > timezone.now():
                self.stdout.write(f"{_moment(one.at)}  {one.title}")


def _moment(value: Any) -> str:
    """In Montréal, to the minute."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "ever"


def _state(line: Line) -> str:
    """How it went the last time."""
    if line.state.paused_at:
        return f"paused since {_moment(line.state.paused_at)}"
    if line.state.fails:
        return f"failed {_moment(line.state.failed_at)}: {line.state.error}"
    ended = line.state.ended_at
    late = ", late" if line.is_late else ""
    return f"last {_moment(ended)}, did {line.did_today} today{late}" if ended else "never ran"


def _count(tally: Tally) -> str:
    """How many letters at a moment."""
    return f"{_moment(tally.at)}  {tally.total} letters ({tally.french} fr, {tally.english} en)"
