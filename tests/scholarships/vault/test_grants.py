"""The matrix of grants equals PostgreSQL's catalogue, here and where `deploy/` makes the roles, and for tables of tomorrow."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError

from config.embedded import VAULT_ROLE, Postgres
from tests.config.deployment import ROOT
from tests.scholarships.vault.grants import Ask, written

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
GRANTS = Path(__file__).with_name("grants.txt")
# Here the ordinary role makes the databases of the tests; in a deployment it may not.
ONLY_HERE = "createrole createdb login"


def ask(statement: str, alias: str = "default") -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def test_the_matrix_is_the_catalogue() -> None:
    now = written(ask)
    if "WRITE_GRANTS" in os.environ:
        GRANTS.write_text(now, encoding="utf-8")
    assert now == GRANTS.read_text(encoding="utf-8"), "Read it, then write it: WRITE_GRANTS=1"


def test_the_matrix_says_what_the_wall_is() -> None:
    """Whoever writes the file anew reads it; these lines may not be written otherwise."""
    held: dict[tuple[str, str], str] = {}
    for line in GRANTS.read_text(encoding="utf-8").splitlines()[1:]:
        who, what, may = (part.strip() for part in line.split("  ") if part.strip())
        held[who, what] = may
    for (who, what), may in held.items():
        if " vault" in what and who not in ("mila_vault", "a column"):
            assert may == "-", (who, what)
        if "public.*" in what and who == "mila_vault" and "function" not in what:
            assert may == "-", (who, what)
        assert not what.startswith("member of"), "no role is in another"
        assert who != "a column", "no column has rights of its own"
    powers = {who: may for (who, what), may in held.items() if what == "itself"}
    assert powers == {
        "mila": ONLY_HERE,
        "mila_vault": "login",
        "postgres": powers["postgres"],  # the superuser, whose password no process of ours has
    }


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE vault.tomorrow (id bigserial, words text)",
        "CREATE VIEW vault.tomorrow AS SELECT * FROM vault.entry",
        "CREATE MATERIALIZED VIEW vault.tomorrow AS SELECT * FROM vault.entry",
        "CREATE SEQUENCE vault.tomorrow",
        "CREATE TYPE vault.tomorrow AS (words text)",
        "CREATE FUNCTION vault.tomorrow() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ],
)
def test_what_a_later_migration_makes_is_behind_the_wall(made: str) -> None:
    """Nobody has to think of it: the same lines, `-` for all but the vault's own role."""
    before = set(written(ask).splitlines())
    with transaction.atomic("vault"):
        ask(made, "vault")
        there = lambda statement: ask(statement, "vault")  # noqa: E731
        added = {" ".join(line.split()) for line in set(written(there).splitlines()) - before}
        assert all(line.startswith("mila_vault ") or line.endswith(" -") for line in added), added
        transaction.set_rollback(True, using="vault")


def test_what_the_product_makes_later_is_nothing_of_the_vaults() -> None:
    before = written(ask)
    ask("CREATE TABLE tomorrow (id serial, words text)")
    assert written(ask) == before


def test_a_hole_would_be_seen() -> None:
    """Each of these changes the matrix; the first needs somebody who holds the vault's own password."""
    before = written(ask)
    holes = (
        "GRANT USAGE ON SCHEMA vault TO mila",
        "GRANT SELECT ON vault.entry TO mila",
        "GRANT SELECT (kind) ON vault.entry TO mila",
        "GRANT EXECUTE ON FUNCTION vault.keep_disclosures() TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA vault GRANT SELECT ON TABLES TO mila",
    )
    for hole in holes:
        with transaction.atomic("vault"):
            ask(hole, "vault")
            assert written(lambda statement: ask(statement, "vault")) != before, hole
            transaction.set_rollback(True, using="vault")
    ask("GRANT SELECT ON auth_permission TO mila_vault")
    assert written(ask) != before


def test_a_copy_of_everything_is_refused() -> None:
    """`COPY` and `LOCK`, which a dump is made of, by table; the dump itself is in test_dumps."""
    for table in ("link", "entry", "disclosure", "published", "django_migrations"):
        for statement in (
            "COPY vault.{} TO STDOUT",
            "COPY (SELECT * FROM vault.{}) TO STDOUT",
            "COPY vault.{} FROM STDIN",
            "LOCK TABLE vault.{} IN ACCESS SHARE MODE",
            "INSERT INTO vault.{} DEFAULT VALUES",
            "SELECT 1 FROM vault.{} FOR UPDATE",
            "CREATE TABLE public.peek (LIKE vault.{})",
            "CREATE TRIGGER peek AFTER INSERT ON vault.{} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                ask(statement.format(table))


@pytest.fixture
def deployed(durable_postgres: Postgres, tmp_path: Path) -> Iterator[Ask]:
    """A server whose roles and database `deploy/database` made, and the vault that `migrate_vault` made in it."""
    with psycopg.connect(durable_postgres.url("postgres", "postgres"), autocommit=True) as boss:
        for statement in ("DROP DATABASE mila", "DROP ROLE mila", "DROP ROLE mila_vault"):
            boss.execute(statement.encode())
    (tmp_path / "secret").write_text("only-here\n")
    secrets = {
        "PATH": os.pathsep.join([str(Path(durable_postgres.command()[0]).parent), os.defpath]),
        "PGHOST": str(durable_postgres.sockets),
        "DATABASE_PASSWORD_FILE": str(tmp_path / "secret"),
        "VAULT_PASSWORD_FILE": str(tmp_path / "secret"),
    }
    subprocess.run([str(ROOT / "deploy/database")], env=secrets, check=True, capture_output=True)
    environment = {
        **os.environ,
        "DATABASE_URL": durable_postgres.url(),
        "VAULT_DATABASE_URL": durable_postgres.url(role=VAULT_ROLE),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate_vault", "--verbosity", "0"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    with psycopg.connect(durable_postgres.url(), autocommit=True) as session:
        session.execute("CREATE TABLE ordinary (id serial PRIMARY KEY)")
        yield lambda statement: session.execute(statement.encode()).fetchall()


def test_a_deployment_has_the_same_matrix(deployed: Ask) -> None:
    """One ordinary role for the web, the worker, the beat and the reports; it may not even make a role there."""
    here = {" ".join(line.split()) for line in GRANTS.read_text("utf-8").splitlines()}
    there = {" ".join(line.split()) for line in written(deployed).splitlines()}
    # Functions of extensions and triggers of the product's own tables are not made in this one.
    differ = {line for line in here ^ there if " function public." not in line}
    assert differ == {f"mila itself {ONLY_HERE}", "mila itself login"}
