"""What the ledgers keep from a person in conflict: every line about the file, or about any row that hangs on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from applications.models import Application
from applications.sight import ids_kept_from
from audit.sight import keeps_lines

DEPTH = 3

Model = type[models.Model]
Rows = models.QuerySet[Any, Any]


@keeps_lines
def lines_of_hidden_files(user: Any) -> Iterator[str]:
    """The subjects of the applications kept from this person, and of what belongs to them in any app.

    Found by the foreign keys themselves, so that a table of tomorrow is kept from them too; one query for each step
    away from the file, however many tables there are.
    """
    level: dict[Model, set[Any]] = {Application: ids_kept_from(user)}
    for depth in range(DEPTH + 1):
        for model, ids in level.items():
            yield from (f"{model._meta.label_lower}:{pk}" for pk in ids)
        if depth < DEPTH:
            level = _held(level.items())


def _held(level: Iterable[tuple[Model, set[Any]]]) -> dict[Model, set[Any]]:
    """The rows that hang on these, by their model."""
    models_of: dict[str, Model] = {}
    parts: list[Rows] = []
    for model, ids in level:
        for link in model._meta.related_objects:
            if ids and not link.many_to_many:
                held: Model = link.related_model
                models_of[held._meta.label_lower] = held
                parts.append(_named(held).filter(**{f"{link.field.name}__in": ids}))
    found: dict[Model, set[Any]] = defaultdict(set)
    if parts:
        for label, pk in parts[0].union(*parts[1:], all=True):
            found[models_of[label]].add(pk)
    return found


def _named(model: Model) -> Rows:
    """A model's rows as its name and their key, both in words, as a subject is written."""
    label = Value(model._meta.label_lower, output_field=TextField())
    rows = model._default_manager.order_by().annotate(label_=label, key_=Cast("pk", TextField()))
    return rows.values_list("label_", "key_")
