"""Everything that hangs on a row, found by the foreign keys: a new table falls under the same rule without a line here."""

from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F, FileField, Value
from psycopg import sql

Model = type[models.Model]


@dataclass
class Tree:
    """The rows by table; `loose` are columns of others that only name one of them, and are emptied."""

    rows: dict[Model, set[Any]] = field(default_factory=dict)
    loose: list[tuple[Model, str, Model]] = field(default_factory=list)

    @property
    def subjects(self) -> list[str]:
        """How the ledgers name these rows."""
        return [
            f"{m._meta.label_lower}:{pk}" for m, keys in self.rows.items() for pk in sorted(keys)
        ]

    @property
    def counted(self) -> dict[str, int]:
        """How many rows of each table."""
        return {m._meta.label_lower: len(keys) for m, keys in self.rows.items() if keys}

    def files(self) -> list[tuple[str, str]]:
        """The names of the files that these rows hold, and the SHA-256 of each where its row knows it."""
        found: set[tuple[str, str]] = set()
        for model, keys in self.rows.items():
            columns = {one.name for one in model._meta.concrete_fields}
            digest = F("sha256") if "sha256" in columns else Value("")
            for one in model._meta.concrete_fields:
                if isinstance(one, FileField):
                    held = model._base_manager.filter(pk__in=keys).exclude(**{one.name: ""})
                    found |= set(held.annotate(digest=digest).values_list(one.name, "digest"))
        return sorted(found)


def hanging_on(model: Model, keys: set[Any]) -> Tree:
    """These rows and all that lead to them."""
    tree = Tree()
    _gather(model, keys, tree)
    return tree


def _gather(model: Model, keys: set[Any], tree: Tree) -> None:
    new = keys - tree.rows.get(model, set())
    if not new:
        return
    tree.rows.setdefault(model, set()).update(new)
    for other, name, follows in _pointing_at(model):
        if follows:
            found = other._base_manager.filter(**{f"{name}__in": new}).values_list("pk", flat=True)
            _gather(other, set(found), tree)
        elif (other, name, model) not in tree.loose:
            tree.loose.append((other, name, model))


def _pointing_at(model: Model) -> list[tuple[Model, str, bool]]:
    """Every column of any table that leads here: the table, the column, whether its rows go along."""
    found = []
    for other in apps.get_models(include_auto_created=True):
        for one in other._meta.local_concrete_fields:
            if one.is_relation and one.related_model is model:
                how = getattr(one.remote_field, "on_delete", None)
                found.append((other, one.name, how is not models.SET_NULL))
    return found


def delete(tree: Tree) -> None:
    """Delete the rows, by table; foreign keys are judged at the end of the transaction, the triggers at once."""
    with connection.cursor() as cursor:
        for other, name, model in tree.loose:
            rows = other._base_manager.filter(**{f"{name}__in": tree.rows[model]})
            rows.update(**{name: None})
        for model in _leaves_first(tree):
            keys = tree.rows[model]
            key: Any = model._meta.pk
            names = [sql.Identifier(name) for name in (model._meta.db_table, key.column)]
            cursor.execute(
                sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(*names), [sorted(keys)]
            )


def _leaves_first(tree: Tree) -> list[Model]:
    """The tables in an order in which none is emptied while another still points at it."""
    order: TopologicalSorter[Model] = TopologicalSorter()
    for model in tree.rows:
        others = [other for other, _name, follows in _pointing_at(model) if follows]
        order.add(model, *(one for one in others if one in tree.rows and one is not model))
    return list(order.static_order())
