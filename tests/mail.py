"""The difficult mail server in a thread, for tests."""

import asyncio
import contextlib
import logging
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from config.mailbox import Mailbox, Post, Store
from rehearsal.post import DifficultPost


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
