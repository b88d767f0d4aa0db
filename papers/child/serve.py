"""The warm child that looks at PDFs: one line in, one line out. It knows no database and no secret.

Reads `ID {"do": "judge", "path": …, "out": …}` and answers `ID {"pages": 3}` or `ID {"problem": "broken"}`. It never
opens a file itself: for each it forks a process with limits of memory and time. What that process says, or that it
died, is told by another one that watches it, so that a process taken over by a file cannot answer for other files.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from papers.child.clean import clean
from papers.child.draw import draw
from papers.child.hide import hide, show
from papers.child.judge import judge
from papers.child.merge import merge
from papers.child.read import place, read

MEMORY = 512 * 1024 * 1024
LARGEST_OUT = 40 * 1024 * 1024
# Some thirty files that may have 10 MB each.
MEMORY_TO_MERGE = 1536 * 1024 * 1024
LARGEST_MERGED = 400 * 1024 * 1024
CPU_SECONDS = {
    "judge": 5,
    "draw": 3,
    "clean": 20,
    "read": 20,
    "place": 20,
    "hide": 60,
    "show": 5,
    "merge": 30,
}
WALL_TO_CPU = 3
LONGEST_ANSWER = 4096
HEAVY = {"problem": "heavy"}
BROKEN = {"problem": "broken"}
DOES: dict[str, Callable[..., dict[str, Any]]] = {
    "judge": judge,
    "draw": draw,
    "clean": clean,
    "merge": merge,
    "read": read,
    "place": place,
    "hide": hide,
    "show": show,
}


def bind(seconds: int, *, memory: int, largest: int) -> None:
    """Limits that no file can lift."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds * WALL_TO_CPU)


def look(task: dict[str, Any], ear: int) -> None:
    """In a process of its own: bind it, do the task, say what came of it to the one who watches."""
    merges = task["do"] == "merge"
    memory = MEMORY_TO_MERGE if merges else MEMORY
    largest = LARGEST_MERGED if merges else LARGEST_OUT
    bind(CPU_SECONDS[task["do"]], memory=memory, largest=largest)
    try:
        said = DOES[task["do"]](task["path"], task["out"], **task.get("more", {}))
    except (MemoryError, RecursionError):
        said = HEAVY
    except Exception:  # a parser may raise anything on a hostile file
        said = BROKEN
    os.write(ear, json.dumps(said).encode())


def watched(task: dict[str, Any]) -> dict[str, Any]:
    """Have somebody look; what they said, or why they died of it."""
    mouth, ear = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(sys.stdin.fileno())
        os.close(sys.stdout.fileno())
        look(task, ear)
        os._exit(0)
    os.close(ear)
    said = os.read(mouth, LONGEST_ANSWER)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        tired = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL}
        return HEAVY if tired else BROKEN
    return heard(said)


def heard(said: bytes) -> dict[str, Any]:
    """An answer of the two kinds we know, nothing else."""
    try:
        answer = json.loads(said)
        pages, problem = int(answer.get("pages", 0)), str(answer.get("problem", ""))
    except (ValueError, TypeError, AttributeError):
        return BROKEN
    return {"problem": problem} if problem else {"pages": pages}


def watch(job: str, task: dict[str, Any]) -> None:
    """In a process of its own: one task, one short line, which a pipe does not mix with another's."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.write(sys.stdout.fileno(), f"{job} {json.dumps(watched(task))}\n".encode())


def main() -> None:
    """Serve until the parent closes its end; finished jobs are reaped by the kernel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        job, _, task = line.partition(" ")
        if not os.fork():
            watch(job, json.loads(task))
            os._exit(0)


if __name__ == "__main__":
    main()
