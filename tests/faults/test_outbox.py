"""No letter is lost and none leaves twice, whatever is killed on the way."""

import itertools
import time

import pytest

from config.processes import wait_for
from tests.faults.stage import Stage, children, sigkill

pytestmark = pytest.mark.fault


def people(count: int, name: str = "p") -> list[str]:
    """So many addresses."""
    return [f"{name}{number}@example.com" for number in range(count)]


def test_workers_killed_twenty_times_in_a_mailing(stage: Stage) -> None:
    """Every fifth time the whole worker, else the process that is at work."""
    stage.queue(people(1000))
    worker, kills = stage.worker(), 0
    with stage.sweeper() as sweep:
        sweep()
        for kills in range(1, 21):
            reached = 45 * kills

            def far_enough(reached: int = reached) -> bool:
                if len(stage.mailbox.store) < reached:
                    sweep()
                return len(stage.mailbox.store) >= reached

            assert wait_for(far_enough, 30, pause=0.02), stage.logs()
            if kills % 5:
                sigkill(children(worker))
            else:
                worker.kill()
                worker = stage.worker()
        stage.drain(60, sweep)
    assert kills == 20
    assert stage.statuses() == {"sent": 1000}
    stage.each_once(1000)


def test_the_broker_is_flushed_and_killed_while_letters_are_queued(stage: Stage) -> None:
    worker, beat = stage.worker(), stage.beat()
    stage.queue(people(100), "before")
    assert wait_for(lambda: len(stage.mailbox.store) == 100, 30), stage.logs()
    stage.queue(people(100), "flushed")
    stage.flush()
    stage.valkey.kill()
    began = time.monotonic()
    stage.queue(people(100), "away")  # nobody is told that the broker is away
    assert time.monotonic() - began < 15
    stage.valkey.start()
    stage.drain(60)
    assert worker.pid
    assert beat.pid
    stage.each_once(300)


def test_postgresql_is_killed_under_writers_and_workers(stage: Stage) -> None:
    stage.queue(people(300))
    stage.worker()
    writer = stage.python("-m", "tests.faults.writer", "each")
    with stage.sweeper() as sweep:
        for kill in range(1, 4):
            assert wait_for(
                lambda reached=60 * kill: len(stage.mailbox.store) >= reached, 30, pause=0.02
            )
            stage.postgres.kill()
            stage.postgres.start()
            sweep()
        time.sleep(0.5)
        confirmed, _ = writer.communicate(timeout=30)
        stage.drain(60, sweep)
    keys = {line for line in confirmed.split() if line.startswith("each")}
    kept = {key for (key,) in stage.sql("SELECT key FROM notifications_outgoingemail")}
    assert len(keys) > 20
    assert keys <= kept
    stage.each_once(len(kept))
    assert stage.statuses() == {"sent": len(kept)}


def test_a_difficult_mail_server_holds_up_only_whom_it_must(stage: Stage) -> None:
    """550 for 2 %, 450 and 421 at first, lost answers, tarpits, and the line dropped after 250 letters."""
    stage.mailbox.difficult.drop_after = 250
    groups = {"never": 20, "busy": 10, "closing": 5, "mute": 2, "tarpit": 2, "spam": 3, "good": 958}
    addresses = [people(count, name) for name, count in groups.items()]
    mixed = [address for row in itertools.zip_longest(*addresses) for address in row if address]
    stage.queue(mixed)
    stage.worker()
    with stage.sweeper() as sweep:
        sweep()

        def all_good() -> bool:
            query = "SELECT count(*) FROM notifications_outgoingemail WHERE status = 'sent' AND address LIKE 'good%'"
            return stage.sql(query)[0][0] == groups["good"]

        assert wait_for(all_good, 60, pause=0.2), (stage.statuses(), stage.logs())
        # Time passes for the ones that were to come back later; the tarpits use up their attempts.
        for _ in range(8):
            stage.sql(
                "UPDATE notifications_outgoingemail SET next_attempt_at = now() WHERE status IN ('pending', 'unknown')"
            )
            sweep()
            wait_for(lambda: stage.statuses()["pending"] == 0, 3, pause=0.2)
        stage.drain(40, sweep)
    assert stage.statuses() == {"sent": 975, "bounced": 20, "dead": 5}
    stage.each_once(975)


def test_poison_is_listed_and_stops_nobody(stage: Stage) -> None:
    stage.queue([*people(3, "bad address "), *people(497)])
    stage.sql(
        "UPDATE notifications_outgoingemail SET address = 'x@y>z' WHERE address IN ('p0@example.com', 'p250@example.com')"
    )
    stage.worker()
    with stage.sweeper() as sweep:
        stage.drain(60, sweep)
    assert stage.statuses() == {"sent": 495, "dead": 5}
    stage.each_once(495)
