"""The embedded engines: they start, survive a crash, keep to themselves and leave nothing behind."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config.embedded import DURABLE, LONGEST_SOCKET_FOLDER, ONCE, Postgres, Valkey, open_for_reading
from config.processes import ProcessFailed, is_gone
from tests.engines import STARTED


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """One that these tests only ask, and never kill."""
    with tempfile.TemporaryDirectory(dir=os.environ[STARTED]) as folder:
        server = Postgres(Path(folder) / "pg", durable=False)
        server.start()
        yield server
        server.kill()


def settings_of(server: Postgres) -> dict[str, str]:
    with psycopg.connect(server.url()) as session:
        rows = session.execute("select name, setting from pg_settings").fetchall()
    return {name: value for name, value in rows if name in DURABLE}


def test_postgres_is_careful_unless_told_otherwise(durable_postgres: Postgres) -> None:
    assert settings_of(durable_postgres) == DURABLE


def test_postgres_can_be_careless(server: Postgres) -> None:
    assert set(settings_of(server).values()) == {"off"}


def test_a_confirmed_commit_survives_a_kill(durable_postgres: Postgres) -> None:
    with psycopg.connect(durable_postgres.url(), autocommit=True) as session:
        session.execute("create table kept (n int)")
        session.execute("insert into kept values (1)")
    durable_postgres.kill()
    assert durable_postgres.pid is None
    durable_postgres.start()
    with psycopg.connect(durable_postgres.url()) as session:
        assert session.execute("select n from kept").fetchall() == [(1,)]


def test_a_second_start_takes_over_from_an_orphan(
    durable_postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.embedded.ORPHANS_TIME", 0.2)
    orphan = psutil.Process(durable_postgres.pid)
    successor = Postgres(durable_postgres.data.parent)
    successor.start()
    assert is_gone(orphan)
    assert successor.answers()
    successor.stop()


def test_the_product_is_no_superuser(server: Postgres) -> None:
    with psycopg.connect(server.url()) as session:
        row = session.execute("select rolsuper from pg_roles where rolname = current_user")
        assert row.fetchone() == (False,)


def test_letters_beyond_ascii_have_their_case_and_their_trigrams(server: Postgres) -> None:
    with psycopg.connect(server.url()) as session:
        session.execute("create extension pg_trgm")
        row = session.execute("select lower('ÉLÈVE Œ'), similarity('Ève', 'ève')").fetchone()
    assert row == ("élève œ", 1.0)


def test_nobody_reaches_postgres_over_the_network(server: Postgres) -> None:
    assert server.pid
    listening = psutil.Process(server.pid).net_connections("inet")
    assert not listening
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    folder = Postgres(deep).sockets
    assert len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
    assert folder == Postgres(deep).sockets != Postgres(tmp_path / "z" / ("y" * 99)).sockets


def test_a_folder_that_is_no_database_says_why(short_path: Path) -> None:
    (short_path / "pg" / "data").mkdir(parents=True)
    (short_path / "pg" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ProcessFailed, match="postgres did not start"):
        Postgres(short_path / "pg").start(seconds=10)


def test_a_folder_that_cannot_become_a_database_says_why(short_path: Path) -> None:
    (short_path / "pg" / "data").mkdir(parents=True)
    (short_path / "pg" / "data" / "holiday.jpg").write_text("")
    with pytest.raises(ProcessFailed, match="initdb failed"):
        Postgres(short_path / "pg").start(seconds=10)


def test_programs_unpacked_for_root_are_opened(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "postgres"
    program.parent.mkdir(mode=0o700)
    program.touch(mode=0o700)
    (tmp_path / "share").touch(mode=0o600)
    open_for_reading(tmp_path)
    assert stat.S_IMODE(program.stat().st_mode) == 0o705
    assert stat.S_IMODE((tmp_path / "share").stat().st_mode) == 0o604


@pytest.fixture
def client(own_valkey: Valkey) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(own_valkey.url) as client:
        yield client


def test_valkey_refuses_to_forget_silently(client: redis.Redis) -> None:
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_valkey_asks_for_its_password(own_valkey: Valkey) -> None:
    stranger = redis.Redis(port=own_valkey.port or 0, retry=ONCE)
    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    assert stat.S_IMODE((own_valkey.log.parent / "valkey.conf").stat().st_mode) == 0o600


def test_valkey_comes_back_at_the_same_address(own_valkey: Valkey, client: redis.Redis) -> None:
    url = own_valkey.url
    own_valkey.kill()
    own_valkey.start()
    assert own_valkey.url == url
    assert client.ping()


def test_the_shell_of_a_postgres_user_changes_nothing(
    server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGUSER", "somebody")
    assert server.answers()
    assert settings_of(server)
