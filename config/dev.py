"""`make dev`: as `make run`, and the product starts again when its code, texts or looks change."""

import sys
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from config.plan import ROOT, Plan
from config.processes import ProcessFailed
from config.run import main, run_once, say
from config.supervisor import Supervisor

APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))
WATCHED = [*APPS, "templates", "static", "locale"]


class Sources(DefaultFilter):
    """What a person edits, not what we make of it."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether this change matters."""
        return Path(path).suffix not in {".mo", ".part"} and super().__call__(change, path)


def reload(supervisor: Supervisor, plan: Plan) -> None:
    """Prepare again, then restart what runs our code."""
    try:
        run_once(plan.preparation())
    except ProcessFailed as failed:
        say(str(failed))
        return
    for watched in supervisor.watched:
        if watched.process.name in {"web", "worker", "beat"}:
            watched.process.stop(seconds=5)
            watched.process.launch()
    supervisor.write()
    say("Reloaded.")


def rest(supervisor: Supervisor, plan: Plan) -> None:
    """Watch over the processes and the sources until a signal comes."""
    folders = [ROOT / name for name in WATCHED]
    changing = watch(*folders, watch_filter=Sources(), rust_timeout=500, yield_on_timeout=True)
    next(changing)  # what is saved before this is not seen
    say("Watching the code.")
    for changes in changing:
        if changes:
            reload(supervisor, plan)
        supervisor.look()


if __name__ == "__main__":
    sys.exit(main(rest))
