"""How the database is emptied after a test with real commits: only what is in it is deleted.

To truncate a hundred tables, PostgreSQL makes a hundred new files, for the five that were written. The superuser of
the tests' own engine deletes their rows instead, without their triggers; the product's role may do no such thing.
"""

from functools import cache

import psycopg
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql


@cache
def tables() -> tuple[str, ...]:
    """Every table of a model."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    # What Django lists of the models themselves stays: other tests of this process write rows that point at it.
    return tuple(sorted(set(found) - {"django_content_type", "auth_permission"}))


@cache
def which_are_written() -> sql.Composed:
    """Asks for the names of those that have a row; nobody else may write to one until the end."""
    every = [sql.Identifier(name) for name in tables()]
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), table)
        for name, table in zip(tables(), every, strict=True)
    ]
    return sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE; {}").format(
        sql.SQL(", ").join(every), sql.SQL(" UNION ALL ").join(asked)
    )


def emptied(case: TransactionTestCase) -> None:
    """Empty the database; what Django keeps of its own rows is forgotten."""
    now = connection.settings_dict
    address = {"host": now["HOST"], "port": now["PORT"], "dbname": now["NAME"], "user": "postgres"}
    with psycopg.connect(**address, options="-c lock_timeout=60s") as session:
        found = session.execute(which_are_written())
        found.nextset()
        written = [sql.Identifier(name) for (name,) in found.fetchall()]
        session.execute("SET LOCAL session_replication_role = replica")  # no trigger
        session.execute(
            sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in written)
        )
