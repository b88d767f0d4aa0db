"""Child processes that are started, watched, stopped in order, and never outlive the one that started them."""

import contextlib
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

_PR_SET_PDEATHSIG = 1
OURS = range(20_000, 32_000)


class ProcessFailed(Exception):
    """A process ended or did not answer in time; the text quotes the end of its log."""


def leash(signum: int) -> Callable[[], None] | None:
    """What a child runs before its program so that the kernel signals it when its parent dies (Linux only).

    For the kernel the parent is the thread that started it: start children from one that lasts.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)

    return tie


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on now.

    Below those that the system lends to outgoing connections: one of them would take it before we listen.
    """
    while True:
        port = secrets.choice(OURS)
        if port_is_free(port):
            return port


def port_is_free(port: int) -> bool:
    """Whether we could listen on this port of the loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wait_for(ready: Callable[[], bool], seconds: float, *, pause: float = 0.05) -> bool:
    """Poll until `ready()` or the time is up; whether it became ready."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def is_gone(process: psutil.Process) -> bool:
    """Whether it runs no more; a zombie waits only for its parent to notice."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def end_family(process: psutil.Process, *, by: int = signal.SIGKILL, seconds: float = 10) -> None:
    """Signal a process and its descendants, wait for them, and kill what is left when the time is up."""
    family = [process]
    with contextlib.suppress(psutil.NoSuchProcess):
        family += process.children(recursive=True)
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.send_signal(by)
    if not wait_for(lambda: all(map(is_gone, family)), seconds, pause=0.02):
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()


class Process:
    """One program with its log. It starts in a session of its own, so that Ctrl-C reaches its parent alone."""

    stop_signal: int = signal.SIGTERM
    # What the kernel sends when the parent is gone.
    orphan_signal: int = signal.SIGTERM
    # An engine is stopped after all those who may be using it.
    is_engine = False

    def __init__(
        self,
        name: str,
        command: Sequence[str] = (),
        *,
        log: Path,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.log = log
        self.folder = folder
        self.environment = environment
        self.popen: subprocess.Popen[bytes] | None = None
        self._command = list(command)

    def command(self) -> list[str]:
        """The program and its arguments."""
        return self._command

    def answers(self) -> bool:
        """Whether it does its work now."""
        return self.pid is not None

    def prepare(self) -> None:
        """Make what a start needs, and clear what a killed predecessor left."""

    def user(self) -> tuple[int, int] | None:
        """The user and group it runs as, or None for ours."""
        return None

    @property
    def pid(self) -> int | None:
        """Its process id, or None when it does not run."""
        return self.popen.pid if self.popen and self.popen.poll() is None else None

    def start(self, seconds: float = 30) -> None:
        """Start it and wait until it answers. Raises ProcessFailed."""
        self.prepare()
        self.launch()
        ready = wait_for(lambda: self.pid is None or self.answers(), seconds)
        if not ready or self.pid is None:
            self.kill()
            raise ProcessFailed(f"{self.name} did not start.\n{self.tail()}")

    def launch(self) -> None:
        """Start it without waiting."""
        uid, gid = self.user() or (None, None)
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=None if self.environment is None else dict(self.environment),
                start_new_session=True,
                preexec_fn=leash(self.orphan_signal),  # noqa: PLW1509
                user=uid,
                group=gid,
                extra_groups=None if uid is None else [],
            )

    def ask_to_stop(self) -> None:
        """Tell it to end, without waiting."""
        if self.popen is not None and self.pid is not None:
            self.popen.send_signal(self.stop_signal)

    def stop(self, seconds: float = 20) -> None:
        """Ask it to end, wait, and insist when the time is up."""
        self.ask_to_stop()
        if self.popen is not None:
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self.popen = None

    def kill(self) -> None:
        """SIGKILL it and its children at once, as a crash would."""
        if self.popen is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                end_family(psutil.Process(self.popen.pid))
            self.popen.wait()
        self.popen = None

    def tail(self) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def default_environment() -> dict[str, str]:
    """What a service of ours that is no Python program may know of this one's environment."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
