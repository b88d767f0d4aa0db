"""Starts PostgreSQL and Valkey once for the whole run, before Django reads its settings.

Loaded by `-p tests.engines`. The process that the person started (the only one, or xdist's controller) starts
them in a temporary folder of its own, so that several runs go on side by side; xdist's workers find the
addresses in their environment. A killed run leaves a folder that the next one sweeps away, and no process.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from config.embedded import VAULT_ROLE, Postgres, Valkey
from config.translations import compile_all

STARTED = "MILA_TEST_ENGINES"
PREFIX = "mila-tests-"


def sweep() -> None:
    """Delete the folders of runs that were killed: nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def start() -> Callable[[], None]:
    """Start both engines and tell the environment where they are; gives back what ends them."""
    sweep()
    compile_all()  # a fresh clone has the French as text only
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = (folder / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    postgres, valkey = Postgres(folder / "postgres", durable=False), Valkey(folder / "valkey")

    def stop() -> None:
        valkey.stop()
        postgres.kill()
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)

    try:
        postgres.start()
        valkey.start()
    except BaseException:
        stop()
        raise
    environment = {
        STARTED: str(folder),
        "DATABASE_URL": postgres.url(),
        "VAULT_DATABASE_URL": postgres.url(role=VAULT_ROLE),
        "REDIS_URL": valkey.url,
        "EMAIL_URL": "smtp://127.0.0.1:9",  # nobody listens there
        "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests",
        "VAR_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    for name, value in environment.items():
        os.environ.pop(f"{name}_FILE", None)
        os.environ[name] = value
    return stop


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """As early as a plugin can act: pytest-django loads the settings inside this hook."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["VAR_DIR"] = str(Path(os.environ[STARTED]) / "var" / worker)
    else:
        early_config.add_cleanup(start())
    return (yield)
