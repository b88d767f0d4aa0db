"""The warm child that looks at PDFs: one line in, one line out. It imports nothing of ours.

Reads `ID PATH` lines and answers `ID {"pages": 3}` or `ID {"problem": "password" | "broken" | "long"}`. It never
opens a file itself: for each it forks a process with limits of memory and time, whose death means `broken`.
"""

import json
import os
import resource
import signal
import sys

import pikepdf

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 5
MOST_PAGES = 200
LARGEST_SIDE = 14_400
BROKEN: dict[str, int | str] = {"problem": "broken"}


def verdict(path: str) -> dict[str, int | str]:
    """Open it as a reader would; `pages` or the `problem`."""
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            if not 1 <= pages <= MOST_PAGES:
                return {"problem": "long"} if pages else BROKEN
            for page in pdf.pages:
                if max(abs(float(side)) for side in page.mediabox) > LARGEST_SIDE:
                    return BROKEN
            return {"pages": pages}
    except pikepdf.PasswordError:
        return {"problem": "password"}
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return BROKEN


def answer(job: str, what: dict[str, int | str]) -> None:
    """One short write, which a pipe does not mix with another's."""
    os.write(sys.stdout.fileno(), f"{job} {json.dumps(what)}\n".encode())


def look(job: str, path: str) -> None:
    """In a process of its own: bind it, look, answer, end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer(job, verdict(path))


def watch(job: str, path: str) -> None:
    """In a process of its own: have somebody look, and answer in their place if they die of it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if not pid:
        look(job, path)
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        answer(job, BROKEN)


def main() -> None:
    """Serve until the parent closes its end; finished jobs are reaped by the kernel."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        job, _, path = line.rstrip("\n").partition(" ")
        if not os.fork():
            watch(job, path)
            os._exit(0)


if __name__ == "__main__":
    main()
