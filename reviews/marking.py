"""The lines of a rubric as fields of a form: those of a review, of a calibration file and of any panel."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.widgets import PlainRadios
from reviews.models.review import HIGHEST, LOWEST

CANNOT_JUDGE = "na"
VALUES = [
    *((str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)),
    (CANNOT_JUDGE, _("n/a")),
]


class Weighed(Protocol):
    """One line of a rubric, whatever it belongs to."""

    pk: Any
    weight: Any
    name: Any


def radios() -> PlainRadios:
    """Radios drawn as buttons by the stylesheet."""
    return PlainRadios(attrs={"class": "visually-hidden"})


def score_fields(rows: Sequence[Weighed], **options: Any) -> dict[str, forms.ChoiceField]:
    """A row of buttons for each line, 1 to 5 or n/a."""
    return {
        f"score_{row.pk}": forms.ChoiceField(
            label=str(row.name), choices=VALUES, widget=radios(), **options
        )
        for row in rows
    }


def scores_in(data: Mapping[str, Any], rows: Sequence[Weighed]) -> dict[int, int | None]:
    """Line's id → 1–5, or None for "cannot judge"; a line without a choice is left out: it is not scored yet."""
    chosen = {row.pk: value for row in rows if (value := data[f"score_{row.pk}"])}
    return {pk: None if said == CANNOT_JUDGE else int(said) for pk, said in chosen.items()}


def initial_scores(scores: Mapping[Any, int | None]) -> dict[str, str]:
    """What saved scores put in the form."""
    return {
        f"score_{pk}": CANNOT_JUDGE if value is None else str(value) for pk, value in scores.items()
    }


def shares(rows: Sequence[Weighed]) -> dict[int, int]:
    """Line's id → what it weighs of the whole, in per cent."""
    whole = sum(row.weight for row in rows)
    return {row.pk: round(100 * row.weight / whole) for row in rows}
