"""What `make run` starts and with which environment, from what the person set and what they left to us."""

import os
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.embedded import VAULT_ROLE, Postgres, Valkey
from config.processes import Process, free_port, port_is_free

ROOT = Path(__file__).resolve().parent.parent


def given(environment: Mapping[str, str], name: str) -> bool:
    """Whether the person gave this setting, itself or as a file."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def kept_secret(folder: Path, name: str = "secret_key") -> str:
    """A secret of this folder: made on the first start, so that what depends on it outlives a restart."""
    path = folder / name
    if not path.exists():
        part = folder / f"{name}.part"
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(50))
        part.replace(path)
    return path.read_text().strip()


def fetches(url: str) -> bool:
    """Whether a page answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


class Page(Process):
    """A process that serves pages: it answers when its health page does."""

    def __init__(self, *arguments: Any, health: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.health = health

    def answers(self) -> bool:
        """Whether the health page answers."""
        return self.pid is not None and fetches(self.health)


class Plan:
    """The engines, the mailbox and the product's own processes, for one folder and one port."""

    def __init__(self, folder: Path, port: int, environment: Mapping[str, str]) -> None:
        self.folder, self.port = folder, port
        self.logs = folder / "logs"
        self.given = environment
        self.base = environment.get("SITE_URL") or f"http://localhost:{port}"
        self.postgres = (
            None if given(environment, "DATABASE_URL") else Postgres(folder / "postgres")
        )
        self.valkey = None if given(environment, "REDIS_URL") else Valkey(folder / "valkey")
        self.mail_ports = None if given(environment, "EMAIL_URL") else self._mail_ports()

    def _mail_ports(self) -> tuple[int, int]:
        pages = next(
            (port for port in range(self.port + 1, self.port + 20) if port_is_free(port)), 0
        )
        return free_port(), pages or free_port()

    @property
    def mailbox(self) -> str:
        """The address of the mailbox's page; empty when mail goes elsewhere."""
        return f"http://localhost:{self.mail_ports[1]}" if self.mail_ports else ""

    def environment(self) -> dict[str, str]:
        """What every process of the product gets. The engines must have been started."""
        ours = {
            **self.given,
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), self.given.get("PYTHONPATH")])),
            "VAR_DIR": str(self.folder),
            "SITE_URL": self.base,
            "WEB_BIND": f"127.0.0.1:{self.port}",
        }
        if not given(self.given, "SECRET_KEY"):
            ours["SECRET_KEY"] = kept_secret(self.folder)
        if not given(self.given, "SEALING_KEYS"):
            ours["SEALING_KEYS"] = kept_secret(self.folder, "sealing_key")
        if not given(self.given, "VAULT_KEYS"):
            ours["VAULT_KEYS"] = kept_secret(self.folder, "vault_key")
        if self.postgres:
            ours["DATABASE_URL"] = self.postgres.url()
            ours["VAULT_DATABASE_URL"] = self.postgres.url(role=VAULT_ROLE)
        if self.valkey:
            ours["REDIS_URL"] = self.valkey.url
        if self.mail_ports:
            ours["EMAIL_URL"] = f"smtp://127.0.0.1:{self.mail_ports[0]}"
            ours["MAILBOX_URL"] = self.mailbox
            ours["OUTBOX_EVIDENCE"] = "notifications.evidence.MailboxEvidence"
            ours["OUTBOX_EVIDENCE_URL"] = self.mailbox
        return ours

    def record(self) -> dict[str, str]:
        """The addresses of run.json."""
        now = self.environment()
        return {
            "base": self.base,
            "mailbox": self.mailbox and f"{self.mailbox}/",
            "mailbox_json": self.mailbox and f"{self.mailbox}/messages.json",
            "database_url": now.get("DATABASE_URL", ""),
            "redis_url": now.get("REDIS_URL", ""),
            "email_url": now.get("EMAIL_URL", ""),
        }

    def python(self, name: str, *arguments: str, health: str = "") -> Process:
        """One Python program of ours, with its log; with a health page it answers when that does."""
        command = [sys.executable, "-m", *arguments]
        log, now = self.logs / f"{name}.log", self.environment()
        if health:
            return Page(name, command, health=health, log=log, folder=ROOT, environment=now)
        return Process(name, command, log=log, folder=ROOT, environment=now)

    def mail_server(self) -> Process | None:
        """The SMTP server with its readable pages, unless mail goes elsewhere."""
        if self.mail_ports is None:
            return None
        smtp, pages = map(str, self.mail_ports)
        store = self.folder / "mail"
        options = ("--smtp-port", smtp, "--http-port", pages, "--store", str(store))
        health = f"http://127.0.0.1:{pages}/healthz"
        return self.python("mailbox", "config.mailbox", *options, health=health)

    def web(self) -> Process:
        """The web server."""
        arguments = ("gunicorn", "--config", "python:config.gunicorn", "config.wsgi")
        return self.python("web", *arguments, health=f"http://127.0.0.1:{self.port}/healthz")

    def worker(self) -> Process:
        """The Celery worker, of two processes."""
        options = (
            "--concurrency",
            "2",
            "--without-gossip",
            "--without-mingle",
            "--loglevel",
            "INFO",
        )
        return self.python("worker", "celery", "--app", "config", "worker", *options)

    def beat(self) -> Process:
        """The timetable. Its own memory is in the folder; there is no pid file to go stale."""
        schedule = self.folder / "beat"
        options = ("--schedule", str(schedule), "--pidfile=", "--loglevel", "WARNING")
        return self.python("beat", "celery", "--app", "config", "beat", *options)

    def preparation(self) -> Process:
        """Migrations, texts, static files, checks and the first world."""
        return self.python("prepare", "config.prepare", "--demo")


def folder_of(environment: Mapping[str, str]) -> Path:
    """Where everything of this run lives: VAR_DIR, or `var` beside the code."""
    return Path(environment.get("VAR_DIR") or ROOT / "var").resolve()


def port_of(environment: Mapping[str, str]) -> int:
    """PORT, or 8000. Raises ValueError with a plain sentence."""
    raw = environment.get("PORT") or "8000"
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {raw!r}.")
    return int(raw)


def inherited() -> dict[str, str]:
    """Our own environment, as a copy that nobody changes."""
    return dict(os.environ)
