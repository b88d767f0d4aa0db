"""What the ledgers keep from a person in conflict: every line about the file, or about any row that hangs on it."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from applications.models import Application
from applications.sight import ids_kept_from
from audit.sight import keeps_lines

DEPTH = 3


@keeps_lines
def lines_of_hidden_files(user: Any) -> Iterator[str]:
    """The subjects of the applications kept from this person, and of what belongs to them in any app.

    Found by the foreign keys themselves, so that a table of tomorrow is kept from them too.
    """
    yield from _subjects(Application, ids_kept_from(user), DEPTH)


def _subjects(model: type[models.Model], ids: set[int], depth: int) -> Iterator[str]:
    if not ids:
        return
    yield from (f"{model._meta.label_lower}:{pk}" for pk in ids)
    if depth == 0:
        return
    for link in model._meta.related_objects:
        if not link.many_to_many:
            held = link.related_model._default_manager.filter(**{f"{link.field.name}__in": ids})
            yield from _subjects(
                link.related_model, set(held.values_list("pk", flat=True)), depth - 1
            )
