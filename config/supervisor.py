"""Keeps a group of processes running: starts them in order, restarts what dies, records them, stops them in reverse."""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

from config.processes import Process, ProcessFailed, end_family

SLOWEST_RESTART = 30.0
# A process that ran this long was well: its next end is restarted at once again.
WELL_AFTER = 60.0


class AlreadyRunning(Exception):
    """Another supervisor holds this folder."""


def lock(folder: Path) -> IO[str]:
    """Hold the folder until the file given back is closed, or we die. Raises AlreadyRunning."""
    held = (folder / "run.lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise AlreadyRunning from error
    return held


def read_record(folder: Path) -> dict[str, Any]:
    """What the last start wrote into run.json; empty when there is none to read."""
    try:
        record = json.loads((folder / "run.json").read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Write run.json whole, for our eyes only: it holds addresses with passwords."""
    part = folder / "run.json.part"
    part.touch(mode=0o600)
    part.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    part.replace(folder / "run.json")


def end_leftovers(folder: Path) -> list[str]:
    """End what a killed supervisor left running; the names of it.

    A process is ours when it began at the recorded time: its number alone may be somebody else's by now.
    """
    record = read_record(folder)
    ended = []
    for name, pid in record.get("pids", {}).items():
        began = record.get("began", {}).get(name)
        with contextlib.suppress(psutil.Error, TypeError):
            process = psutil.Process(pid)
            if began is None or abs(process.create_time() - began) > 2 or pid == os.getpid():
                continue
            by = signal.SIGINT if name == "postgres" else signal.SIGTERM
            end_family(process, by=by, seconds=8)
            ended.append(name)
    return ended


@dataclass
class Watched:
    """One process and how its restarts went."""

    process: Process
    began: float = 0.0
    delay: float = 0.0
    due: float | None = None


@dataclass
class Supervisor:
    """The group. `say` gets one plain line for each thing worth telling."""

    folder: Path
    say: Callable[[str], None]
    record: dict[str, Any] = field(default_factory=dict)
    watched: list[Watched] = field(default_factory=list)

    def start(self, process: Process, seconds: float = 60) -> None:
        """Start one more process, wait until it answers, record it. Raises ProcessFailed."""
        watched = Watched(process)
        self.watched.append(watched)
        process.start(seconds)
        watched.began = time.monotonic()
        self.write()

    def launch(self, processes: Sequence[Process]) -> None:
        """Start several at once without waiting for each; they are watched from now on."""
        for process in processes:
            process.prepare()
            process.launch()
            self.watched.append(Watched(process, began=time.monotonic()))
        self.write()

    def look(self) -> None:
        """Note who died since the last look, and restart whose time has come."""
        for watched in self.watched:
            if watched.process.pid is not None:
                continue
            if watched.due is None:
                self._note_death(watched)
            if watched.due is not None and time.monotonic() >= watched.due:
                self._restart(watched)

    def stop(self) -> None:
        """Stop the product's processes together, then the engines, the last started first."""
        processes = [watched.process for watched in reversed(self.watched)]
        self.watched.clear()
        for process in processes:
            if not process.is_engine:
                process.ask_to_stop()
        for process in sorted(processes, key=lambda process: process.is_engine):
            process.stop()
        (self.folder / "run.json").unlink(missing_ok=True)

    def write(self) -> None:
        """Bring run.json up to date."""
        pids: dict[str, int] = {"supervisor": os.getpid()}
        for watched in self.watched:
            if (pid := watched.process.pid) is not None:
                pids[watched.process.name] = pid
        began = {}
        for name, pid in pids.items():
            with contextlib.suppress(psutil.Error):
                began[name] = psutil.Process(pid).create_time()
        write_record(self.folder, {**self.record, "pids": pids, "began": began})

    def _note_death(self, watched: Watched) -> None:
        lived = time.monotonic() - watched.began
        watched.delay = (
            0.0 if lived > WELL_AFTER else min(watched.delay * 2 or 0.5, SLOWEST_RESTART)
        )
        watched.due = time.monotonic() + (0.0 if lived > WELL_AFTER else watched.delay - 0.5)
        popen = watched.process.popen
        how = f"code {popen.returncode}" if popen and (popen.returncode or 0) >= 0 else "a signal"
        if popen and popen.returncode is not None and popen.returncode < 0:
            how = signal.Signals(-popen.returncode).name
        wait = watched.due - time.monotonic()
        again = f"in {wait:.0f} s" if wait >= 1 else "now"
        self.say(f"{watched.process.name} ended ({how}); it starts again {again}.")

    def _restart(self, watched: Watched) -> None:
        watched.began = time.monotonic()
        watched.due = None
        try:
            watched.process.prepare()
            watched.process.launch()
        except (OSError, ProcessFailed) as failed:
            self.say(f"{watched.process.name} cannot start: {failed}")
        self.write()
