"""The documents step: one row a document that this application is asked for."""

from dataclasses import dataclass

from applications.forms.document import DocumentForm
from applications.models import Application
from applications.wanted import Wanted, wanted


@dataclass(frozen=True)
class Row:
    """What is asked and held, and the form to send a file (a refused one keeps its error)."""

    asked: Wanted
    form: DocumentForm


def rows(application: Application, bad: DocumentForm | None = None) -> list[Row]:
    """Every row, in the order of the page."""
    return [
        Row(asked, bad if bad and bad.slot == asked.slot else DocumentForm(slot=asked.slot))
        for asked in wanted(application)
    ]
