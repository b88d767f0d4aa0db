"""What every step's form shares: it keeps the valid part of what was typed."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from applications.forms.lines import Line
from applications.forms.text import prepare
from applications.models import Application


def short_hash(value: Any) -> str:
    """Sixteen hexadecimal digits that change when the value does."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


class DraftForm(forms.ModelForm):
    """A step over the draft row, with its repeated lines if it has any."""

    optional: tuple[str, ...] = ()
    # The rows besides the draft's own that the step reads and writes.
    hangs_on: tuple[str, ...] = ()
    # What it reads of the person's choices and of the cycle, fetched ahead.
    reads: tuple[str, ...] = ()
    # Whether its lines can be taken out, and put back.
    removable = False
    seen = ""

    class Meta:
        model = Application
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self.fields, self.optional)

    @cached_property
    def lines(self) -> list[Line]:
        """The repeated lines, matched with what is stored when they are first looked at."""
        return []

    @property
    def too_many(self) -> str:
        """The sentence for a page that sent more lines than there is room for."""
        return ""

    @classmethod
    def state(cls, application: Application) -> str:
        """A mark of what the step holds now: two tabs with different marks do not overwrite each other."""
        return short_hash([getattr(application, name) for name in cls._meta.fields or ()])

    def _post_clean(self) -> None:
        # The row stays as it is until `keep`; its constraints are the database's to judge, not one query each here.
        pass

    def is_valid(self) -> bool:
        """Whether it was sent and nothing is to correct, lines included."""
        return super().is_valid() and not self.problems

    @property
    def is_right(self) -> bool:
        """Whether nothing is to correct."""
        return not self.problems

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """Everything to correct: where it is (the id of a field, or nothing), and a sentence."""
        found = [*_problems(self, "")]
        for line in self.lines:
            found += _problems(line, line.heading)
        return [*found, ("", self.too_many)] if self.too_many else found

    def other_version(self, stored: Application) -> list[tuple[str, str]]:
        """Label and text of each answer that is stored otherwise than it is typed here."""
        names = [*(self._meta.fields or ())]
        kept = {name: getattr(stored, name) for name in names}
        found = list(_differences(self, kept, names))
        for line in self.lines:
            found += _differences(line, line.stored, list(line.fields))
        return found

    def keep(self, application: Application) -> dict[str, Any]:
        """Put the valid fields on the locked draft; those that are now to be written in its row, by name."""
        if NON_FIELD_ERRORS in self.errors:
            return {}
        names = [name for name in self._meta.fields or () if name in self.cleaned_data]
        kept = {name: self.cleaned_data[name] for name in names}
        for name, value in kept.items():
            setattr(application, name, value)
        return kept


def _differences(form: Any, kept: dict[str, Any], names: list[str]) -> Iterator[tuple[str, str]]:
    if not form.is_bound:
        return
    form.full_clean()
    for name in names:
        if name in form.fields and form.cleaned_data.get(name) != (value := kept.get(name)):
            label = str(form.fields[name].label)
            heading = getattr(form, "heading", "")
            yield f"{heading}, {label}" if heading else label, _in_words(form.fields[name], value)


def _in_words(field: Any, value: Any) -> str:
    """A stored answer as its page shows it: the words of a choice rather than its code."""
    words = dict(getattr(field, "choices", ())).get(value) if value else None
    return str(words or field.prepare_value(value) or "—")


def _problems(form: Any, heading: str) -> Iterator[tuple[str, str]]:
    if not form.is_bound:
        return
    for sentence in form.non_field_errors():
        yield "", _labelled(heading, sentence) if heading else str(sentence)
    for field in form:
        label = f"{heading}, {field.label}" if heading else str(field.label)
        for sentence in field.errors:
            yield field.id_for_label or f"{field.auto_id}_0", _labelled(label, sentence)


def _labelled(label: str, sentence: str) -> str:
    return _("%(label)s: %(sentence)s") % {"label": label, "sentence": sentence}
