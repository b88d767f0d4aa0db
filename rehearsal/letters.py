"""The letters that the mail server took, read from its own file as it grows."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from config.mailbox import Kept


class Letters:
    """Every letter that arrived so far, by address; safe to ask from several threads."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "letters.jsonl"
        self.lock = threading.Lock()
        self.every: list[Kept] = []
        self.by_address: dict[str, list[Kept]] = defaultdict(list)
        self._read = 0

    def look(self) -> None:
        """Take in what came since the last look; a line that is being written does not count yet."""
        if not self.file.exists():
            return
        with self.lock, self.file.open("rb") as file:
            file.seek(self._read)
            whole, cut, _rest = file.read().rpartition(b"\n")
            self._read += len(whole) + len(cut)
            for line in whole.splitlines():
                entry = json.loads(line)
                raw = entry["raw"].encode("latin-1")
                kept = Kept(
                    len(self.every) + 1, entry["from"], entry["to"], entry["received_at"], raw
                )
                self.every.append(kept)
                for address in kept.to:
                    self.by_address[address.lower()].append(kept)

    def to(self, address: str, *, after: int = 0) -> list[Kept]:
        """The letters to an address, the oldest first, without the first so many."""
        self.look()
        with self.lock:
            return self.by_address[address.lower()][after:]

    def find(self, address: str, wanted: Callable[[Kept], bool], *, after: int = 0) -> Kept | None:
        """The newest letter to an address that is the wanted one."""
        return next(
            (kept for kept in reversed(self.to(address, after=after)) if wanted(kept)), None
        )
