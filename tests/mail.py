"""A real SMTP server for tests, with a difficult temper where a test wants one."""

import asyncio
import contextlib
import logging
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.mailbox import Mailbox, Post, Store


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
        self.taken: WeakKeyDictionary[SMTP, int] = WeakKeyDictionary()  # by connection
        self.connections = 0

    async def handle_MAIL(
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

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """To whom."""
        self.seen[address] += 1
        first = self.seen[address] == 1
        if address.startswith("crash"):
            cut(server)
        if address.startswith("tarpit"):
            await self.dawdle(server)
        if address.startswith("busy") and first:
            return "450 Come back later"
        if address.startswith("closing") and first:
            return "421 Closing"
        if address.startswith("never"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The letter."""
        address = envelope.rcpt_tos[0]
        if address.startswith("spam"):
            return "554 Not this text"
        answer = await super().handle_DATA(server, session, envelope)
        self.taken[server] += 1
        if address.startswith("mute"):
            cut(server)
        return answer

    @staticmethod
    async def dawdle(server: SMTP) -> None:
        """Always say something, never come to the end: no time-out of a socket is ever reached."""
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while server.transport and not server.transport.is_closing():
                await server.push("250-Wait")
                await asyncio.sleep(0.2)


class TestMailbox(Mailbox):
    """Says when it listens, to a thread."""

    __test__ = False

    def __init__(self, store: Store, post: Post) -> None:
        super().__init__(store, post)
        self.listening = threading.Event()

    def ready(self) -> None:
        """Both servers listen now."""
        self.listening.set()

    @property
    def difficult(self) -> DifficultPost:
        """Its temper."""
        assert isinstance(self.post, DifficultPost)
        return self.post

    def counted(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(letter.message_id for letter in self.store.find())


# It logs each command, and a traceback for each client that was killed: that is what these tests are for.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


@contextlib.contextmanager
def serving(smtp_port: int = 0) -> Iterator[TestMailbox]:
    """A mailbox in a thread, and its letters in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="mila-mailbox-") as folder:
        store = Store(Path(folder))
        mailbox = TestMailbox(store, DifficultPost(store))
        stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

        async def serve() -> None:
            stop.append((asyncio.get_running_loop(), asyncio.Event()))
            await mailbox.serve(smtp_port, 0, stop[0][1])

        thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        thread.start()
        assert mailbox.listening.wait(10)
        try:
            yield mailbox
        finally:
            loop, event = stop[0]
            loop.call_soon_threadsafe(event.set)
            thread.join(10)
            store.close()
