"""Compiles the French texts without gettext's programs, which a laptop may not have."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogue(source: Path) -> Path:
    """Write the .mo beside a .po, whole or not at all, and leave it alone when it is newer. Fuzzy entries stay out."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return target
    with source.open("rb") as text:
        catalogue = read_po(text, abort_invalid=True)
    handle, temporary = tempfile.mkstemp(dir=source.parent, suffix=".mo.part")
    with os.fdopen(handle, "wb") as compiled:
        write_mo(compiled, catalogue)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
    return target


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Every catalogue of the product."""
    return [compile_catalogue(source) for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
