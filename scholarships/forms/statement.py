"""The statement, and another award where the round's rule asks for it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.forms.figures import Figure
from applications.forms.text import prepare
from scholarships.applying import too_long
from scholarships.models import Candidacy, Stacking


def clean_breaks(text: str) -> str:
    """One kind of line break; word processors have two more."""
    return text.replace("\r\n", "\n").replace("\x0b", "\n").replace("\x0c", "\n")


class CountedWords(forms.CharField):
    """A text with a limit in words, counted the same way in the browser and here; nothing is cut off in silence."""

    def __init__(self, *, words: int, rows: int, **kwargs: Any) -> None:
        self.words = words
        unit = ngettext("word", "words", words)
        widget = forms.Textarea(attrs={"rows": rows, "data-words": words, "data-unit": unit})
        super().__init__(widget=widget, required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """With one kind of line break."""
        return clean_breaks(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError with the count when the text is too long."""
        super().validate(value)
        if sentence := too_long(value, self.words):
            raise forms.ValidationError(sentence)


class StatementForm(forms.Form):
    """What the person writes for one scholarship; `typed` is the valid part of it."""

    def __init__(self, *args: Any, candidacy: Candidacy, **kwargs: Any) -> None:
        row = candidacy.round
        initial = {"statement": candidacy.statement, "other_awards": candidacy.other_awards}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["statement"] = CountedWords(
            label=_("Statement"),
            words=row.statement_words,
            rows=16,
            help_text=_("In French or in English. At most %(limit)s words.")
            % {"limit": row.statement_words},
        )
        if row.stacking == Stacking.TOP_UP:
            self.fields["other_awards"] = Figure(
                label=_("Other major award that you have or expect, in dollars"),
                help_text=_(
                    "For the same year of studies, all together. Write 0 if you have none."
                ),
                min_value=Decimal(0),
                max_digits=9,
                decimal_places=2,
            )
        prepare(self.fields)

    @property
    def typed(self) -> dict[str, Any]:
        """What is right, by column."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    @property
    def is_right(self) -> bool:
        """Whether nothing is to correct."""
        return not self.errors
