"""Replacing a key: every sealed fact of every table is sealed anew under the newest one, and its mark made anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.db.utils import DatabaseError

from followup.sealing import SealedField, is_newest, mark, unseal

BATCH = 200


@dataclass(frozen=True)
class Column:
    """A sealed column of a table, and its mark where it has one."""

    model: type[models.Model]
    name: str
    mark: str

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


def columns() -> list[Column]:
    """Every sealed column of the product, whatever the app."""
    return [
        Column(model, field.name, _mark_of(model, field.name))
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    ]


def _mark_of(model: type[models.Model], name: str) -> str:
    try:
        return model._meta.get_field(f"{name}_mark").name
    except FieldDoesNotExist:
        return ""


def reseal(column: Column, *, batch: int = BATCH) -> Iterator[tuple[int, int]]:
    """Batch by batch, each its own commit: how many were looked at, how many sealed anew. Stopped, it may begin again."""
    last = 0
    while True:
        with transaction.atomic():
            rows = list(_some(column, last, batch))
            done = sum(_resealed(column, row) for row in rows)
        if not rows:
            return
        last = rows[-1].pk
        yield len(rows), done


def _some(column: Column, last: int, batch: int) -> models.QuerySet[models.Model]:
    held = column.model._base_manager.filter(pk__gt=last).exclude(**{column.name: ""})
    raw = held.annotate(raw=Cast(column.name, TextField()))
    return raw.select_for_update(of=("self",)).order_by("pk")[:batch]


def _resealed(column: Column, row: models.Model) -> bool:
    """Write one row, unless the newest key sealed it already."""
    if is_newest(row.raw):  # type: ignore[attr-defined]
        return False
    text = getattr(row, column.name)
    new = {column.name: text} | ({column.mark: mark(text)} if column.mark else {})
    column.model._base_manager.filter(pk=row.pk).update(**new)
    return True


def unopened(alias: str = "default") -> list[str]:
    """The columns whose oldest or newest fact no key opens; a database without the tables yet has none."""
    return [str(column) for column in columns() if not all(_opens(column, alias))]


def _opens(column: Column, alias: str) -> Iterator[bool]:
    # A sealed field gives its column no name of its own.
    table, name = column.model._meta.db_table, column.name
    for order in ("ASC", "DESC"):
        # Both names are our own models'.
        sql = f'SELECT "{name}" FROM "{table}" WHERE "{name}" <> \'\' ORDER BY id {order} LIMIT 1'  # noqa: S608
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute(sql)
                found = cursor.fetchone()
        except DatabaseError:
            return
        if found:
            yield _is_open(found[0])


def _is_open(token: str) -> bool:
    try:
        unseal(token)
    except InvalidToken:
        return False
    return True
