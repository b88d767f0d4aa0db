"""Copies of the database: the ordinary role's has nothing of the vault, the vault's is sealed, and a backup comes back."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from accounts.models import User
from config.embedded import Postgres
from scholarships.vault import entries
from tests import factories
from tests.access.confided import Confided, confide

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
COPY = "mila_copy"


def server() -> dict[str, Any]:
    """Where the tests' own database is."""
    return connections["default"].settings_dict


def run(program: str, *arguments: str, role: str, database: str = "") -> Any:
    """One of PostgreSQL's own programs, as this role."""
    here = server()
    where = ("--host", str(here["HOST"]), "--port", str(here["PORT"]), "--username", role)
    path = Path(Postgres(Path("/nowhere")).command()[0]).parent / program
    return subprocess.run(
        [str(path), *where, *arguments, "--dbname", database or str(here["NAME"])],
        capture_output=True,
    )


@pytest.fixture
def confided(person: Callable[..., User], fatou: User) -> Iterator[Confided]:
    """Somebody said everything, and it is there for other connections to see."""
    amina = person("amina")
    factories.submitted(amina, factories.cycle())
    yield confide(amina, fatou)
    here = server()
    address = {"host": here["HOST"], "port": here["PORT"], "dbname": here["NAME"]}
    with psycopg.connect(**address, user="postgres") as boss:
        boss.execute("SET LOCAL session_replication_role = replica")  # disclosures are kept
        for table in ("link", "entry", "disclosure", "published"):
            boss.execute(f"DELETE FROM vault.{table}".encode())


def test_a_dump_of_the_ordinary_role(confided: Confided) -> None:
    """The whole is refused by PostgreSQL; what it may dump has no word of it, not even sealed."""
    whole = run("pg_dump", role="mila")
    assert whole.returncode != 0
    assert b"permission denied for" in whole.stderr
    for asked in (("--table", "vault.entry"), ("--schema", "vault")):
        part = run("pg_dump", *asked, role="mila")
        assert part.returncode != 0, asked
        assert confided.shown([("dump", part.stdout.decode())]) == {}
    rest = run("pg_dump", "--exclude-schema", "vault", role="mila")
    assert rest.returncode == 0, rest.stderr
    text = rest.stdout.decode()
    assert confided.candidacies[0].number in text
    assert confided.shown([("dump", text)]) == {}
    assert "vault." not in text


@pytest.mark.parametrize("role", ["mila_vault", "postgres"])
def test_a_dump_of_the_vault_is_sealed(confided: Confided, role: str) -> None:
    """As its own role, and in the backup: rows, and no word in them, nor whose they are."""
    dump = run("pg_dump", "--schema", "vault", role=role)
    assert dump.returncode == 0, dump.stderr
    text = dump.stdout.decode()
    rows = text.partition("COPY vault.entry ")[2].partition("\\.")[0]
    assert rows.count("\n") > len(confided.said)
    assert confided.shown([("dump", text)]) == {}
    # `bytea` is written in hexadecimal: these are the letters that would be there.
    for plain in ("scholarships.candidacy", "applications.application", "subject", "purpose"):
        assert plain.encode().hex() not in text
        assert plain not in text


def test_the_backup_comes_back_with_its_keys(
    confided: Confided, tmp_path: Path, settings: Any
) -> None:
    """As docs/operations.md says it: dumped and restored by the superuser, roles first; read with the keys, and only with them."""
    file = tmp_path / "mila.dump"
    made = run("pg_dump", "--format", "custom", "--file", str(file), role="postgres")
    assert made.returncode == 0, made.stderr
    assert confided.shown([("backup", file.read_bytes().decode("latin-1"))]) == {}
    here = server()
    address = {"host": here["HOST"], "port": here["PORT"], "user": "postgres"}
    with psycopg.connect(**address, dbname="postgres", autocommit=True) as boss:
        boss.execute(f"CREATE DATABASE {COPY} OWNER mila TEMPLATE template0".encode())
    vault = connections["vault"]
    try:
        back = run("pg_restore", "--exit-on-error", str(file), role="postgres", database=COPY)
        assert back.returncode == 0, back.stderr
        vault.close()
        vault.settings_dict["NAME"] = COPY
        for about, said in confided.said.items():
            assert entries.own(about, by=confided.person) == said
        with (
            psycopg.connect(**{**address, "user": "mila"}, dbname=COPY) as ordinary,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            ordinary.execute("SELECT * FROM vault.entry")
        settings.VAULT_KEYS = ["another key"]
        assert [about for about in confided.said if entries.stands(about)] == []
    finally:
        vault.close()
        vault.settings_dict["NAME"] = here["NAME"]
        with psycopg.connect(**address, dbname="postgres", autocommit=True) as boss:
            boss.execute(f"DROP DATABASE {COPY} WITH (FORCE)".encode())
