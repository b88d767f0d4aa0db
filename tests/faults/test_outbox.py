"""No letter is lost and none leaves twice, whatever is killed on the way."""

import itertools

import pytest

from tests.faults.stage import Stage, children, sigkill

pytestmark = pytest.mark.fault

LETTERS = "SELECT count(*) FROM notifications_outgoingemail"
CHANGE = "UPDATE notifications_outgoingemail SET"


def people(count: int, name: str = "p") -> list[str]:
    """So many addresses."""
    return [f"{name}{number}@example.com" for number in range(count)]


def test_workers_killed_twenty_times_in_a_mailing(stage: Stage) -> None:
    """Every seventh time the whole worker, else the processes that are at work."""
    stage.queue(people(1000))
    worker = stage.worker()
    with stage.sweeping():
        for kill in range(1, 21):
            stage.until(stage.has_taken(45 * kill), 30, pause=0.02)
            if kill % 7:
                sigkill(children(worker))
            else:
                worker.kill()
        stage.drain(60)
    assert stage.statuses() == {"sent": 1000}
    stage.each_once(1000)


def test_the_broker_is_flushed_and_killed_while_letters_are_queued(stage: Stage) -> None:
    """The timetable's own beat, at its own pace, finds what the broker forgot."""
    stage.worker()
    stage.beat()
    stage.queue(people(100), "before")
    stage.until(stage.has_taken(100), 30)
    stage.queue(people(100), "flushed")
    stage.flush()
    stage.valkey.kill()
    stage.queue(people(100), "away")  # it is away, and queueing goes on
    stage.valkey.start()
    stage.drain(60)
    stage.each_once(300)


def test_postgresql_is_killed_under_writers_and_workers(stage: Stage) -> None:
    stage.queue(people(300))
    stage.worker()
    writer = stage.python("-m", "tests.faults.writer", "each")
    with stage.sweeping():
        for kill in range(1, 4):
            stage.until(stage.has_taken(60 * kill), 30, pause=0.02)
            stage.postgres.kill()
            stage.postgres.start()
        stage.until(stage.has_taken(300), 30)
        confirmed, _ = writer.communicate(timeout=30)
        stage.drain(60)
    keys = {line for line in confirmed.split() if line.startswith("each")}
    kept = {key for (key,) in stage.sql("SELECT key FROM notifications_outgoingemail")}
    assert len(keys) > 20
    assert keys <= kept
    assert stage.statuses() == {"sent": len(kept)}
    stage.each_once(len(kept))


def test_a_difficult_mail_server_holds_up_only_whom_it_must(stage: Stage) -> None:
    """550 for 2 %, 450 and 421 at first, lost answers, tarpits, and the line dropped after 250 letters."""
    stage.mailbox.difficult.drop_after = 250
    groups = {"never": 20, "busy": 10, "closing": 5, "mute": 2, "tarpit": 2, "spam": 3, "good": 958}
    addresses = [people(count, name) for name, count in groups.items()]
    mixed = itertools.chain.from_iterable(itertools.zip_longest(*addresses))
    stage.queue([address for address in mixed if address])
    stage.worker()
    with stage.sweeping():
        good = f"{LETTERS} WHERE status = 'sent' AND address LIKE 'good%'"
        stage.until(lambda: stage.sql(good) == [(groups["good"],)], 60)
        stage.until(lambda: stage.statuses()["sending"] == 0, 10)
        # Hours pass for those that were to come back later; the tarpits have one attempt left.
        stage.sql(f"{CHANGE} attempts = 5 WHERE status = 'pending' AND address LIKE 'tarpit%'")
        stage.sql(f"{CHANGE} next_attempt_at = now() WHERE status = 'pending'")
        stage.drain(40)
    assert stage.statuses() == {"sent": 975, "bounced": 20, "dead": 5}
    stage.each_once(975)


def test_poison_is_listed_and_stops_nobody(stage: Stage) -> None:
    stage.queue([*people(3, "bad address "), *people(497)])
    where = "WHERE address IN ('p0@example.com', 'p250@example.com')"
    stage.sql(f"{CHANGE} address = 'x@y>z' {where}")
    stage.worker()
    with stage.sweeping():
        stage.drain(60)
    assert stage.statuses() == {"sent": 495, "dead": 5}
    stage.each_once(495)
