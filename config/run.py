"""`make run`: the whole product on this machine, until Ctrl-C.

PORT and VAR_DIR choose where. DATABASE_URL, REDIS_URL and EMAIL_URL each replace an embedded part.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.plan import Plan, folder_of, inherited, port_of
from config.processes import Process, ProcessFailed, leash, port_is_free, wait_for
from config.supervisor import AlreadyRunning, Supervisor, end_leftovers, lock, read_record

Rest = Callable[[Supervisor, Plan], None]


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)


def interrupt(signum: int, frame: Any) -> None:
    """SIGTERM and SIGHUP stop us as Ctrl-C does."""
    raise KeyboardInterrupt


def run_once(process: Process) -> None:
    """Run a program to its end. Raises ProcessFailed when it ends badly."""
    process.log.unlink(missing_ok=True)
    process.launch()
    try:
        if process.popen and process.popen.wait():
            raise ProcessFailed(f"{process.name} failed.\n{process.tail()}")
    finally:
        process.stop(seconds=5)


def start_everything(supervisor: Supervisor, plan: Plan) -> None:
    """Engines, then the preparation, then the product; back when the site answers. Raises ProcessFailed."""
    for engine in (plan.postgres, plan.valkey):
        if engine:
            supervisor.start(engine)
    supervisor.record = dict(plan.record())
    if mail := plan.mail_server():
        supervisor.start(mail)
    say("Preparing the database and the files …")
    run_once(plan.preparation())
    supervisor.record["accounts"] = accounts(plan)
    web = plan.web()
    supervisor.launch([web, plan.worker(), plan.beat()])
    if not wait_for(lambda: web.pid is None or web.answers(), 90, pause=0.1) or web.pid is None:
        raise ProcessFailed(f"The site does not answer.\n{web.tail()}")


def accounts(plan: Plan) -> list[dict[str, str]]:
    """The people of the demonstration, as the preparation listed them."""
    path = plan.folder / "accounts.json"
    return list(json.loads(path.read_text())) if path.exists() else []


def announce(plan: Plan) -> None:
    """Say where everything is, with one account for each role."""
    say(f"\nMila admissions is ready.\n\n  Site     {plan.base}")
    if plan.mailbox:
        say(f"  Mailbox  {plan.mailbox}   every letter that the site sends")
    say(f"  Folder   {plan.folder}   data and logs\n")
    one_each = {person["role"]: person for person in reversed(accounts(plan))}
    if one_each:
        say("  Demonstration accounts: sign in with one click on the site.\n")
        for role, person in sorted(one_each.items()):
            say(f"  {role.replace('_', ' '):<14} {person['name']:<26} {person['email']}")
    say("\nCtrl-C stops everything.")


def rest(supervisor: Supervisor, plan: Plan) -> None:
    """Watch over the processes until a signal comes."""
    while True:
        time.sleep(0.3)
        supervisor.look()


def keep_one_old_log(folder: Path) -> None:
    """Each start writes fresh logs; those of the start before are kept as `.old`."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for log in folder.glob("*.log"):
        log.replace(log.with_suffix(".old"))


def serve(folder: Path, port: int, resting: Rest) -> int:
    """Hold the folder, start, watch, stop; the exit code."""
    try:
        held = lock(folder)
    except AlreadyRunning:
        where = read_record(folder).get("base", "an address not known yet")
        say(f"Already running at {where}, in {folder}. For another one, choose PORT and VAR_DIR.")
        return 1
    with held:
        left = end_leftovers(folder)
        if left:
            say(f"Ended what a killed start had left: {', '.join(left)}.")
        if not wait_for(lambda: port_is_free(port), 10 if left else 1):
            say(
                f"Port {port} is taken by another program; choose another: PORT={port + 1} make run"
            )
            return 1
        plan = Plan(folder, port, inherited())
        keep_one_old_log(plan.logs)
        supervisor = Supervisor(folder, say)
        return watch_over(supervisor, plan, resting)


def watch_over(supervisor: Supervisor, plan: Plan, resting: Rest) -> int:
    """Start, announce, rest, and stop whatever happens; the exit code."""
    try:
        start_everything(supervisor, plan)
        announce(plan)
        resting(supervisor, plan)
    except KeyboardInterrupt:
        say("\nStopping …")
        return 0
    except ProcessFailed as failed:
        say(f"\n{failed}\nThe logs are in {plan.logs}.")
        return 1
    finally:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        supervisor.stop()
    return 0


def main(resting: Rest = rest) -> int:
    """Read the environment and serve."""
    parser = argparse.ArgumentParser(prog="python -m config.run", description=__doc__)
    parser.add_argument("--leashed", action="store_true", help="stop when our parent is killed")
    if parser.parse_args().leashed and (tie := leash(signal.SIGTERM)):
        tie()
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, interrupt)
    environment = inherited()
    try:
        port = port_of(environment)
        folder = folder_of(environment)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return serve(folder, port, resting)
    except (ValueError, OSError, ProcessFailed) as wrong:
        say(str(wrong))
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
