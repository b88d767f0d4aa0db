"""A mail service for tests, over real HTTP: Resend's and Postmark's answers, with a temper where a test wants one."""

import contextlib
import json
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Service:
    """What it took, and how it behaves by the local part of the address.

    `never…` is refused for good, `busy…` with 429, `locked…` with 401; `mute…` is taken and the line cut;
    `sick…` is taken and answered with 503; `garbled…` is taken and answered with nonsense, `mute` and `sick` the
    first time only.
    """

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []  # each letter that it will send
        self.asked = 0
        self.by_key: dict[str, str] = {}  # what it remembers of repeated requests
        self.seen: set[str] = set()
        self.url = ""

    def answer(self, asked: dict[str, Any], key: str) -> tuple[int, Any]:
        """The status and the body; status 0 cuts the line."""
        self.asked += 1
        to = asked.get("to") or asked["To"]
        address = to if isinstance(to, str) else to[0]
        for prefix, status in (("never", 422), ("busy", 429), ("locked", 401)):
            if address.startswith(prefix):
                return status, self.refusal(address)
        first = address not in self.seen
        self.seen.add(address)
        if key in self.by_key:
            return 200, {"id": self.by_key[key]}
        number = str(uuid.uuid4())
        self.taken.append({**asked, "number": number, "key": key})
        if key:
            self.by_key[key] = number
        for prefix, told in (("mute", (0, None)), ("sick", (503, {})), ("garbled", (200, None))):
            if first and address.startswith(prefix):
                return told
        return 200, {"id": number, "MessageID": number, "To": address, "Message": "OK"}

    def refusal(self, address: str) -> dict[str, Any]:
        """Why not, in the words of both services."""
        words = f"Found inactive addresses: {address}. Inactive recipients are ones that bounced."
        return {"name": "validation_error", "ErrorCode": 406, "Message": words}


@contextlib.contextmanager
def service() -> Iterator[Service]:
    """The service, listening."""
    here = Service()

    class Pages(BaseHTTPRequestHandler):
        """Its API."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # the name that http.server wants
            """A letter."""
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = here.answer(asked, self.headers.get("Idempotency-Key", ""))
            if not status:
                self.close_connection = True
                self.connection.close()
                return
            said = b"<html>" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """In silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    here.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
