"""A backup that was restored beside the original sends nothing until a person says which one is the real one."""

import pytest

from config.embedded import DATABASE
from tests import torture
from tests.faults.stage import Stage
from tests.faults.test_outbox import people

pytestmark = pytest.mark.fault


def send(stage: Stage, count: int = 0, batch: str = "") -> None:
    """Queue so many, and let a worker send what waits."""
    stage.queue(people(count, batch), batch)
    stage.worker()
    with stage.sweeping():
        stage.drain(60)
    stage.end()


def test_a_restored_backup_resends_nothing(stage: Stage) -> None:
    """Half had left when the backup was made, the rest leaves after it: to the backup it still waits."""
    send(stage, 20, "early")
    stage.queue(people(20, "late"), "late")
    stage.sql("DROP DATABASE IF EXISTS restored")
    stage.sql(f"CREATE DATABASE restored TEMPLATE {DATABASE}")
    send(stage)
    stage.each_once(40)

    restored = stage.postgres.url("restored")
    log = stage.worker(DATABASE_URL=restored).log
    with stage.sweeping():
        stage.until(lambda: "trust_database" in log.read_text(), 30)
    assert len(stage.mailbox.store) == 40  # nothing left
    stage.manage("trust_database", "--why", "The other machine burnt.", DATABASE_URL=restored)
    waits = "SELECT count(*) FROM notifications_outgoingemail WHERE status <> 'sent'"
    with stage.sweeping():
        stage.until(lambda: stage.sql(waits, "restored") == [(0,)], 60)
    stage.each_once(40)
    torture.tell("A restored backup: 40 letters that had left, 0 sent again.")
