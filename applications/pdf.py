"""Is this file a PDF that a reader can open? Judged by a child process with limits."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS = 8


@dataclass(frozen=True)
class Verdict:
    """`pages` of a sound PDF, or the `problem`: not_pdf, password, broken or long."""

    pages: int = 0
    problem: str = ""


def inspect(file: UploadedFile) -> Verdict:
    """Judge an upload; the file is left rewound. A crash or time-out of the child is a broken PDF."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head != b"%PDF-":
        return Verdict(problem="not_pdf")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        return _ask_child(copy.name)


def _ask_child(path: str) -> Verdict:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD), path],
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={},
        )
        return Verdict(**json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError, TypeError):
        return Verdict(problem="broken")
