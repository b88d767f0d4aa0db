"""The virus scanner's own protocol: a file goes in piece by piece, one line comes back."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

CHUNK = 64 * 1024
SECONDS = 30.0


class Away(Exception):
    """The scanner cannot be reached, or cannot say."""


def connect(url: str) -> socket.socket:
    """A connection to `unix:///path` or `tcp://host:port`."""
    where = urlsplit(url)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((where.hostname, where.port or 3310), SECONDS)


def ask(url: str, command: bytes, pieces: Iterable[bytes] = ()) -> str:
    """What the scanner answers to one command. Raises Away."""
    try:
        with connect(url) as line:
            line.sendall(b"z" + command + b"\0")
            for piece in pieces:
                line.sendall(struct.pack("!L", len(piece)) + piece)
            with line.makefile("rb") as answer:
                return answer.readline(1000).strip(b"\0\n").decode("utf-8", "replace")
    except OSError as error:
        raise Away(str(error)) from error


def version(url: str) -> str:
    """Which scanner with which signatures: `ClamAV 1.4.3/27700/Mon Nov 23 …`. Raises Away."""
    return ask(url, b"VERSION")[:120]


def virus_in(pieces: Iterable[bytes], url: str) -> str:
    """The name of what was found in a file, or nothing. Raises Away."""
    parts = (piece[at : at + CHUNK] for piece in pieces for at in range(0, len(piece), CHUNK))
    said = ask(url, b"INSTREAM", (*parts, b""))
    name = said.removeprefix("stream: ")
    if name == "OK":
        return ""
    if name.endswith(" FOUND"):
        return name.removesuffix(" FOUND")
    raise Away(said or "The scanner said nothing.")
