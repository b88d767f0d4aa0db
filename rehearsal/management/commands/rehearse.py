"""`manage.py rehearse`: a whole cycle with invented people, in a database that is thrown away."""

import tempfile
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from config.processes import ProcessFailed
from cycles.models import Cycle
from rehearsal import report, setup
from rehearsal.days import DAYS
from rehearsal.plants import EVERY
from rehearsal.playing import Asked, Outcome, playing, rehearse


class Command(BaseCommand):
    """The configured database is read for one cycle's settings, with --cycle, and never touched otherwise."""

    help = "Play a whole cycle on a fast clock, with invented people and faults, and say whether every promise held."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is played, and where the report goes."""
        parser.add_argument(
            "--cycle",
            default="",
            metavar="CODE",
            help="the settings of this cycle, without anybody in it",
        )
        parser.add_argument("--applicants", type=int, default=400, help="how many apply (400)")
        parser.add_argument(
            "--faults", action=BooleanOptionalAction, default=True, help="kill engines on the way"
        )
        parser.add_argument("--seed", type=int, default=1, help="other dice, another story")
        parser.add_argument(
            "--report",
            type=Path,
            default=Path("rehearsal.html"),
            help="where the report is written",
        )
        parser.add_argument("--language", choices=["fr", "en"], default="fr", help="the report's")
        parser.add_argument("--keep", action="store_true", help="leave the folder with the logs")
        names = [day.__name__ for day in DAYS]
        parser.add_argument(
            "--only",
            nargs="+",
            default=[],
            choices=names,
            metavar="DAY",
            help=f"of {', '.join(names)}",
        )
        parser.add_argument(
            "--plant",
            nargs="+",
            default=[],
            choices=[*EVERY, "all"],
            help="break these promises on purpose, to see them named",
        )

    def handle(self, **options: Any) -> None:
        """Play, write the report, and exit 1 when anything was broken."""
        if options["applicants"] < 1:
            raise CommandError("At least one applicant.")
        plants = EVERY if "all" in options["plant"] else options["plant"]
        with tempfile.TemporaryDirectory(prefix="mila-rehearsal-") as folder:
            settings, opens_at = self._settings(options["cycle"], Path(folder))
            asked = Asked(
                applicants=options["applicants"],
                seed=options["seed"],
                faults=options["faults"],
                only=tuple(options["only"]),
                plants=frozenset(plants),
                keep=options["keep"],
                settings=settings,
                opens_at=opens_at,
            )
            with translation.override(options["language"]):
                outcome = self._play(asked, options["report"], options["language"])
                self._tell(outcome)
        self.stdout.write(f"Report: {options['report'].resolve()}")
        if not outcome.holds:
            broken = [
                verdict.name or "the rest" for verdict in outcome.verdicts if not verdict.holds
            ]
            raise CommandError(f"Broken: {', '.join(broken)}.")

    def _settings(self, code: str, folder: Path) -> tuple[Path | None, Any]:
        """The settings of one cycle of the configured database, as a file, and when it opens."""
        if not code:
            return None, None
        cycle = Cycle.objects.filter(code=code).first()
        if cycle is None:
            raise CommandError(f"There is no cycle {code}.")
        file = folder / "settings.json"
        setup.write(cycle, file)
        return file, cycle.opens_at

    def _play(self, asked: Asked, file: Path, language: str) -> Outcome:
        """The stage is set, the days are played, the report is written."""
        self.stdout.write("Setting the stage …")
        try:
            with playing(asked, self.stdout.write) as play:
                if asked.keep:
                    self.stdout.write(f"Folder: {play.stage.folder}")
                outcome, book = rehearse(play, asked)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(report.html(play, book, outcome, language), encoding="utf-8")
                return outcome
        except ProcessFailed as failed:
            raise CommandError(str(failed)) from failed

    def _tell(self, outcome: Outcome) -> None:
        """Each promise in a line, with what broke it."""
        self.stdout.write("")
        for verdict in outcome.verdicts:
            state = "held" if verdict.looked else "not looked at"
            word = state if verdict.holds else "BROKEN"
            self.stdout.write(f"{verdict.name or '--'}  {word:<13} {verdict.counted}")
            for line in verdict.broken[:10]:
                self.stdout.write(f"      {line}")
