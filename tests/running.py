"""The whole product as `make run` starts it, for tests that need it running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from config.plan import ROOT
from config.processes import wait_for
from config.supervisor import read_record


class Run:
    """One `python -m config.run` and what it says."""

    def __init__(
        self, folder: Path, port: int, module: str = "config.run", **environment: str
    ) -> None:
        self.folder = folder
        self.began = time.monotonic()
        unset = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
        inherited = {k: v for k, v in os.environ.items() if k not in unset}
        self.output = folder / f"said-{self.began}"
        with self.output.open("wb") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=ROOT,
                env=inherited | environment | {"VAR_DIR": str(folder / "var"), "PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def says(self, words: str, seconds: float = 90) -> bool:
        return wait_for(lambda: words in self.said or self.popen.poll() is not None, seconds)

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def record(self) -> dict[str, Any]:
        return read_record(self.folder / "var")

    def family(self) -> list[psutil.Process]:
        found = [psutil.Process(pid) for pid in self.record["pids"].values()]
        return found + psutil.Process(self.popen.pid).children(recursive=True)

    def end(self, signum: int = signal.SIGINT) -> int:
        self.popen.send_signal(signum)
        return self.popen.wait(60)


def ready(one: Run) -> Run:
    assert one.says("Ctrl-C stops everything.")
    assert one.popen.poll() is None, one.said
    return one
