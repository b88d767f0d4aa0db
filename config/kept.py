"""What a person typed into a form that could not be received, told in the words of the form."""

import re

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst

from applications.models import Application, Degree
from desk.models import Message, Request
from reviews.models import Review
from scholarships.models import Candidacy

FORMS_OF = (Application, Degree, Review, Request, Message, Candidacy)
# The forms' own book-keeping, and what must never be shown again.
SILENT = {"csrfmiddlewaretoken", "revision", "seen", "page", "next", "credential", "cycle", "code"}
SILENT_ENDS = ("_FORMS", "-id", "-ORDER")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Each field's label and text, in the order of the form; secrets and book-keeping left out."""
    return [
        (label_of(name), value)
        for name in request.POST
        if name not in SILENT and "password" not in name and not name.endswith(SILENT_ENDS)
        for value in request.POST.getlist(name)
        if value
    ]


def label_of(name: str) -> str:
    """The field's label, with its row for a form of several: `Institution (2)`; else its bare name."""
    row = re.fullmatch(r"\w+-(\d+)-(\w+)", name)
    label = _label(row[2] if row else name)
    return f"{label} ({int(row[1]) + 1})" if row else label


def _label(field: str) -> str:
    for model in FORMS_OF:
        try:
            found = model._meta.get_field(field)
        except FieldDoesNotExist:
            continue
        if isinstance(found, Field):
            return str(capfirst(found.verbose_name))
    return field
