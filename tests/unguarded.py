"""Breaking on purpose what the database refuses, to see that somebody would notice."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

GUARDED = (
    *("reviews_release", "reviews_decision"),
    *("scholarships_announcement", "scholarships_result"),
)


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger of ours fires in here, as for the owner of the tables at work by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
