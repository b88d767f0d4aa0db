"""Our own PDFs, tagged for every reader (PDF/UA-1): a typst source of ours and plain data, set in a process with limits."""

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _

from audit.moves import Refused

CHILD = Path(__file__).with_name("child") / "press.py"
SOURCES = settings.BASE_DIR / "templates" / "print"
FONTS = settings.BASE_DIR / "static" / "vendor" / "fonts" / "print"
SECONDS = 8
KEPT_SECONDS = 600
# Joiners shape Persian and Indic words. The other invisible marks can turn a line around, so they are left out.
JOINERS = "\u200c\u200d"
NO_SIGN = "\ufffd"
BEYOND_OUR_FONTS = re.compile("[\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Text that our fonts can show whole: what has no sign in them is written as its number, `[U+20BB7]`."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if sign.isspace():
            kept.append(" " if category == "Cc" else sign)
        elif category != "Cf" or sign in JOINERS:
            unknown = category in ("Cc", "Cn", "Co", "Cs")
            kept.append(NO_SIGN if unknown else sign)
    return BEYOND_OUR_FONTS.sub(lambda found: f"[U+{ord(found[0]):X}]", "".join(kept))


def cleaned(data: Any) -> Any:
    """The same data with every text made plain."""
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, dict):
        return {name: cleaned(value) for name, value in data.items()}
    return [cleaned(value) for value in data] if isinstance(data, list | tuple) else data


def set_pdf(source: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """The PDF of a source of `templates/print/` with this data; the same words give the same bytes.

    `at` is written into it as its date. Raises Refused when it cannot be made now.
    """
    job = {
        "source": str(SOURCES / source),
        "root": str(SOURCES),
        "fonts": str(FONTS),
        "data": cleaned(data),
        "at": int(at.timestamp()),
    }
    asked = json.dumps(job, sort_keys=True)
    written = (SOURCES / source).read_bytes() + asked.encode()
    key = f"press:{hashlib.sha256(written).hexdigest()}"
    pdf: bytes | None = caches["pages"].get(key)
    if pdf is None:
        pdf = _run(asked)
        caches["pages"].set(key, pdf, KEPT_SECONDS)
    return pdf


def _run(asked: str) -> bytes:
    """One child for one document."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=asked.encode(),
            capture_output=True,
            timeout=SECONDS,
            env={"RAYON_NUM_THREADS": "1"},  # as few as the limits of memory allow for
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise Refused(
            _("This PDF cannot be made at the moment. Try again in a minute, or print the page.")
        ) from error
    return done.stdout
