"""A clock that the whole product follows: its Python processes and its PostgreSQL.

What is told of days can then be seen on its day, with the real engines. PostgreSQL's own functions of time are shadowed by
ours, which the product's role finds first; whatever asks the database for the time is told the moved one.
"""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from audit.timetable import registered
from config.embedded import ROLE, Postgres
from config.plan import ROOT
from config.processes import wait_for

MOVED = Path(__file__).resolve().parent / "moved"
DONE: LiteralString = (
    "SELECT errand, max(turn) FROM audit_slot WHERE ended_at IS NOT NULL GROUP BY errand"
)
WAITING: LiteralString = (
    "SELECT id FROM notifications_outgoingemail"
    " WHERE status = 'sending' OR status = 'pending' AND next_attempt_at <= now()"
)
SHADOWS = ("now", "statement_timestamp", "transaction_timestamp", "clock_timestamp")


class Stuck(AssertionError):
    """The product did not do in time what its clock says is due."""


class Clock:
    """Moves forward, and never back, when a story says so; between two moves time passes at its usual pace."""

    def __init__(self, folder: Path, postgres: Postgres, moment: datetime) -> None:
        self.file = folder / "clock"
        self.database = postgres.url()
        self.moment = moment
        self._write(moment)
        with psycopg.connect(postgres.url(role="postgres"), autocommit=True) as connection:
            self._shadow(connection)
        self._tell_database()

    def _shadow(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        connection.execute("CREATE TABLE public.moved_clock (ahead interval NOT NULL)")
        connection.execute("INSERT INTO public.moved_clock VALUES ('0')")
        connection.execute(f"GRANT SELECT, UPDATE ON public.moved_clock TO {ROLE}")
        for name in SHADOWS:
            connection.execute(
                f"CREATE FUNCTION public.{name}() RETURNS timestamptz LANGUAGE sql STABLE AS "  # noqa: S608
                f"'SELECT pg_catalog.{name}() + (SELECT ahead FROM public.moved_clock)'"
            )
        connection.execute(f"ALTER ROLE {ROLE} SET search_path = public, pg_catalog")

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to follow."""
        return {
            "MOVED_CLOCK": str(self.file),
            "PYTHONPATH": os.pathsep.join([str(MOVED), str(ROOT)]),
        }

    @property
    def ahead(self) -> float:
        """Seconds between the real time and ours."""
        return float(self.file.read_text())

    @property
    def now(self) -> datetime:
        """What everything that follows takes for the present."""
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)

    def _write(self, moment: datetime) -> None:
        part = self.file.with_suffix(".part")
        part.write_text(str(moment.timestamp() - time.time()))
        part.replace(self.file)

    def _tell_database(self) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(
                "UPDATE public.moved_clock SET ahead = make_interval(secs => %s)", [self.ahead]
            )

    def move_to(self, moment: datetime) -> None:
        """It is that moment everywhere, the timetable has gone round since, and what it wrote has left."""
        if moment <= self.moment:
            raise ValueError("the clock goes forward")
        self.moment = moment
        self._write(moment)
        self._tell_database()
        if not wait_for(lambda: not self._left(), 90):
            raise Stuck(f"{moment}: {self._left()} did not go round")
        self.settle()

    def settle(self) -> None:
        """Every letter that is due has left."""
        if not wait_for(lambda: not self._ask(WAITING), 60):
            raise Stuck("letters wait that should have left")

    def _left(self) -> list[str]:
        """The errands by turns whose turn of this moment is not done."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            done: dict[str, datetime] = dict(connection.execute(DONE).fetchall())
        return [
            name
            for name, errand in registered().items()
            if errand.by_turns and (name not in done or done[name] < errand.turn_of(self.moment))
        ]

    def _ask(self, question: LiteralString, values: Sequence[object] = ()) -> set[object]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            return {row[0] for row in connection.execute(question, values)}
