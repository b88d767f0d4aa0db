"""A real SMTP server that keeps every letter and shows it on a page. For demonstrations and tests only.

`python -m config.mailbox --smtp-port 2525 --http-port 8025 --store DIR`; letters survive a restart.
"""

import argparse
import asyncio
import email
import email.policy
import json
import re
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from config import mailbox_pages

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Kept:
    """One letter as it came over the wire."""

    def __init__(self, number: int, sender: str, to: list[str], at: str, raw: bytes) -> None:
        self.number, self.sender, self.to, self.received_at, self.raw = (
            number,
            sender,
            to,
            at,
            raw,
        )
        found = _MESSAGE_ID.search(raw[: raw.find(b"\r\n\r\n") + 2])
        self.message_id = found[1].decode("ascii", "replace") if found else ""

    @cached_property
    def message(self) -> EmailMessage:
        """The letter, parsed when somebody reads it."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    def part(self, kind: str) -> str:
        """The `plain` or `html` text; empty when the letter has none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body is not None else ""

    def as_json(self) -> dict[str, Any]:
        """What `/messages.json` says of it."""
        return {
            "id": self.number,
            "message_id": self.message_id,
            "from": self.sender,
            "to": self.to,
            "subject": str(self.message["Subject"] or ""),
            "text": self.part("plain"),
            "html": self.part("html"),
            "received_at": self.received_at,
        }


class Store:
    """Every letter, in memory and in one file of lines. Written before the server says "received"."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        path = folder / "letters.jsonl"
        self._letters = list(self._read(path))
        self._file = path.open("a", encoding="utf-8")

    @staticmethod
    def _read(path: Path) -> Iterator[Kept]:
        """What an earlier run kept; a line cut short by a crash was never said to be received."""
        if not path.exists():
            return
        text = path.read_text(encoding="utf-8")
        whole, _, cut = text.rpartition("\n")
        if cut:
            path.write_text(f"{whole}\n" if whole else "", encoding="utf-8")
        for number, line in enumerate(whole.splitlines(), start=1):
            entry = json.loads(line)
            raw = entry["raw"].encode("latin-1")
            yield Kept(number, entry["from"], entry["to"], entry["received_at"], raw)

    def add(self, sender: str, to: list[str], raw: bytes) -> Kept:
        """Keep one letter."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {
            "from": sender,
            "to": to,
            "received_at": at,
            "raw": raw.decode("latin-1"),
        }
        with self._lock:
            kept = Kept(len(self._letters) + 1, sender, to, at, raw)
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
            self._letters.append(kept)
        return kept

    def get(self, number: int) -> Kept | None:
        """One letter by its number."""
        with self._lock:
            return self._letters[number - 1] if 0 < number <= len(self._letters) else None

    def find(self, *, to: str = "", message_id: str = "") -> list[Kept]:
        """Letters to an address, or with a Message-ID, or all; the newest first."""
        with self._lock:
            letters = list(reversed(self._letters))
        wanted = to.strip().lower()
        return [
            letter
            for letter in letters
            if (not wanted or any(wanted == each.lower() for each in letter.to))
            and (not message_id or letter.message_id == message_id)
        ]

    def __len__(self) -> int:
        with self._lock:
            return len(self._letters)

    def close(self) -> None:
        """No more letters."""
        self._file.close()


class Post:
    """What the SMTP server does with a letter: keeps it, then says so."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The whole letter is here."""
        self.store.add(
            envelope.mail_from or "",
            envelope.rcpt_tos,
            cast("bytes", envelope.original_content),
        )
        return "250 OK"


class Pages(BaseHTTPRequestHandler):
    """The readable side."""

    store: Store
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The list, a letter, its HTML part alone, the JSON list, or "I am here"."""
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        found = re.fullmatch(r"/messages/(\d+)(/html)?", address.path)
        letter = self.store.get(int(found[1])) if found else None
        if address.path == "/":
            to = asked.get("to", "")
            self._answer("text/html", mailbox_pages.listing(self.store.find(to=to)[:200], to))
        elif address.path == "/messages.json":
            letters = self.store.find(
                to=asked.get("to", ""), message_id=asked.get("message_id", "")
            )
            body = json.dumps([each.as_json() for each in letters], ensure_ascii=False)
            self._answer("application/json", body)
        elif address.path == "/healthz":
            self._answer("text/plain", f"{len(self.store)} letters\n")
        elif letter and found and found[2]:
            self._answer("text/html", letter.part("html"))
        elif letter:
            self._answer("text/html", mailbox_pages.reading(letter))
        else:
            self._answer("text/plain", "Nothing here.\n", status=404)

    def _answer(self, kind: str, body: str, status: int = 200) -> None:
        """Send one page. Scripts never run in it."""
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'",
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses do not belong in a log."""


class Mailbox:
    """Both servers over one store. Port 0 takes a free one; the ports tell which."""

    def __init__(self, store: Store, post: Post | None = None) -> None:
        self.store = store
        self.post = post or Post(store)
        self.smtp_port = self.http_port = 0

    def conversation(self) -> SMTP:
        """One SMTP connection."""
        return SMTP(
            self.post,
            hostname="mailbox",
            enable_SMTPUTF8=True,
            data_size_limit=40_000_000,
        )

    async def serve(self, smtp_port: int, http_port: int, stop: asyncio.Event) -> None:
        """Listen on loopback until told to stop."""
        loop = asyncio.get_running_loop()
        pages = type("PagesOfThisStore", (Pages,), {"store": self.store})
        web = ThreadingHTTPServer(("127.0.0.1", http_port), pages)
        web.daemon_threads = True
        post_office = await loop.create_server(self.conversation, "127.0.0.1", smtp_port)
        self.smtp_port = post_office.sockets[0].getsockname()[1]
        self.http_port = web.server_address[1]
        threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True).start()
        self.ready()
        try:
            await stop.wait()
        finally:
            post_office.close()
            await loop.run_in_executor(None, web.shutdown)
            web.server_close()

    def ready(self) -> None:
        """Both servers listen now."""
        print(
            f"mailbox: smtp {self.smtp_port}, pages http://127.0.0.1:{self.http_port}",
            flush=True,
        )


async def until_told(mailbox: Mailbox, smtp_port: int, http_port: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await mailbox.serve(smtp_port, http_port, stop)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m config.mailbox", description=__doc__)
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--http-port", type=int, default=8025)
    parser.add_argument("--store", type=Path, required=True, help="where letters are kept")
    asked = parser.parse_args()
    store = Store(asked.store)
    asyncio.run(until_told(Mailbox(store), asked.smtp_port, asked.http_port))
    store.close()


if __name__ == "__main__":
    main()
