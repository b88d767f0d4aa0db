"""The embedded engines: they start, survive a crash, keep to themselves and leave nothing behind."""

import psycopg
import pytest
import redis

from config.embedded import DURABLE, Postgres, Valkey


def settings_of(url: str) -> dict[str, str]:
    with psycopg.connect(url) as session:
        return {
            name: session.execute(f"show {name}").fetchone()[0]  # type: ignore[call-overload,index]
            for name in DURABLE
        }


def test_postgres_is_careful_unless_told_otherwise(durable_postgres: Postgres) -> None:
    assert set(settings_of(durable_postgres.url()).values()) == {"on"}
