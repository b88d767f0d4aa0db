"""The form of self-identification: each question with its answers as the page draws them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.moves import Refused
from scholarships.dimensions import DIMENSIONS, LONGEST_WORDS, PREFER_NOT, Dimension
from scholarships.identifying import clean

NO_ANSWER = ("", _("No answer: take mine back"))


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen. `is_alone`: it goes with no other."""

    id: str
    code: str
    label: str | Promise
    is_chosen: bool
    is_alone: bool
    is_apart: bool


@dataclass(frozen=True)
class Asked:
    """One question with what is chosen of it."""

    number: int
    dimension: Dimension
    field: BoundField
    options: list[Option]
    words: BoundField | None

    @property
    def errors(self) -> list[str]:
        """What is wrong with the answer, or with the words."""
        return [*self.field.errors, *(self.words.errors if self.words else ())]


class IdentifyingForm(forms.Form):
    """Nothing is required. What is chosen is judged by `identifying.clean`, a question at a time."""

    def __init__(self, data: Any = None, *, said: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(said))
        for one in DIMENSIONS:
            make, widget = (
                (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
                if one.many
                else (forms.ChoiceField, forms.RadioSelect)
            )
            self.fields[one.code] = make(choices=one.asked, required=False, widget=widget)
            self.fields[one.code].label = cast(Any, one.short)
            if one.has_words:
                words = forms.CharField(max_length=LONGEST_WORDS, required=False)
                words.label = cast(Any, one.words_label)
                self.fields[one.words_code] = words

    def clean(self) -> dict[str, Any]:
        """The answers; what does not go together is said at its question."""
        for one in DIMENSIONS:
            codes = {one.code, one.words_code}
            if not codes & set(self.errors):
                try:
                    clean({code: self.cleaned_data.get(code) for code in codes})
                except Refused as refused:
                    self.add_error(one.code, str(refused.text))
        return self.cleaned_data

    def questions(self) -> Iterator[Asked]:
        """Each question, in order."""
        for number, one in enumerate(DIMENSIONS, 1):
            words = self[one.words_code] if one.has_words else None
            yield Asked(number, one, self[one.code], list(self._options(one)), words)

    def _options(self, one: Dimension) -> Iterator[Option]:
        value = self[one.code].value() or []
        chosen = {value} if isinstance(value, str) else set(value)
        # A chosen radio button cannot be let go: then there is one more that means nothing said.
        back = [NO_ANSWER] if chosen and not one.many else []
        for place, (code, label) in enumerate([*one.asked, *back]):
            # The first one has the field's own name: links from the list of errors lead to it.
            name = f"id_{one.code}_{place}"
            apart, alone = code in (PREFER_NOT, ""), code in one.alone
            yield Option(name, code, label, code in chosen, alone, apart)
