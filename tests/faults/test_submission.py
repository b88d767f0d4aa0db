"""A submission while the broker, the mail server and the scanner are away, and when the web server is killed."""

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from config.processes import Process, free_port, wait_for
from tests import torture
from tests.faults.stage import ROOT, Stage

pytestmark = pytest.mark.fault
TOKEN = "a" * 32
NOWHERE = "127.0.0.1:9"


class Web:
    """The product's web server on a port of its own, and one applicant's browser."""

    def __init__(self, stage: Stage, died: Path, **more: str) -> None:
        self.stage, self.port = stage, free_port()
        self.process = Process(
            "web",
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"),
                "tests.faults.dying:application",
            ],
            log=died.parent / "web.log",
            folder=ROOT,
            environment=stage.environment(
                WEB_BIND=f"127.0.0.1:{self.port}",
                **{"WEB_WORKERS": "1", "DIED": str(died), **more},
            ),
        )
        self.process.launch()
        stage.processes.append(self.process)
        assert wait_for(self.answers, 60), self.process.tail()

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/healthz").status < 600
        except OSError:
            return False

    def ask(self, method: str, path: str, fields: Any = None, cookie: str = "") -> Any:
        """One request; the answer with its body read."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"csrftoken={TOKEN}; {cookie}"}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, urlencode(fields, doseq=True) if fields else None, headers)
            answer = line.getresponse()
            answer.read()
            return answer
        finally:
            line.close()

    def draft(self) -> dict[str, Any]:
        """A whole draft of a new person, with their session."""
        return self.drafts(1)[0]

    def drafts(self, count: int) -> list[dict[str, Any]]:
        """So many."""
        with self.stage.python("-m", "tests.faults.applicant", str(count)) as process:
            said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return [json.loads(line) for line in said.splitlines()[-count:]]

    def submit(self, draft: dict[str, Any]) -> Any:
        """What the button of the last page sends."""
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "revision": draft["revision"],
            "declaration": ["true", "notice", "transfer"],
            "zone": "Africa/Dakar",
        }
        cookie = f"{draft['cookie']}={draft['session']}"
        return self.ask("POST", f"/applications/{draft['number']}/submit/", fields, cookie)

    def receipts(self, draft: dict[str, Any]) -> list[str]:
        """The receipts of this draft, as the database has them, each with its letter."""
        rows = self.stage.sql(
            "SELECT receipt FROM applications_submission s JOIN applications_application a"
            f" ON a.id = s.application_id WHERE a.number = '{draft['number']}'"
            " AND EXISTS (SELECT 1 FROM notifications_outgoingemail"
            " WHERE key = 'acknowledgement:' || receipt)"
        )
        return [receipt for (receipt,) in rows]


@pytest.fixture
def died(tmp_path: Path) -> Path:
    """Where the web server notes that it was killed once."""
    return tmp_path / "died"


def test_killed_after_commit_the_retry_gives_the_same_receipt(stage: Stage, died: Path) -> None:
    web = Web(stage, died)
    draft = web.draft()
    with pytest.raises((http.client.HTTPException, OSError)):
        web.submit(draft)
    assert died.exists()
    (receipt,) = web.receipts(draft)
    assert wait_for(web.answers, 30), web.process.tail()
    answer = web.submit(draft)
    assert answer.status == 302
    assert answer.headers["Location"] == f"/applications/receipt/{receipt}/"
    assert web.receipts(draft) == [receipt]
    assert "Every invariant holds." in stage.manage("check_invariants")


def test_without_broker_mail_server_and_scanner_a_submission_is_received(
    stage: Stage, died: Path
) -> None:
    died.touch()
    web = Web(
        stage,
        died,
        REDIS_URL=f"redis://{NOWHERE}/0",
        EMAIL_URL=f"smtp://{NOWHERE}?timeout=1",
        CLAMAV_URL=f"tcp://{NOWHERE}",
    )
    draft = web.draft()
    answer = web.submit(draft)
    assert answer.status == 302
    (receipt,) = web.receipts(draft)
    assert receipt in answer.headers["Location"]
    cookie = f"{draft['cookie']}={draft['session']}"
    assert web.ask("GET", answer.headers["Location"], cookie=cookie).status == 200


def test_people_submit_while_the_broker_is_flushed_and_dead(stage: Stage, died: Path) -> None:
    """Nobody notices; once it is back, each has an acknowledgement."""
    count = torture.of(10, 500)
    died.touch()
    web = Web(stage, died, WEB_WORKERS="2")
    drafts = web.drafts(count)
    stage.worker()
    stage.beat()
    stage.flush()
    stage.valkey.kill()

    def submit(draft: dict[str, Any]) -> tuple[int, float]:
        began = time.monotonic()
        return web.submit(draft).status, time.monotonic() - began

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(submit, drafts))
    assert {status for status, _took in answers} == {302}
    stage.valkey.start()
    stage.drain(120)
    stage.each_once(count)
    slowest = sorted(took for _status, took in answers)[int(count * 0.95)]
    torture.tell(
        f"{count} submissions without a broker: all accepted, 95 % within {slowest:.2f} s, all acknowledged."
    )
