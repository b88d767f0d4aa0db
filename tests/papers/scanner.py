"""A stand-in for ClamAV's daemon that speaks its protocol over a real socket, and finds EICAR."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two parts, so that no scanner mistakes this file for what it is about.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = "ClamAV 1.4.3/27830/Mon Nov 23 09:12:01 2026"


class Conversation(socketserver.StreamRequestHandler):
    """One command a connection, as clients of ours send it."""

    def handle(self) -> None:
        command = self.command()
        if self.server.silent:
            return
        if command == "zVERSION":
            self.wfile.write(VERSION.encode() + b"\0")
        elif command == "zINSTREAM":
            content = b"".join(self.pieces())
            self.server.seen.append(content)
            said = self.server.says or ("Eicar-Signature FOUND" if EICAR in content else "OK")
            self.wfile.write(f"stream: {said}".encode() + b"\0")

    def command(self) -> str:
        said = b""
        while (letter := self.rfile.read(1)) not in {b"", b"\0"}:
            said += letter
        return said.decode()

    def pieces(self) -> Iterator[bytes]:
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            yield self.rfile.read(size)


class Scanner(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Listens at a path; `says` overrules what it finds; `silent` hangs up."""

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        self.url = f"unix://{path}"
        self.seen: list[bytes] = []
        self.says, self.silent = "", False
        super().__init__(str(path), Conversation)


class ScannerByTcp(Scanner):
    """The same over TCP."""

    address_family = socket.AF_INET

    def __init__(self) -> None:
        self.seen, self.says, self.silent = [], "", False
        socketserver.TCPServer.__init__(self, ("127.0.0.1", 0), Conversation)
        self.url = f"tcp://127.0.0.1:{self.socket.getsockname()[1]}"


@contextmanager
def running(scanner: Scanner) -> Iterator[Scanner]:
    """Serve until the block ends."""
    thread = threading.Thread(target=scanner.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield scanner
    finally:
        scanner.shutdown()
        scanner.server_close()
        thread.join()
