"""A mail server with a difficult temper: it refuses, drops and dawdles where a rehearsal or a test wants it to.

`python -m rehearsal.post --smtp-port 2525 --http-port 8025 --store DIR`: each letter it takes is kept in DIR; DIR/tempers.json
says whose letters meet which temper, and may change at any time; DIR/trouble.log counts what was not taken at once.
"""

import argparse
import asyncio
import contextlib
import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.mailbox import Mailbox, Post, Store, until_told

ANSWERS = {"busy": "450 Come back later", "closing": "421 Closing", "never": "550 No such person"}
FIRST_TIME = ("busy", "closing")
TEMPERS = (*ANSWERS, "spam", "mute", "tarpit", "crash")


def cut(server: SMTP) -> None:
    """End the connection without a word."""
    cast("asyncio.Transport", server.transport).abort()


class DifficultPost(Post):
    """Refuses, drops and dawdles as the local part of the address says, and as its switches say.

    `busy…` is refused with 450 the first time it is seen, `never…` with 550, `closing…` with 421 the first
    time; `spam…` is refused after its text; `mute…` is taken and not answered; `tarpit…` is answered a line
    a second, for ever; `crash…` loses the connection before anything is said.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.drop_after = 0  # letters on one connection; 0 never drops
        self.refuse_all = ""  # an answer to every MAIL FROM
        self.seen: Counter[str] = Counter()
        self.met: Counter[tuple[str, str]] = Counter()  # the same, by the temper of that moment
        self.taken: WeakKeyDictionary[SMTP, int] = WeakKeyDictionary()  # by connection
        self.connections = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who writes."""
        if server not in self.taken:
            self.taken[server] = 0
            self.connections += 1
        if self.drop_after and self.taken[server] >= self.drop_after:
            cut(server)
        if self.refuse_all:
            return self.refuse_all
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """To whom."""
        temper = self.temper(address)
        self.seen[address] += 1
        self.met[address, temper] += 1
        if temper in FIRST_TIME and self.met[address, temper] > 1:
            temper = ""
        if temper in ("crash", "tarpit", *ANSWERS):
            self.trouble(temper)
        if temper == "crash":
            cut(server)
        if temper == "tarpit":
            await self.dawdle(server)
        if temper in ANSWERS:
            return ANSWERS[temper]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter."""
        temper = self.temper(envelope.rcpt_tos[0])
        if temper in ("spam", "mute"):
            self.trouble(temper)
        if temper == "spam":
            return "554 Not this text"
        answer = await super().handle_DATA(server, session, envelope)
        self.taken[server] += 1
        if temper == "mute":
            cut(server)
        return answer

    def temper(self, address: str) -> str:
        """Which temper the letters to an address meet."""
        return next((word for word in TEMPERS if address.startswith(word)), "")

    def trouble(self, temper: str) -> None:
        """One more letter was not taken at once."""

    @staticmethod
    async def dawdle(server: SMTP) -> None:
        """Always say something, never come to the end: no time-out of a socket is ever reached."""
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while server.transport and not server.transport.is_closing():
                await server.push("250-Wait")
                await asyncio.sleep(0.2)


class MoodyPost(DifficultPost):
    """The same tempers, by the list of addresses beside the letters; what it refused is written down."""

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store)
        self.list, self.log = folder / "tempers.json", folder / "trouble.log"
        self.read_at = 0
        self.tempers: dict[str, str] = {}

    def temper(self, address: str) -> str:
        """What the list says of an address now; the list is read again when it has changed."""
        with contextlib.suppress(FileNotFoundError):
            if (at := self.list.stat().st_mtime_ns) != self.read_at:
                self.tempers, self.read_at = json.loads(self.list.read_text()), at
        return self.tempers.get(address.lower(), "")

    def trouble(self, word: str) -> None:
        """One more letter was not taken at once."""
        with self.log.open("a") as log:
            log.write(f"{word}\n")


def main() -> None:
    """The command line."""
    logging.getLogger("mail.log").setLevel(
        logging.CRITICAL
    )  # a traceback for each connection it cut
    parser = argparse.ArgumentParser(prog="python -m rehearsal.post", description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--store", type=Path, required=True)
    asked = parser.parse_args()
    store = Store(asked.store)
    mailbox = Mailbox(store, MoodyPost(store, asked.store))
    asyncio.run(until_told(mailbox, asked.smtp_port, asked.http_port))
    store.close()


if __name__ == "__main__":
    main()
