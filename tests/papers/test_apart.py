"""No web server and no worker ever holds a parser of files: not at the start, and not after judging one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import factories

ROOT = Path(__file__).resolve().parents[2]
WEB = "from config.wsgi import application; from django.urls import get_resolver; get_resolver().url_patterns"
WORKER = "from config.celery import app; app.loader.import_default_modules(); app.tasks"
JUDGE = """
import sys
from django.core.files.uploadedfile import SimpleUploadedFile
from papers.pdf import inspect, inspector
content = sys.stdin.buffer.read()
said = inspect(SimpleUploadedFile("x.pdf", content))
assert (said.pages, bool(said.preview)) == (2, True), said
assert inspector().ask(sys.argv[1], do="clean", out=sys.argv[2]).pages == 2
print(*{"pikepdf", "pypdfium2", "pypdf", "PIL"} & set(sys.modules))
"""


@pytest.mark.parametrize("process", [WEB, WORKER], ids=["web", "worker"])
def test_no_parser_is_loaded(process: str, tmp_path: Path) -> None:
    original = tmp_path / "x.pdf"
    original.write_bytes(factories.pdf(2))
    ended = subprocess.run(
        [sys.executable, "-c", process + JUDGE, str(original), str(tmp_path / "clean.pdf")],
        input=factories.pdf(2),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert ended.stderr.decode() == ""
    assert ended.stdout.decode().split() == []
