"""An upload that broke off leaves nothing that counts, and the next one works: full disk, killed web server."""

import hashlib
import http.client
import json
import random
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import User
from applications.models import Application, Document
from audit.invariants import broken
from audit.moves import Refused
from config.processes import Process, free_port, wait_for
from papers.models import CheckedFile
from tests import factories, torture
from tests.faults.stage import ROOT, Stage, sigkill

pytestmark = pytest.mark.fault
KILLS = torture.of(8, 100)
AN_ACCOUNT = 8  # so many documents of one person, sent twice at times: there is a limit
TOKEN = "a" * 32
DOCUMENTS = "SELECT DISTINCT sha256 FROM applications_document"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The kernel lets no file of ours grow beyond so many bytes, as on a disk that is full by then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: Path) -> list[Path]:
    """Every file, half ones too."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_full_disk_again_and_again(amina: User) -> None:
    draft: Application = factories.draft(amina, factories.cycle(), complete=False)
    content = factories.pdf(20, "full")
    dice, turns = random.Random(1), torture.of(60, 200)
    folder = Path(default_storage.path(""))
    for _turn in range(turns):
        with (
            room_for(dice.randrange(len(content))),
            pytest.raises(Refused, match=r"try again|réessayez"),
        ):
            factories.attach(draft, "cv", content)
        assert files_in(folder) == []
    assert not Document.objects.exists()
    assert not CheckedFile.objects.exists()
    factories.attach(draft, "cv", content)
    assert factories.check() == 1
    assert broken() == []
    torture.tell(f"A full disk {turns} times: 0 partial files or rows, the retry works.")


class Applicant:
    """Sends documents through the front door, and knows which were received."""

    def __init__(self, stage: Stage, port: int) -> None:
        with stage.python("-m", "tests.faults.applicant") as process:
            said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        known = json.loads(said.splitlines()[-1])
        self.port, self.path = port, reverse("document_upload", args=[known["number"], "cv"])
        self.cookies = {known["cookie"]: known["session"], settings.CSRF_COOKIE_NAME: TOKEN}

    def sends(self, content: bytes) -> bool:
        """Whether the site said that it received this PDF; no, when the line broke."""
        body = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--x--\r\n"
        )
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": TOKEN,
            "Content-Type": "multipart/form-data; boundary=x",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("POST", self.path, body, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        assert answer.status == 302, answer.status
        return True


@pytest.fixture
def web(engines: Stage, stage: Stage) -> Iterator[Process]:
    """A real web server of one worker, which starts again when it is killed."""
    port = free_port()
    process = Process(
        "web",
        [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"],
        log=stage.folder / "web.log",
        folder=ROOT,
        environment=stage.environment(WEB_BIND=f"127.0.0.1:{port}", WEB_WORKERS="1"),
    )
    process.launch()
    process.port = port
    yield process
    process.stop()


def workers_of(web: Process) -> list[psutil.Process]:
    """The process that answers, without the one that watches over it."""
    return psutil.Process(web.pid).children()


def test_a_web_server_killed_during_uploads(stage: Stage, web: Any) -> None:
    assert wait_for(lambda: bool(workers_of(web)), 60)
    dice = random.Random(2)
    people = [Applicant(stage, web.port) for _account in range(0, KILLS, AN_ACCOUNT)]
    before = {sha for (sha,) in stage.sql(DOCUMENTS)}
    received, broke = set(), 0
    for turn in range(KILLS):
        someone = people[turn // AN_ACCOUNT]
        content = factories.pdf(3, f"turn {turn}")
        bomb = threading.Timer(dice.uniform(0.001, 0.12), lambda: sigkill(workers_of(web)))
        bomb.start()
        broke += not someone.sends(content)
        bomb.join()
        assert wait_for(partial(someone.sends, content), 30)
        received.add(hashlib.sha256(content).hexdigest())
    assert broke >= 1, "nothing was killed in time"
    assert {sha for (sha,) in stage.sql(DOCUMENTS)} - before == received
    folder = stage.folder / "var" / "files" / "documents"
    for path in files_in(folder):
        if not path.name.startswith(".part-"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    assert "Every invariant holds." in stage.manage("check_invariants")
    torture.tell(
        f"{KILLS} uploads, the web server killed in {broke}: 0 partial, every retry works."
    )
