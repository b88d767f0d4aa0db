"""The timetable's errands: each turn once, what came of it written down, and a pause."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit import tasks
from audit.models import AuditEntry, ErrandState, Slot
from audit.moves import Refused
from audit.timetable import HOUR, MINUTE, Errand
from audit.turns import forget, pause, resume, run
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail

pytestmark = pytest.mark.django_db
NO_ACCOUNT = Letter("no_account")
NOON = datetime(2026, 11, 24, 17, 3, 20, tzinfo=UTC)


def errand(does: Callable[..., int | None], **fields: Any) -> Errand:
    """An errand of these tests."""
    values = {"every": 10 * MINUTE, "by_turns": True, "may_pause": True, **fields}
    return Errand("tests.tasks.write", title="Write", says="Writes.", does=does, **values)


def state() -> ErrandState:
    return ErrandState.objects.get(name="write")


class Counter:
    """A verb that counts how often it is asked."""

    def __init__(self, did: int = 1) -> None:
        self.calls, self.did = 0, did

    def __call__(self, at: datetime | None = None) -> int:
        """One more time."""
        self.calls += 1
        return self.did


@pytest.fixture
def writing(amina: User) -> Callable[[datetime], int]:
    """A verb that queues one letter a day."""

    def write(at: datetime) -> int:
        copy = outbox.Addressed("amina@example.com", "fr", amina, f"write:{at:%Y%m%d}")
        return outbox.queue_all(NO_ACCOUNT, [copy])

    return write


# One turn -----------------------------------------------------------------------------------------
def test_a_turn_is_done_once_and_the_next_is_another() -> None:
    verb = Counter(3)
    one = errand(verb)
    assert [run(one, at=NOON), run(one, at=NOON + timedelta(minutes=6))] == [3, 0]
    assert run(one, at=NOON + timedelta(minutes=7)) == 3
    assert verb.calls == 2
    assert [slot.did for slot in Slot.objects.all()] == [3, 3]
    assert Slot.objects.last().turn == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # type: ignore[union-attr]
    assert state().did_today == 6


@pytest.mark.parametrize("every", [10 * MINUTE, 15 * MINUTE, 30 * MINUTE])
@pytest.mark.parametrize(
    "night", [datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 14, tzinfo=UTC)]
)
def test_both_nights_when_the_clocks_change_have_each_turn_once(
    every: int, night: datetime
) -> None:
    one = errand(Counter(), every=every)
    moments = [night + timedelta(minutes=count) for count in range(24 * 60)]
    turns = {one.turn_of(moment) for moment in moments}
    assert len(turns) == 24 * HOUR // every
    assert all(one.turn_of(turn) == turn for turn in turns)


def test_a_clock_that_goes_back_repeats_nothing_and_loses_nothing() -> None:
    verb = Counter()
    one = errand(verb)
    moments = [NOON, NOON + timedelta(days=1), NOON, NOON + timedelta(minutes=10)]
    assert [run(one, at=moment) for moment in moments] == [1, 1, 0, 1]


def test_without_a_moment_the_clock_of_the_database_counts() -> None:
    assert run(errand(Counter())) == 1
    turn = Slot.objects.get().turn
    assert timedelta(0) <= timezone.now() - turn < timedelta(minutes=11)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_do_it_once(writing: Callable[[datetime], int]) -> None:
    taken, other_done = Event(), Event()

    def slowly(at: datetime) -> int:
        did = writing(at)
        taken.set()
        assert other_done.wait(10)
        return did

    def first() -> int:
        try:
            return run(errand(slowly), at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(first)
        assert taken.wait(10)
        assert run(errand(writing), at=NOON) == 0
        other_done.set()
        assert one.result() == 1
    assert run(errand(writing), at=NOON) == 0
    assert OutgoingEmail.objects.count() == 1
    assert Slot.objects.get().did == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_turn_is_taken_again(
    writing: Callable[[datetime], int],
) -> None:
    """Its connection is cut by the server after the letter is queued, as by SIGKILL: nobody tidies up."""
    queued, dead = Event(), Event()

    def dies(at: datetime) -> int:
        writing(at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
        queued.set()
        assert dead.wait(10)
        return 1

    def killed() -> str:
        try:
            run(errand(dies), at=NOON)
        except OperationalError:
            return "killed"
        finally:
            connection.close()
        return "alive"

    pids: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(killed)
        assert queued.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", pids)
        dead.set()
        assert one.result() == "killed"
    assert not OutgoingEmail.objects.exists()
    assert Slot.objects.get().ended_at is None
    assert [run(errand(writing), at=NOON) for _again in range(3)] == [1, 0, 0]
    assert OutgoingEmail.objects.count() == 1


# What came of it ----------------------------------------------------------------------------------
def test_a_failure_is_kept_by_its_kind_alone_and_the_turn_is_free() -> None:
    def fails(at: datetime) -> int:
        raise ValueError("amina@example.com")

    with pytest.raises(ValueError, match="amina"):
        run(errand(fails), at=NOON)
    assert (state().error, state().fails, Slot.objects.get().error) == (
        "ValueError",
        True,
        "ValueError",
    )
    assert run(errand(Counter()), at=NOON) == 1
    assert (state().error, state().fails, Slot.objects.get().error) == ("ValueError", False, "")


def test_a_failure_where_the_database_takes_no_word_is_the_failure_itself() -> None:
    def breaks() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return 1

    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        run(errand(breaks, by_turns=False))


def test_a_sweep_that_fails_has_no_turn_to_mark() -> None:
    def fails() -> int:
        raise KeyError("row")

    with pytest.raises(KeyError):
        run(errand(fails, by_turns=False))
    assert (str(state()), state().error, Slot.objects.count()) == ("write", "KeyError", 0)


def test_a_sweep_that_finds_nothing_writes_once_a_minute(django_assert_num_queries: Any) -> None:
    sweep = errand(Counter(0), every=3, by_turns=False)
    run(sweep)
    first = state().ended_at
    with django_assert_num_queries(1):
        run(sweep)
    assert state().ended_at == first
    ErrandState.objects.update(ended_at=timezone.now() - timedelta(minutes=1))
    run(sweep)
    assert state().ended_at > first  # type: ignore[operator]
    assert (state().did_at, Slot.objects.count()) == (None, 0)


def test_a_sweep_that_did_something_says_so_at_once() -> None:
    sweep = errand(Counter(2), every=3, by_turns=False)
    run(sweep)
    run(sweep)
    assert (state().did, state().did_today) == (2, 4)
    assert state().did_at is not None
    ErrandState.objects.update(day=timezone.localdate() - timedelta(days=1))
    run(sweep)
    assert state().did_today == 2


def test_old_turns_are_forgotten() -> None:
    run(errand(Counter()), at=datetime(2020, 11, 24, 17, 3, tzinfo=UTC))
    assert str(Slot.objects.get()) == "write 2020-11-24T17:00"
    assert (forget(), forget()) == (1, 0)
    for days in (13, 15):
        run(errand(Counter()), at=timezone.now() - timedelta(days=days))
    tasks.forget_turns()
    assert Slot.objects.count() == 1


# Pause --------------------------------------------------------------------------------------------
def test_a_paused_errand_rests_until_it_is_resumed(adam: User) -> None:
    one = errand(Counter())
    pause(one, why="  The text is wrong. ", by=adam)
    assert run(one, at=NOON) == 0
    assert not Slot.objects.exists()
    resume(one, by=adam)
    assert run(one, at=NOON) == 1
    trail = AuditEntry.objects.about(state()).values_list("verb", "why", "actor")
    assert list(trail) == [
        ("pause errand", "The text is wrong.", adam.pk),
        ("resume errand", "", adam.pk),
    ]


def test_only_administrators_pause(claire: User, adam: User) -> None:
    one = errand(Counter())
    for by in (claire, None):
        with pytest.raises(Refused) as refused:
            pause(one, why="No.", by=by)
        assert refused.value.forbidden
    with pytest.raises(Refused, match=r"Say why|pourquoi"):
        pause(one, why=" ", by=adam)
    with pytest.raises(Refused):
        resume(one, by=adam)
    pause(one, why="Yes.", by=adam)
    with pytest.raises(Refused):
        pause(one, why="Again.", by=adam)
    with pytest.raises(Refused):
        pause(errand(Counter(), may_pause=False), why="Yes.", by=adam)
