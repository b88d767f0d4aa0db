"""Files that are whole or absent: written aside, synced, then given their name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class AtomicStorage(FileSystemStorage):
    """File-system storage for content-addressed names: the same name is the same bytes.

    Django's own storage leaves a truncated file under its final name when the disk is full.
    """

    troubles = (OSError,)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name is the content, so it is always available."""
        return name

    def link(self, name: str, *, disposition: str) -> str:
        """No address of its own: we hand the bytes out ourselves."""
        return ""

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """The name of each file and when it was kept; what a killed process had begun is among them."""
        root = Path(self.location)
        for path in root.rglob("*"):
            with suppress(FileNotFoundError):  # renamed or swept since
                if path.is_file():
                    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    yield str(path.relative_to(root)), at

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                self._pour(content, out)
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return name

    @staticmethod
    def _pour(content: File, out: IO[bytes]) -> None:
        for chunk in content.chunks():
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
