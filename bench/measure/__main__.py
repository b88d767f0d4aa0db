"""Runs every measurement in order, says each line as it is known, and draws the table."""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from bench import report
from bench.figures import Figure, Row
from bench.measure import intake, memory, post, seed
from bench.measure.assigning import assigning
from bench.measure.house import House
from bench.measure.judging import Desk, decide

Measure = Callable[[], "list[Row]"]


@dataclass
class Run:
    """The rows so far, and what could not be measured."""

    only: set[str]
    rows: list[Row] = field(default_factory=list)
    failed: int = 0
    gauges: list[float] = field(default_factory=lambda: [report.gauge()])

    def add(self, name: str, measure: Measure) -> None:
        """Measure unless something else was asked for; a failure is a line too, and does not stop the others."""
        if self.only and name not in self.only:
            return
        began = time.monotonic()
        try:
            rows = measure()
        except Exception as error:
            traceback.print_exc()
            self.failed += 1
            text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            rows = [Row(name, "not measured", met=False, limit=text)]
        for row in rows:
            told = [
                row.ours,
                row.ratio if row.ratio != "–" else "",
                row.queries if row.queries != "–" else "",
            ]
            print(f"{row.work}: {' | '.join(filter(None, told))} | {row.verdict}\n    {row.limit}")
        self.gauges.append(report.gauge())
        print(f"    [{name}: {time.monotonic() - began:.0f} s]", flush=True)
        self.rows += rows


def everything(run: Run, house: House, sizes: list[int], profile: bool) -> None:
    """Each measurement, from the empty database to the largest."""
    seed.floor_tables()
    world = seed.begin()
    before: list[Figure] = [memory.fresh(house)]
    run.add("floors", lambda: intake.floors(house))
    run.add("home", lambda: [intake.home(house, 0)])
    run.add("submission", lambda: intake.submission(house, world))
    run.add("autosave", lambda: [intake.autosave(house, world)])
    run.add("verdict", lambda: [intake.verdict(house, world)])
    for size in sizes:
        began = time.monotonic()
        seed.grow(world, size)
        print(f"{size:,} files are there ({time.monotonic() - began:.0f} s).", flush=True)
        run.add("judging", lambda: Desk(house, world).rows(profiled=profile))
    run.add("home", lambda: [intake.home(house, world.size)])
    run.add("submission", lambda: intake.submission(house, world, runs=2))
    run.add("decide", lambda: decide(house, world))
    run.add("assigning", lambda: assigning(world))
    run.add("letters", lambda: post.letters(house, world))
    run.add("memory", lambda: [memory.row(house, before[0], world.size)])


def main() -> int:
    """The command line; 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--sizes", default="")
    asked = parser.parse_args()
    run = Run({name for name in asked.only.split(",") if name})
    load, began = report.busy(), time.monotonic()
    with House().open() as house:
        sizes = [int(size) for size in asked.sizes.split(",") if size]
        everything(run, house, sizes, asked.profile)
    text = report.page(run.rows, load, time.monotonic() - began, run.gauges)
    print(f"\n{text}")
    if run.failed:
        print("Something could not be measured: docs/performance.md stays as it was.")
    elif asked.write:
        report.write(text)
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
