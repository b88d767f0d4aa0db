"""The mail server of the bench: the mailbox, and it syncs each letter to the disk before it says "received".

A real mail server does (RFC 5321, 4.2.5: from its "250" on the letter is its own to keep); one that keeps
letters in memory would make the floor look better than any that letters really go to.
"""

import argparse
import asyncio
import os
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.mailbox import Mailbox, Post, Store, until_told


class Careful(Post):
    """Keeps a letter, syncs it while other conversations go on, then says so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The whole letter is here."""
        said = await super().handle_DATA(server, session, envelope)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, os.fdatasync, self.store._file.fileno())
        return said


def main() -> None:
    """The same command line as the mailbox's."""
    parser = argparse.ArgumentParser(prog="python -m bench.sink", description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--store", type=Path, required=True)
    asked = parser.parse_args()
    store = Store(asked.store)
    mailbox = Mailbox(store, Careful(store))
    asyncio.run(until_told(mailbox, asked.smtp_port, asked.http_port))
    store.close()


if __name__ == "__main__":
    main()
