"""No letter is lost and none leaves twice, whatever is killed on the way."""

import itertools
import time

import pytest

from tests import torture
from tests.faults.stage import Stage, children, sigkill

pytestmark = pytest.mark.fault

LETTERS = "SELECT count(*) FROM notifications_outgoingemail"
CHANGE = "UPDATE notifications_outgoingemail SET"


def people(count: int, name: str = "p") -> list[str]:
    """So many addresses."""
    return [f"{name}{number}@example.com" for number in range(count)]


def test_workers_killed_in_a_mailing(stage: Stage) -> None:
    """Every seventh time the whole worker, else the processes that are at work."""
    count, kills = torture.of(400, 5000), torture.of(8, 20)
    stage.queue(people(count))
    worker, began = stage.worker(), time.monotonic()
    with stage.sweeping():
        for kill in range(1, kills + 1):
            stage.until(stage.has_taken(count * kill // (kills + 2)), 60, pause=0.02)
            if kill % 7:
                sigkill(children(worker))
            else:
                worker.kill()
        stage.drain(120)
    took = time.monotonic() - began
    assert stage.statuses() == {"sent": count}
    stage.each_once(count)
    torture.tell(
        f"{count} letters, {kills} worker kills: 0 lost, 0 twice, drained in {took:.0f} s."
    )


def test_the_broker_is_flushed_and_killed_while_letters_are_queued(stage: Stage) -> None:
    """The timetable's own beat, at its own pace, finds what the broker forgot."""
    count = torture.of(50, 500)
    stage.worker()
    stage.beat()
    stage.queue(people(count), "before")
    stage.until(stage.has_taken(count), 30)
    stage.queue(people(count), "flushed")
    stage.flush()
    stage.valkey.kill()
    stage.queue(people(count), "away")  # it is away, and queueing goes on
    stage.valkey.start()
    stage.drain(60)
    stage.each_once(3 * count)
    torture.tell(f"Broker flushed and killed: {3 * count} letters, 0 lost, 0 twice.")


def test_postgresql_is_killed_under_writers_and_workers(stage: Stage) -> None:
    """Writers commit one letter after the other while workers send: what was confirmed is there, and leaves once."""
    commits, kills = torture.of(120, 10_000), torture.of(2, 5)
    stage.worker()
    writers = [stage.writer(f"{name}-") for name in "ab"]
    back = []
    with stage.sweeping():
        for kill in range(1, kills + 1):
            enough = commits * kill // (kills + 1)
            stage.until(lambda: sum(map(len, writers)) >= enough, 120, pause=0.02)  # noqa: B023
            stage.postgres.kill()
            killed, written = time.monotonic(), sum(map(len, writers))
            stage.postgres.start()
            stage.until(lambda: sum(map(len, writers)) > written, 10, pause=0.02)  # noqa: B023
            back.append(time.monotonic() - killed)
        stage.until(lambda: sum(map(len, writers)) >= commits, 120)
        keys = {key for writer in writers for key in writer.end()}
        stage.drain(120)
    kept = {key for (key,) in stage.sql("SELECT key FROM notifications_outgoingemail")}
    assert keys <= kept
    assert stage.statuses() == {"sent": len(kept)}
    stage.each_once(len(kept))
    torture.tell(
        f"PostgreSQL killed {kills} times under {len(keys)} commits: every confirmed one present,"
        f" back within {max(back):.1f} s."
    )


def test_a_difficult_mail_server_holds_up_only_whom_it_must(stage: Stage) -> None:
    """550 for 2 %, 450 and 421 at first, lost answers, tarpits, and the line dropped after a quarter of the letters."""
    count = torture.of(300, 1000)
    stage.mailbox.difficult.drop_after = count // 4
    never = count // 50
    groups = {"never": never, "busy": 10, "closing": 5, "mute": 2, "tarpit": 2, "spam": 3}
    groups["good"] = count - sum(groups.values())
    addresses = [people(size, name) for name, size in groups.items()]
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
    sent = count - never - 5
    assert stage.statuses() == {"sent": sent, "bounced": never, "dead": 5}
    stage.each_once(sent)
    torture.tell(f"A difficult mail server: {sent} of {count} sent once, {never} bounced, 5 dead.")


def test_poison_is_listed_and_stops_nobody(stage: Stage) -> None:
    count = torture.of(200, 5000)
    stage.queue([*people(3, "bad address "), *people(count - 3)])
    where = "WHERE address IN ('p0@example.com', 'p100@example.com')"
    stage.sql(f"{CHANGE} address = 'x@y>z' {where}")
    stage.worker()
    with stage.sweeping():
        stage.drain(120)
    assert stage.statuses() == {"sent": count - 5, "dead": 5}
    stage.each_once(count - 5)
    torture.tell(f"5 poison letters in {count}: {count - 5} sent, 5 listed.")
