"""Seal the UdeM numbers that were kept in clear, and mark them; backwards, open them."""

from typing import Any

from django.db import migrations

from followup.sealing import mark, seal, unseal


def _rows(cursor: Any) -> list[tuple[int, str]]:
    cursor.execute("SELECT id, number FROM followup_udemfile WHERE number <> ''")
    return list(cursor.fetchall())


def close(apps: Any, editor: Any) -> None:
    """By SQL: the model would open on reading what is not sealed yet."""
    with editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE followup_udemfile SET number = %s, number_mark = %s WHERE id = %s",
            [(seal(number), mark(number), pk) for pk, number in _rows(cursor)],
        )


def open_again(apps: Any, editor: Any) -> None:
    """What 0004 takes back is a plain text."""
    with editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE followup_udemfile SET number = %s, number_mark = '' WHERE id = %s",
            [(unseal(number), pk) for pk, number in _rows(cursor)],
        )


class Migration(migrations.Migration):
    dependencies = [("followup", "0004_steps_and_sealed_facts")]

    operations = [migrations.RunPython(close, open_again)]
