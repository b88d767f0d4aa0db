"""Waking a worker is a convenience: it never fails, and never takes long."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app

from config.embedded import Valkey
from notifications import nudge


@pytest.fixture
def broker(monkeypatch: Any) -> Iterator[Any]:
    """Tells the nudge where the broker is."""

    def at(url: str) -> None:
        monkeypatch.setitem(current_app.conf, "broker_url", url)

    yield at
    nudge.forget()


def waiting(server: Valkey) -> int:
    """How many errands the broker holds."""
    with current_app.connection_for_read(server.url) as connection:
        return int(connection.default_channel.client.llen("celery"))


def test_a_nudge_leaves_one_errand_without_arguments(broker: Any, own_valkey: Valkey) -> None:
    broker(own_valkey.url)
    nudge.nudge()
    nudge.nudge()
    assert waiting(own_valkey) == 2
    assert not nudge.breaker.is_open


def test_a_flushed_broker_takes_the_next_nudge(broker: Any, own_valkey: Valkey) -> None:
    broker(own_valkey.url)
    nudge.nudge()
    with current_app.connection_for_read(own_valkey.url) as connection:
        connection.default_channel.client.flushall()
    nudge.nudge()
    assert waiting(own_valkey) == 1


def test_a_broker_that_is_away_is_noticed_once(broker: Any, caplog: Any) -> None:
    broker("redis://127.0.0.1:9/0")
    began = time.monotonic()
    for _ in range(20):
        nudge.nudge()
    assert time.monotonic() - began < 1
    assert nudge.breaker.is_open
    assert caplog.text.count("The broker is away") == 1


def test_a_broker_that_says_nothing_is_not_waited_for(broker: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        began = time.monotonic()
        nudge.nudge()
        assert time.monotonic() - began < 1
    assert nudge.breaker.is_open


def test_a_broker_that_was_restarted_is_found_again(broker: Any, own_valkey: Valkey) -> None:
    broker(own_valkey.url)
    nudge.nudge()
    own_valkey.kill()
    nudge.nudge()
    own_valkey.start()
    nudge.nudge()
    assert waiting(own_valkey) == 0  # the breaker is open
    nudge.breaker.reset()
    nudge.nudge()
    assert waiting(own_valkey) == 1


def test_no_password_of_the_broker_reaches_a_log(broker: Any, caplog: Any) -> None:
    broker("redis://:s3cr3t@127.0.0.1:9/0")
    nudge.nudge()
    assert "s3cr3t" not in caplog.text
