"""A document on its way while the web server is killed: between two parts, and just after it was kept."""

import hashlib
import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
import pytest

from config.processes import wait_for
from tests import factories
from tests.faults.stage import Stage
from tests.faults.test_submission import TOKEN, Web

pytestmark = pytest.mark.fault
STEP = 50_000


class Sender:
    """The script of the documents step, in few words."""

    def __init__(self, web: Web) -> None:
        self.web, self.draft = web, web.draft()

    def post(self, path: str, body: bytes = b"", **headers: str) -> Any:
        """The status and the text of the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=30)
        session = f"{self.draft['cookie']}={self.draft['session']}"
        told = {"Cookie": f"csrftoken={TOKEN}; {session}", "X-CSRFToken": TOKEN, **headers}
        try:
            line.request("POST", path, body, told)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def begin(self, content: bytes) -> Any:
        """Where the parts go."""
        said = {
            "name": "diploma.pdf",
            "size": len(content),
            "head": content[:16].hex(),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        path = f"/applications/{self.draft['number']}/documents/diploma/begin/"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, text = self.post(path, urlencode(said).encode(), **form)
        assert status == 200, text
        return json.loads(text)

    def part(self, to: Any, content: bytes, start: int) -> int:
        """How many bytes are there now."""
        place = {"Upload-Offset": str(start), "Content-Type": "application/octet-stream"}
        status, text = self.post(to["part"], content[start : start + STEP], **place)
        assert status == 200, text
        return int(json.loads(text)["received"])

    def kept(self) -> int:
        """How many documents stand at the place."""
        ((count,),) = self.web.stage.sql(
            "SELECT count(*) FROM applications_document d JOIN applications_application a"
            f" ON a.id = d.application_id WHERE a.number = '{self.draft['number']}'"
            " AND d.slot = 'diploma'"
        )
        return int(count)


def kill_workers(web: Web) -> None:
    """What a machine out of memory does to the processes that answer."""
    assert web.process.popen
    for child in psutil.Process(web.process.popen.pid).children(recursive=True):
        child.kill()


def test_killed_between_two_parts_it_goes_on(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "died").touch()
    web = Web(stage, tmp_path / "died")
    sender, content = Sender(web), factories.pdf(text="x" * 400_000)
    to = sender.begin(content)
    received = sender.part(to, content, 0)
    kill_workers(web)
    assert wait_for(web.answers, 30), web.process.tail()
    assert sender.begin(content) == {**to, "received": received}
    while received < len(content):
        received = sender.part(to, content, received)
    status, row = sender.post(to["finish"])
    assert (status, "diploma.pdf" in row, sender.kept()) == (200, True, 1)
    assert "Every invariant holds." in stage.manage("check_invariants")


def test_killed_after_it_was_kept_it_is_there_once(stage: Stage, tmp_path: Path) -> None:
    web = Web(stage, tmp_path / "died", DIES_AT="/finish/")
    sender, content = Sender(web), factories.pdf(text="y" * 400)
    to = sender.begin(content)
    sender.part(to, content, 0)
    with pytest.raises((http.client.HTTPException, OSError)):
        sender.post(to["finish"])
    assert (tmp_path / "died").exists()
    assert wait_for(web.answers, 30), web.process.tail()
    status, _row = sender.post(to["finish"])
    assert (status, sender.kept()) == (200, 1)
