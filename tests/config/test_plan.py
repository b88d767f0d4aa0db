"""What `make run` starts: everything, or everything but what the person gave an address for."""

import http.server
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.plan import ROOT, Plan, fetches, folder_of, kept_secret, port_of

GIVEN = {
    "DATABASE_URL": "postgresql://db/mila",
    "REDIS_URL": "redis://broker/0",
    "EMAIL_URL": "smtp://mail.example.com",
}


def test_everything_is_embedded_unless_given(tmp_path: Path) -> None:
    plan = Plan(tmp_path, 8000, {})
    assert plan.postgres
    assert plan.valkey
    assert plan.mail_ports
    now = plan.environment()
    assert now["DATABASE_URL"] == plan.postgres.url()
    assert now["EMAIL_URL"] == f"smtp://127.0.0.1:{plan.mail_ports[0]}"
    assert now["OUTBOX_EVIDENCE"].endswith("MailboxEvidence")
    assert now["SITE_URL"] == "http://localhost:8000"


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("suffix", ["", "_FILE"])
def test_each_part_is_replaced_alone(tmp_path: Path, name: str, suffix: str) -> None:
    plan = Plan(tmp_path, 8000, {name + suffix: GIVEN[name]})
    now = plan.environment()
    ours = [part for part in GIVEN if now.get(part) not in {None, GIVEN[part]}]
    assert name not in ours
    assert len(ours) == 2
    assert now[name + suffix] == GIVEN[name]


def test_with_mail_elsewhere_there_is_no_mailbox(tmp_path: Path) -> None:
    plan = Plan(tmp_path, 8000, GIVEN)
    assert plan.mail_server() is None
    assert plan.mailbox == ""
    assert plan.record()["mailbox_json"] == ""
    assert "OUTBOX_EVIDENCE" not in plan.environment()


def test_the_secret_outlives_a_restart_and_is_ours_alone(tmp_path: Path) -> None:
    first = kept_secret(tmp_path)
    assert len(first) >= 50
    assert kept_secret(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert (
        Plan(tmp_path, 8000, GIVEN | {"SECRET_KEY": "given"}).environment()["SECRET_KEY"] == "given"
    )


@pytest.mark.parametrize("raw", ["abc", "0", "65536", "-1", "80 00"])
def test_a_port_that_is_none_is_said(raw: str) -> None:
    with pytest.raises(ValueError, match="PORT must be a number from 1 to 65535"):
        port_of({"PORT": raw})


def test_where_and_on_which_port(tmp_path: Path) -> None:
    assert port_of({}) == 8000
    assert port_of({"PORT": "9"}) == 9
    assert folder_of({}) == ROOT / "var"
    assert folder_of({"VAR_DIR": str(tmp_path)}) == tmp_path


class Answer(http.server.BaseHTTPRequestHandler):
    """200 at /good, 503 elsewhere."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/good" else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_answers_with_200_or_not_at_all(site: str) -> None:
    assert fetches(f"{site}/good")
    assert not fetches(f"{site}/bad")
    assert not fetches("http://127.0.0.1:9/")
    assert not fetches("nonsense")
