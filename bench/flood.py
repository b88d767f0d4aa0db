"""A load generator: a few kept connections, each asking again as soon as it was answered.

One thread, no parsing beyond the status and the length, so that the client takes little of the machine it
measures. Only the loopback, and only for a bounded time.
"""

import re
import selectors
import socket
import time
from dataclasses import dataclass, field

from bench.figures import percentile

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE = 10.0


class _Line:
    """One connection and the answer it waits for."""

    def __init__(self, port: int, request: bytes) -> None:
        self.port, self.request = port, request
        self.connect()

    def connect(self) -> None:
        """Open anew: the server closes a connection that it has kept for long."""
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got = b""

    def ask(self) -> None:
        """Send the request."""
        self.got = b""
        self.since = time.perf_counter()
        self.socket.sendall(self.request)

    def hear(self) -> int | None:
        """Read what is there: the status once the answer is whole, 0 when the server hung up, else None."""
        piece = self.socket.recv(262_144)
        if not piece:
            return 0
        self.got = self.got + piece if self.got else piece
        head = self.got.find(b"\r\n\r\n")
        if head < 0:
            return None
        found = _LENGTH.search(self.got, 0, head)
        if found is None:
            raise ValueError("The answer does not say how long it is.")
        whole = head + 4 + int(found[1])
        return int(self.got[9:12]) if len(self.got) >= whole else None


@dataclass
class Flood:
    """What came back. Times in seconds."""

    took: float = 0.0
    cpu: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.times) / self.took

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 answers came."""
        return percentile(self.times, 0.95)

    @property
    def client_alone(self) -> float:
        """How many requests a second the client could make if nothing but its own processor time held it."""
        return (len(self.times) + self.wrong) / max(self.cpu, 1e-9)

    def count(self, line: "_Line", status: int, now: float) -> None:
        """One more answer. A kept connection that was closed without a word asked in vain, and asks again."""
        if status == 200:
            self.times.append(now - line.since)
        elif status or line.got:
            self.wrong += 1


def flood(port: int, request: bytes, *, clients: int = 8, seconds: float = 3.0) -> Flood:
    """Ask for `seconds` over `clients` connections to a port of the loopback."""
    done = Flood()
    lines = [_Line(port, request) for _index in range(clients)]
    chooser = selectors.DefaultSelector()
    began, cpu = time.perf_counter(), time.process_time()
    for line in lines:
        chooser.register(line.socket, selectors.EVENT_READ, line)
        line.ask()
    while chooser.get_map():
        ready = chooser.select(PATIENCE)
        if not ready:
            raise TimeoutError("The server has stopped answering.")
        for key, _events in ready:
            line = key.data
            status = line.hear()
            if status is None:
                continue
            now = time.perf_counter()
            done.count(line, status, now)
            chooser.unregister(line.socket)
            if status == 0:
                line.socket.close()
                line.connect()
            if now - began < seconds:
                chooser.register(line.socket, selectors.EVENT_READ, line)
                line.ask()
    done.took, done.cpu = time.perf_counter() - began, time.process_time() - cpu
    chooser.close()
    for line in lines:
        line.socket.close()
    return done


def get(path: str, headers: dict[str, str]) -> bytes:
    """The bytes of a GET request."""
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
