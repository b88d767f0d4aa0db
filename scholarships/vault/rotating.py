"""Replacing the vault's key: everything that an earlier key sealed or marked is sealed and marked by the newest."""

from typing import Any

from django.db import connections, transaction

from scholarships.vault.keys import is_newest, marks, seal, unseal

BATCH = 200


def rotate() -> int:
    """Seal anew, a batch a transaction; how many rows changed. Safe to stop and to run again.

    Disclosures are evidence and are never rewritten: the keys that sealed them are kept for as long as they are.
    """
    return _all(_entries) + _all(_links)


def _all(batch: Any) -> int:
    changed, after = 0, "00000000-0000-0000-0000-000000000000"
    while True:
        with transaction.atomic("vault"), connections["vault"].cursor() as cursor:
            last, count = batch(cursor, after)
        changed += count
        if last is None:
            return changed
        after = last


def _entries(cursor: Any, after: str) -> tuple[str | None, int]:
    cursor.execute(
        "SELECT token, kind, sealed FROM entry WHERE token > %s ORDER BY token LIMIT %s FOR UPDATE",
        [after, BATCH],
    )
    rows, changed = cursor.fetchall(), 0
    for token, kind, sealed in rows:
        if not is_newest(sealed):
            place = f"entry:{kind}:{token}"
            again = seal(unseal(sealed, place), place)
            cursor.execute("UPDATE entry SET sealed = %s WHERE token = %s", [again, token])
            changed += 1
    return (str(rows[-1][0]) if rows else None), changed


def _links(cursor: Any, after: str) -> tuple[str | None, int]:
    cursor.execute(
        "SELECT token, sealed FROM link WHERE token > %s ORDER BY token LIMIT %s FOR UPDATE",
        [after, BATCH],
    )
    rows, changed = cursor.fetchall(), 0
    for token, sealed in rows:
        if not is_newest(sealed):
            whom = unseal(sealed, f"link:{token}")
            again = [marks(whom["subject"], whom["kind"])[0], seal(whom, f"link:{token}"), token]
            cursor.execute("UPDATE link SET mark = %s, sealed = %s WHERE token = %s", again)
            changed += 1
    return (str(rows[-1][0]) if rows else None), changed
