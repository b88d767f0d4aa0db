"""One durable PostgreSQL and one Valkey for all these tests, a mail server and workers for each."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import Postgres, Valkey
from tests.faults.stage import Stage
from tests.mail import serving

# And with a cycle all that hangs on it.
LEFT_BY_TESTS = "notifications_outgoingemail, notifications_letterevent, cycles_cycle"


@pytest.fixture(scope="session")
def engines() -> Iterator[Stage]:
    """As careful as in production, and migrated once.

    Not in pytest's own folder, which each new run of pytest closes to PostgreSQL's user.
    """
    folder = Path(tempfile.mkdtemp(prefix="mila-faults-"))
    stage = Stage(folder, Postgres(folder / "postgres"), Valkey(folder / "valkey"))
    stage.postgres.start()
    stage.valkey.start()
    try:
        with serving() as stage.mailbox:
            stage.manage("migrate", "--verbosity", "0")
        yield stage
    finally:
        stage.valkey.kill()
        stage.postgres.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stage(engines: Stage) -> Iterator[Stage]:
    """No letter, no application, an empty mailbox, no worker."""
    with serving() as engines.mailbox:
        engines.sql(f"TRUNCATE {LEFT_BY_TESTS} CASCADE")
        yield engines
        engines.end()
