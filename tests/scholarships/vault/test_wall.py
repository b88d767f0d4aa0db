"""The wall is PostgreSQL's: what each role of the database may do with each table, as the server itself answers."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.utils import DatabaseError

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
TABLES = ("link", "entry", "disclosure", "published", "django_migrations")
HELD = """
SELECT r.rolname, c.relname, p.held
FROM pg_roles r
CROSS JOIN pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'vault'
CROSS JOIN unnest(%s::text[]) AS p(held)
WHERE c.relkind = 'r' AND NOT r.rolsuper AND r.rolname !~ '^pg_'
  AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND has_table_privilege(r.oid, c.oid, p.held)
"""


def ask(alias: str, statement: str, *values: Any) -> list[tuple[object, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def test_the_grants_are_these_and_no_others() -> None:
    held = set(ask("default", HELD, list(RIGHTS)))
    assert held == {("mila_vault", table, right) for table in TABLES for right in RIGHTS}


def test_the_vault_role_has_nothing_outside() -> None:
    """Neither a table of the product nor the right to make anything."""
    readable = ask(
        "vault",
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')",
    )
    assert readable == []
    makes = "SELECT has_database_privilege(current_database(), 'CREATE'), has_schema_privilege('public', 'CREATE')"
    assert ask("vault", makes) == [(False, False)]


@pytest.mark.parametrize("table", ["link", "entry", "disclosure", "published"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM vault.{}",
        "SELECT count(*) FROM vault.{}",
        "UPDATE vault.{} SET sealed = NULL",
        "DELETE FROM vault.{}",
        "TRUNCATE vault.{}",
        "COPY vault.{} TO STDOUT",
        "DROP TABLE vault.{}",
        "ALTER TABLE vault.{} OWNER TO CURRENT_USER",
        "CREATE VIEW public.peek AS SELECT * FROM vault.{}",
    ],
)
def test_the_ordinary_role_is_refused(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        ask("default", statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE mila_vault",
        "GRANT mila_vault TO CURRENT_USER",
        "ALTER ROLE mila_vault PASSWORD 'x'",
        "DROP SCHEMA vault CASCADE",
        "GRANT ALL ON SCHEMA vault TO CURRENT_USER",
    ],
)
def test_the_ordinary_role_cannot_let_itself_in(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        ask("default", statement)


def test_the_schema_is_made_once() -> None:
    call_command("migrate_vault", verbosity=0)
    assert ask("vault", "SELECT count(*) FROM django_migrations WHERE app = 'vault'") == [(2,)]


def test_the_command_refuses_a_wall_with_a_hole() -> None:
    """The vault under the ordinary role would be no vault."""
    user = connections["vault"].settings_dict["USER"]
    connections["vault"].settings_dict["USER"] = connections["default"].settings_dict["USER"]
    try:
        with pytest.raises(CommandError, match="member"):
            call_command("migrate_vault", verbosity=0)
    finally:
        connections["vault"].settings_dict["USER"] = user
