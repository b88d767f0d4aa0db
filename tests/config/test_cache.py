"""The cache's table: one statement a write, the same answers as Django's own backend."""

import threading
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import cache as cached
from config.cache import TableCache
from config.prepare import lighten_cache

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> TableCache:
    return TableCache("cache_entries", {})


def test_it_is_the_default_cache() -> None:
    assert isinstance(caches["default"], TableCache)


def test_set_and_get(table: TableCache) -> None:
    table.set("answer", {"n": 42}, 60)
    assert table.get("answer") == {"n": 42}
    table.set("answer", "other", None)
    assert table.get("answer") == "other"
    assert table.delete("answer")
    assert table.get("answer") is None


def test_add_holds_while_something_valid_is_there(table: TableCache) -> None:
    assert table.add("lock", 1, 60)
    assert not table.add("lock", 2, 60)
    assert table.get("lock") == 1
    table.set("lock", 3, -1)
    assert table.get("lock") is None
    assert table.add("lock", 4, 60)
    assert table.get("lock") == 4


def test_touch_prolongs_what_is_there_and_nothing_else(table: TableCache) -> None:
    assert not table.touch("nobody", 60)
    table.set("short", 1, 60)
    assert table.touch("short", 600)
    table.set("short", 1, -1)
    assert not table.touch("short", 600)


def test_a_write_is_one_statement(table: TableCache) -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        table.set("answer", 42, 60)
    told = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(told) == 1
    assert "count" not in told[0].lower()


def test_what_expired_is_swept(table: TableCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "WRITES_BETWEEN_SWEEPS", 1)
    table.set("old", 1, -10)
    table.set("new", 2, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache_entries")
        assert cursor.fetchall() == [(":1:new",)]


def test_a_full_table_is_culled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "WRITES_BETWEEN_SWEEPS", 1)
    small = TableCache("cache_entries", {"OPTIONS": {"MAX_ENTRIES": 5}})
    for number in range(8):
        small.set(f"key-{number}", number, 60)
    assert sum(small.get(f"key-{number}") is not None for number in range(8)) == 5


def test_the_table_is_not_written_ahead() -> None:
    lighten_cache()
    lighten_cache()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'cache_entries'")
        assert cursor.fetchone() == ("u",)


def test_a_database_that_refuses_is_no_error(table: TableCache) -> None:
    table._table = "not_there"
    assert table.add("key", 1, 60) is False


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_adds(table: TableCache) -> None:
    won: list[Any] = []
    ready = threading.Barrier(8)

    def add() -> None:
        ready.wait()
        won.append(table.add("lock", 1, 60))
        connection.close()

    threads = [threading.Thread(target=add) for _index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1
