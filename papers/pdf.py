"""Is this file a PDF that a reader can open? Judged by a warm child process, in processes with limits."""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

CHILD = Path(__file__).parent / "child" / "serve.py"
LARGEST = 10 * 1024 * 1024
SECONDS = 8
SECONDS_TO_DRAW = 3
LARGEST_PICTURE = 64 * 1024


@dataclass(frozen=True)
class Verdict:
    """`pages` of a sound PDF, with a small WebP picture of the first if it could be drawn, or the `problem`.

    The problems are those of papers.problems.
    """

    pages: int = 0
    problem: str = ""
    preview: bytes = field(default=b"", compare=False, repr=False)


class _Child:
    """One run of the script: its pipes, who waits for it, and the thread that hears it."""

    def __init__(self, script: Path) -> None:
        self.waiting: dict[str, Future[Verdict]] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={},
        )
        self.ear = threading.Thread(target=self._listen, daemon=True)
        self.ear.start()

    def tell(self, job: str, task: dict[str, Any]) -> Future[Verdict]:
        """Send one job; raises OSError when the child has ended."""
        assert self.process.stdin
        promised = self.waiting[job] = Future()
        self.process.stdin.write(f"{job} {json.dumps(task)}\n")
        self.process.stdin.flush()
        return promised

    def _listen(self) -> None:
        """Hand each answer to who waits for it; when the child ends, those who still wait get `broken`."""
        assert self.process.stdout
        for line in self.process.stdout:
            job, _, what = line.partition(" ")
            self._settle(job, Verdict(**json.loads(what)))
        for job in list(self.waiting):
            self._settle(job, Verdict(problem="broken"))

    def _settle(self, job: str, verdict: Verdict) -> None:
        if promised := self.waiting.pop(job, None):
            promised.set_result(verdict)

    def end(self) -> None:
        """Kill it and leave nothing open."""
        self.process.kill()
        self.process.wait()
        self.ear.join()
        with contextlib.suppress(OSError):  # what it never read
            self.process.communicate()


class Inspector:
    """This process's warm child. Threads ask at the same time; a child that died is started again."""

    def __init__(self, script: Path = CHILD) -> None:
        self.script = script
        self._lock = threading.Lock()
        self._numbers = count()
        self._child: _Child | None = None

    def ask(
        self, path: str, seconds: float = SECONDS, *, do: str = "judge", out: str = "", **more: Any
    ) -> Verdict:
        """Have the child judge, draw, clean, merge, read or hide in files of ours; slow when it cannot say in time."""
        try:
            with self._lock:
                if self._child is None or self._child.process.poll() is not None:
                    self._renew()
                assert self._child
                task = {"do": do, "path": path, "out": out, "more": more}
                promised = self._child.tell(str(next(self._numbers)), task)
            return promised.result(seconds)
        except TimeoutError:
            return Verdict(problem="slow")
        except OSError:
            return Verdict(problem="broken")

    def _renew(self) -> None:
        self.close()
        self._child = _Child(self.script)

    def close(self) -> None:
        """End the child, if any."""
        if self._child:
            self._child.end()
        self._child = None


_inspectors: dict[int, Inspector] = {}


def inspector() -> Inspector:
    """The one of this process: a child is not shared across a fork of the web server."""
    return _inspectors.setdefault(os.getpid(), Inspector())


def close_inspector() -> None:
    """End this process's child."""
    if mine := _inspectors.pop(os.getpid(), None):
        mine.close()


atexit.register(close_inspector)


def inspect(file: UploadedFile) -> Verdict:
    """Judge an upload and draw its first page; the file is left rewound."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head != b"%PDF-":
        return Verdict(problem="not_pdf")
    if (file.size or 0) >= LARGEST:
        return Verdict(problem="size")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        verdict = inspector().ask(copy.name)
        return verdict if verdict.problem else replace(verdict, preview=drawn(copy.name))


def drawn(path: str) -> bytes:
    """A picture of the first page of a sound PDF, or nothing: no picture is no reason to refuse a file."""
    with tempfile.NamedTemporaryFile(suffix=".webp") as picture:
        said = inspector().ask(path, SECONDS_TO_DRAW, do="draw", out=picture.name)
        return b"" if said.problem else whole_picture(picture.read())


def whole_picture(content: bytes) -> bytes:
    """The bytes if they are a small WebP picture, as the renderer promised; else none."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content if is_webp and len(content) <= LARGEST_PICTURE else b""
