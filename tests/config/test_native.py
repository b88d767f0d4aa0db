"""The commands and variables of docker-compose.yml, on this machine: the whole deployment but its containers.

PostgreSQL as careful as in production, a broker, an SMTP server, secrets as files; then the very programs.
"""

import contextlib
import http.client
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config.embedded import VAULT_ROLE, Postgres, Valkey
from config.processes import Process, free_port, wait_for
from tests.config.deployment import ADDRESSES, Native, secrets
from tests.config.production import KEY, ROOT
from tests.mail import TestMailbox, serving

HOST = ADDRESSES["ALLOWED_HOSTS"]


class Deployment:
    """Every service of ours, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.started: list[Process] = []

    def native(self, name: str) -> Native:
        return Native(name, self.folder, self.port)

    def run_to_the_end(self, name: str) -> subprocess.CompletedProcess[str]:
        here = self.native(name)
        return self.run(here.command, here.environment)

    @staticmethod
    def run(command: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
        program = shutil.which(command[0], path=settings["PATH"])
        assert program, command
        return subprocess.run(
            [program, *command[1:]], cwd=ROOT, env=settings, capture_output=True, text=True
        )

    def start(self, name: str) -> Process:
        here = self.native(name)
        program = shutil.which(here.command[0], path=here.environment["PATH"])
        assert program
        process = Process(
            name,
            [program, *here.command[1:]],
            log=self.folder / f"{name}.log",
            folder=ROOT,
            environment=here.environment,
        )
        process.launch()
        self.started.append(process)
        return process

    def is_well(self, name: str) -> bool:
        here = self.native(name)
        return self.run(here.health, here.environment).returncode == 0

    def logs(self) -> str:
        return "\n".join(process.log.read_text() for process in self.started)


@pytest.fixture
def mailbox() -> Iterator[TestMailbox]:
    with serving() as server:
        yield server


@pytest.fixture
def deployment(
    short_path: Path, durable_postgres: Postgres, own_valkey: Valkey, mailbox: TestMailbox
) -> Iterator[Deployment]:
    whole = Deployment(short_path)
    given = {
        "secret_key": KEY,
        "sealing_keys": KEY[5:] + KEY[:5],
        "vault_keys": KEY[9:] + KEY[:9],
        "database_url": durable_postgres.url(),
        "vault_database_url": durable_postgres.url(role=VAULT_ROLE),
        "redis_url": own_valkey.url,
        "email_url": f"smtp://127.0.0.1:{mailbox.smtp_port}",
        "email_url_2": "",
    }
    secrets(short_path, given)
    yield whole
    for process in reversed(whole.started):
        process.stop()


class Browser:
    """What the proxy passes on for one visitor, cookies kept."""

    def __init__(self, port: int, scheme: str = "https") -> None:
        self.port, self.scheme = port, scheme
        self.cookies = SimpleCookie()

    def ask(
        self, path: str, fields: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": self.scheme,
            "X-Forwarded-For": "192.0.2.7",
            "Origin": f"https://{HOST}",
            "Cookie": "; ".join(f"{c.key}={c.value}" for c in self.cookies.values()),
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(line):
            line.request("GET" if fields is None else "POST", path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer, text


class Token(HTMLParser):
    """Finds the hidden token of a form."""

    value = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("name") == "csrfmiddlewaretoken":
            self.value = given.get("value") or ""


def token_of(page: str) -> str:
    parser = Token()
    parser.feed(page)
    return parser.value


def collect(deployment: Deployment) -> None:
    """What the image does when it is built."""
    here = deployment.native("web").environment
    done = deployment.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], here
    )
    assert done.returncode == 0, done.stderr


def see_pages(deployment: Deployment) -> None:
    answer, page = Browser(deployment.port).ask("/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert 'lang="fr-CA"' in page
    plain, _ = Browser(deployment.port, scheme="http").ask("/")
    assert plain.status == 301
    assert plain.headers["Location"] == f"https://{HOST}/"
    english, page = Browser(deployment.port).ask("/en/")
    assert english.status == 200
    assert 'lang="en-CA"' in page
    sheet = page.partition("/static/css/app.")[2].partition('"')[0]
    assert Browser(deployment.port).ask(f"/static/css/app.{sheet}")[0].status == 200


def ask_for_a_code(deployment: Deployment, address: str) -> None:
    visitor = Browser(deployment.port)
    _, page = visitor.ask("/account/sign-in/")
    fields = {"csrfmiddlewaretoken": token_of(page), "email": address}
    answer, _ = visitor.ask("/account/sign-in/", fields)
    assert answer.status == 302, answer.status
    assert {"__Host-session", "__Host-csrf"} <= set(visitor.cookies)
    for cookie in visitor.cookies.values():
        assert cookie["secure"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.fault
def test_a_deployment_comes_up_sends_a_letter_and_goes_down(
    deployment: Deployment, mailbox: TestMailbox
) -> None:
    collect(deployment)
    migrated = deployment.run_to_the_end("migrate")
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    assert "no issues" in migrated.stdout
    started = [deployment.start(name) for name in ("web", "worker", "beat")]
    for name in ("web", "beat"):
        assert wait_for(partial(deployment.is_well, name), 60, pause=0.5), deployment.logs()
    see_pages(deployment)
    ask_for_a_code(deployment, "zoe@example.org")
    assert wait_for(lambda: bool(mailbox.store.find(to="zoe@example.org")), 30), deployment.logs()
    (letter,) = mailbox.store.find(to="zoe@example.org")
    assert letter.sender == "admissions@example.org"
    assert "zoe@example.org" not in deployment.logs()
    assert deployment.is_well("worker"), deployment.logs()
    for process in started:
        assert process.popen
        process.popen.terminate()
    assert [process.popen.wait(40) for process in started if process.popen] == [0, 0, 0]
    assert not deployment.is_well("web")
