"""A table told twice: as plain data for machines, and in words for the person."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications import countries
from applications.models import Application, Degree, Document, Referee
from applications.models.plain import How
from reports.holdings import Holding
from reports.trail import words_for

# Where the words of a frozen submission's keys are found.
VOCABULARY: tuple[type[models.Model], ...] = (Application, Degree, Document, User)
# Where the words of its coded values are found.
CODED: tuple[type[models.Model], ...] = (*VOCABULARY, Referee)
# The words of what no form field names.
KEYS: dict[str, str | Promise] = {
    "application": gettext_lazy("application"),
    "course": gettext_lazy("course"),
    "current": gettext_lazy("still the case"),
    "degrees": gettext_lazy("degrees"),
    "documents": gettext_lazy("documents"),
    "employer": gettext_lazy("employer"),
    "grade": gettext_lazy("grade"),
    "how": gettext_lazy("where you stand"),
    "name": gettext_lazy("name"),
    "person": gettext_lazy("person"),
    "position": gettext_lazy("position"),
    "program": gettext_lazy("program"),
    "programs": gettext_lazy("programs"),
    "rank": gettext_lazy("order of preference"),
    "referees": gettext_lazy("referees"),
    "relation": gettext_lazy("how they know you"),
    "role": gettext_lazy("position held"),
    "task": gettext_lazy("task"),
    "what_en": gettext_lazy("name in English"),
    "what_fr": gettext_lazy("name in French"),
    "writers": gettext_lazy("what wrote each part last"),
    "year": gettext_lazy("year"),
}


@dataclass(frozen=True)
class Cell:
    """One field in words: a text, or the parts of what it holds."""

    label: str
    text: str = ""
    parts: list["Cell"] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The person's rows of one table, in words and as data."""

    title: str
    name: str
    rows: list[list[Cell]]
    data: list[dict[str, Any]]


def tell(holding: Holding, person: User) -> Table:
    """All that the person may know of this table."""
    fields = holding.fields()
    related = [one.name for one in fields if one.is_relation]
    rows = list(holding.rows(person).select_related(*related))
    words = [[_cell(row, one, person) for one in fields] for row in rows]
    data = [{one.name: _datum(row, one, person) for one in fields} for row in rows]
    return Table(str(holding.title), holding.model._meta.label_lower, words, data)


def _someone(row: models.Model, one: "models.Field[Any, Any]", person: User) -> str | None:
    """Another person is told by their work, never by name or number."""
    is_person = one.is_relation and one.related_model is User
    return words_for(getattr(row, one.name), person) if is_person else None


def _datum(row: models.Model, one: "models.Field[Any, Any]", person: User) -> Any:
    return _someone(row, one, person) or getattr(row, one.attname)


def _cell(row: models.Model, one: "models.Field[Any, Any]", person: User) -> Cell:
    unnamed = one.verbose_name == one.name.replace("_", " ")
    label = capfirst(str(KEYS.get(one.name, one.verbose_name) if unnamed else one.verbose_name))
    if someone := _someone(row, one, person):
        return Cell(label, someone)
    if one.choices:
        return Cell(label, str(getattr(row, f"get_{one.name}_display")()))
    return described(label, decoded(one.name, getattr(row, one.name)))


def described(label: str, value: Any) -> Cell:
    """A value in the words of the page's language; lists and records part by part."""
    if isinstance(value, dict):
        return Cell(
            label,
            parts=[described(label_of(key), decoded(key, part)) for key, part in value.items()],
        )
    if isinstance(value, list | tuple):
        parts = [described(str(number), part) for number, part in enumerate(value, 1)]
        return Cell(label, parts=parts)
    return Cell(label, _text(value))


def _text(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return number_format(value)
    return str(value)


def decoded(key: str, value: Any) -> Any:
    """The form's own word for a coded value; anything else as it is."""
    if not isinstance(value, str) or not value:
        return value
    if key == "country":
        return countries.name_of(value)
    if key == "how":
        return dict(How.choices).get(value, value)
    for model in CODED:
        try:
            choices = dict(model._meta.get_field(key).flatchoices)  # type: ignore[union-attr]
        except (FieldDoesNotExist, AttributeError):
            continue
        if value in choices:
            return str(choices[value])
    return value


def label_of(key: str) -> str:
    """The form's own word for a key of a frozen submission; else the key as it is."""
    for model in VOCABULARY:
        try:
            return str(capfirst(model._meta.get_field(key).verbose_name))  # type: ignore[union-attr]
        except (FieldDoesNotExist, AttributeError):
            continue
    return capfirst(str(KEYS.get(key, key.replace("_", " "))))
