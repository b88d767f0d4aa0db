"""`make bench`: engines of its own, the product as in production, then every measurement of `bench.measure`.

`python -m bench --write` also brings docs/performance.md up to date. Everything stays in a folder of its own
(`bench` in VAR_DIR) and is deleted at the end.
"""

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.embedded import VAULT_ROLE, Postgres, Valkey
from config.plan import ROOT, Page
from config.processes import Process, ProcessFailed, free_port, leash
from config.run import run_once
from config.supervisor import AlreadyRunning, lock
from rehearsal.visitor import HOST

# As a modest server has it, and as durable as production must be.
POSTGRES = {"shared_buffers": "256MB", "max_wal_size": "2GB", "effective_cache_size": "1GB"}


def interrupt(signum: int, frame: Any) -> None:
    """SIGTERM stops us as Ctrl-C does, so that nothing stays behind."""
    raise KeyboardInterrupt


def environment(folder: Path, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    """Production's settings behind one front server, which the load generator stands for."""
    smtp, pages = free_port(), free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "files"),
        "STATIC_ROOT": str(folder / "static"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SEALING_KEYS": secrets.token_urlsafe(50),
        "VAULT_KEYS": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
        "SITE_URL": f"https://{HOST}",
        "TRUSTED_PROXIES": "1",
        "DEFAULT_FROM_EMAIL": f"Mila admissions <admissions@{HOST}>",
        "DATABASE_URL": postgres.url(),
        "VAULT_DATABASE_URL": postgres.url(role=VAULT_ROLE),
        "REDIS_URL": valkey.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
        "OUTBOX_EVIDENCE": "notifications.evidence.MailboxEvidence",
        "OUTBOX_EVIDENCE_URL": f"http://127.0.0.1:{pages}",
        "BENCH_SMTP": str(smtp),
        "BENCH_PAGES": str(pages),
    }


def mailbox(folder: Path, ours: dict[str, str]) -> Process:
    """The SMTP server that every letter goes to, raw ones too."""
    options = ["--smtp-port", ours["BENCH_SMTP"], "--http-port", ours["BENCH_PAGES"]]
    command = [sys.executable, "-m", "bench.sink", *options, "--store", str(folder / "mail")]
    health = f"http://127.0.0.1:{ours['BENCH_PAGES']}/healthz"
    log = folder / "mailbox.log"
    return Page("mailbox", command, health=health, log=log, folder=ROOT, environment=ours)


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[dict[str, str]]:
    """The engines and a prepared, empty database; all gone at the end."""
    postgres = Postgres(folder / "postgres", settings=POSTGRES)
    valkey = Valkey(folder / "valkey")
    started: list[Process] = []
    try:
        for engine in (postgres, valkey):
            started.append(engine)
            engine.start()
        ours = environment(folder, postgres, valkey)
        started.append(mailbox(folder, ours))
        started[-1].start()
        prepare = [sys.executable, "-m", "config.prepare"]
        log = folder / "prepare.log"
        run_once(Process("prepare", prepare, log=log, folder=ROOT, environment=ours))
        yield ours
    finally:
        for process in reversed(started):
            process.stop()


def measure(ours: dict[str, str], arguments: list[str]) -> int:
    """Run the measurements in a process that has the product's settings; its exit code."""
    command = [sys.executable, "-m", "bench.measure", *arguments]
    child = subprocess.Popen(command, env=ours, cwd=ROOT, preexec_fn=leash(signal.SIGTERM))  # noqa: PLW1509
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        raise


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--only", default="", help="some of the measurements, as in home,letters")
    parser.add_argument("--sizes", default="100,10000,100000", help="how many files, growing")
    parser.add_argument("--profile", action="store_true", help="print where each page's time goes")
    asked = parser.parse_args()
    if asked.write and asked.only:
        parser.error("--write needs every measurement: leave --only out.")
    arguments = ["--sizes", asked.sizes, "--only", asked.only]
    arguments += [f"--{name}" for name in ("write", "profile") if getattr(asked, name)]
    signal.signal(signal.SIGTERM, interrupt)
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve() / "bench"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with lock(folder):
            for old in ("postgres", "valkey", "mail", "files", "static"):
                shutil.rmtree(folder / old, ignore_errors=True)
            with stage(folder) as ours:
                return measure(ours, arguments)
    except AlreadyRunning:
        print("Another bench runs in this folder; choose another VAR_DIR.")
    except ProcessFailed as failed:
        print(failed)
    except KeyboardInterrupt:
        print("Stopped.")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
