"""What is typed about UdeM's lists. Forms take objects, never a request, and write nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cycles.models import Cycle, Program
from followup.models import Filing
from reconciliation.columns import LABELS, Columns, Meaning, wanting
from reconciliation.folding import key
from reconciliation.models.learned import STEPS
from reconciliation.models.udem_list import REASON_LIMIT
from reconciliation.reading import LARGEST, Table
from reconciliation.values import DATE_ORDERS, DateOrder

IGNORED = "ignored"
ENCODING_LABELS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
}
STEP_CHOICES = [("", _("Choose")), *STEPS, (IGNORED, _("It tells no step"))]


class ReceiveForm(forms.Form):
    """A list to bring in, and the day that UdeM made it."""

    file = forms.FileField(
        label=_("The list: CSV or Excel (.xlsx), under 5 MB"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )
    as_of = forms.DateField(
        label=_("Date of the list"),
        help_text=_("The day UdeM made it: what was written later is not overtaken by it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_file(self) -> Any:
        """Raise ValidationError when it is too large to be read at all."""
        file = self.cleaned_data["file"]
        if file.size >= LARGEST:
            raise ValidationError(
                _("This file has 5 MB or more. Leave out columns, or cut it in two.")
            )
        return file


class EncodingForm(forms.Form):
    """Another encoding to read the same bytes in."""

    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=list(ENCODING_LABELS.items()),
        widget=forms.Select(attrs={"class": "form-select narrow-in"}),
    )


class ColumnsForm(forms.Form):
    """What each column tells, how days are written, and what words that nobody was asked about mean."""

    def __init__(
        self,
        *args: Any,
        table: Table,
        columns: Mapping[Meaning, str],
        order: DateOrder | None,
        words: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = [header for header in table.headers if header]
        told = {header: meaning.value for meaning, header in columns.items()}
        meanings = [("", _("Not read")), *((one.value, LABELS[one]) for one in Meaning)]
        for index, header in enumerate(self.headers):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=header,
                choices=meanings,
                required=False,
                initial=told.get(header, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.fields["order"] = forms.ChoiceField(
            label=_("How the list writes its days (YYYY-MM-DD always reads)"),
            choices=[("", _("Choose")), *((one.value, text) for one, text in DATE_ORDERS.items())],
            initial=order.value if order else "",
            error_messages={"required": _("Say how the list writes its days.")},
        )
        self.words = {word_field(text): text for text in words}
        for name, text in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=text,
                choices=STEP_CHOICES,
                error_messages={"required": _("Say what this word means.")},
            )

    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns, in the file's order."""
        return [self[f"column-{index}"] for index in range(len(self.headers))]

    def words_asked(self) -> list[forms.BoundField]:
        """The fields of the words that nobody was asked about."""
        return [self[name] for name in self.words]

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when two columns tell the same, or too little is told."""
        told = super().clean() or {}
        said = [told.get(f"column-{index}", "") for index in range(len(self.headers))]
        for index, meaning in enumerate(said):
            if meaning and meaning in said[:index]:
                self.add_error(f"column-{index}", _("Another column tells this already."))
        if reasons := wanting(self.chosen(told)):
            raise ValidationError(list(reasons))
        return told

    def chosen(self, told: Mapping[str, Any]) -> Columns:
        """The columns by what they tell."""
        said = ((told.get(f"column-{i}", ""), header) for i, header in enumerate(self.headers))
        return {Meaning(meaning): header for meaning, header in said if meaning}

    def learned(self) -> dict[str, str]:
        """The words with their steps; nothing where a word tells none."""
        given = {text: self.cleaned_data[name] for name, text in self.words.items()}
        return {text: "" if step == IGNORED else step for text, step in given.items()}


def word_field(text: str) -> str:
    """The name of a word's field: the same whatever else is asked."""
    return f"word-{hashlib.sha256(key(text).encode()).hexdigest()[:12]}"


class WordsForm(forms.Form):
    """What UdeM's words mean, all those that were asked about."""

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = {word_field(word): word for word in words}
        for name, word in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=word, choices=STEP_CHOICES[1:], initial=words[word] or IGNORED
            )

    def learned(self) -> dict[str, str]:
        """The words with their steps; nothing where a word tells none."""
        given = {word: self.cleaned_data[name] for name, word in self.words.items()}
        return {word: "" if step == IGNORED else step for word, step in given.items()}


class UndoForm(forms.Form):
    """Why a whole list is undone."""

    why = forms.CharField(
        label=_("Why the list is undone"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the list is undone.")},
    )


class ExportForm(forms.Form):
    """Which people leave, and as which kind of file."""

    cycle = forms.ModelChoiceField(
        label=_("Cycle"),
        queryset=Cycle.objects.order_by("-opens_at"),
        to_field_name="code",
        empty_label=None,
    )
    program = forms.ModelChoiceField(
        label=_("Program"),
        queryset=Program.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=pgettext_lazy("programs", "All"),
    )
    status = forms.ChoiceField(
        label=_("State"),
        choices=[("", pgettext_lazy("states", "All")), *Filing.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("export", "File"),
        choices=[("csv", "CSV"), ("xlsx", "Excel (.xlsx)")],
        initial="csv",
    )
