"""What a coordinator types about readers and plans. Forms take objects, and send nothing."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import Plan
from committee.models.readership import MOST_CAPACITY
from committee.readers import Line, Typed
from cycles.models import Program

MOST_AT_ONCE = 100_000


def _box(label: Any) -> forms.BooleanField:
    """One tick box of the table."""
    attrs = {"class": "form-check-input"}
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=attrs))


class ReaderForm(forms.Form):
    """What one reader takes: a line of the table, named after the reader for those who hear it."""

    capacity = forms.IntegerField(
        label=_("Files at most"),
        min_value=0,
        max_value=MOST_CAPACITY,
        widget=forms.NumberInput(attrs={"class": "form-control n-in", "inputmode": "numeric"}),
    )
    programs = forms.TypedMultipleChoiceField(
        label=_("Programs"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    reads_french = _box(_("reads French"))
    reads_english = _box(_("reads English"))
    away = _box(_("not now"))

    def __init__(self, data: QueryDict | None, *, line: Line, programs: list[Program]) -> None:
        row = line.readership
        initial = {
            "capacity": row.capacity,
            "programs": sorted(line.programs),
            "reads_french": row.reads_french,
            "reads_english": row.reads_english,
            "away": row.away,
        }
        super().__init__(data, prefix=prefix_of(line), initial=initial)
        self.line = line
        chosen = self.fields["programs"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(program.pk, program.short) for program in programs]
        for name in ("capacity", "reads_french", "reads_english", "away"):
            field = self.fields[name]
            field.widget.attrs["aria-label"] = f"{field.label}, {line.reader}"

    def clean(self) -> dict[str, Any]:
        """Somebody who reads no language reads nothing: that is what “not now” is for."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reads_french") and not data.get("reads_english"):
            self.add_error("reads_french", _("Choose at least one language."))
        return data

    def typed(self) -> Typed:
        """What the verb takes."""
        data = self.cleaned_data
        return Typed(
            reader=self.line.reader.pk,
            capacity=data["capacity"],
            programs=frozenset(data["programs"]),
            reads_french=data["reads_french"],
            reads_english=data["reads_english"],
            away=data["away"],
        )


def prefix_of(line: Line) -> str:
    """What the names of a reader's fields begin with."""
    return f"reader-{line.reader.pk}"


class AskForm(forms.Form):
    """What to have worked out."""

    kind = forms.ChoiceField(
        label=_("What to give"),
        choices=Plan.Kind.choices,
        initial=Plan.Kind.FIRST,
        widget=forms.RadioSelect,
    )
    may_move = forms.BooleanField(
        label=_("Readings that nobody has begun may move"),
        help_text=_(
            "Only with the readings that are missing: where a file finds a reader or the load "
            "becomes more even, a file that its reader has not opened may go to another."
        ),
        required=False,
    )
    most = forms.IntegerField(
        label=pgettext_lazy("number of files", "How many files get another reading"),
        help_text=_("Only with another reading: the files that most need one come first."),
        required=False,
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"class": "n-in", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """Another reading has a number; the others have none."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Plan.Kind.ANOTHER and "most" in data and not data["most"]:
            self.add_error("most", _("Say how many files get another reading."))
        return data
