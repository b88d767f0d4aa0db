"""What every step's form shares: it keeps the valid part of what was typed."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from applications.models import Application


def short_hash(value: Any) -> str:
    """Sixteen hexadecimal digits that change when the value does."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


class DraftForm(forms.ModelForm):
    """A step over the draft row."""

    class Meta:
        model = Application
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @classmethod
    def state(cls, application: Application) -> str:
        """A mark of what the step holds now: two tabs with different marks do not overwrite each other."""
        return short_hash([getattr(application, name) for name in cls._meta.fields or ()])

    def other_version(self, stored: Application) -> list[tuple[str, str]]:
        """Label and text of each answer that is stored otherwise than it is typed here."""
        self.full_clean()
        differ = [
            name
            for name in self._meta.fields or ()
            if getattr(stored, name) != self.cleaned_data.get(name)
        ]
        return [(str(self.fields[name].label), _read(stored, name)) for name in differ]

    def keep(self, application: Application) -> None:
        """Write the valid fields to the locked draft."""
        names = [name for name in self._meta.fields or () if name in self.cleaned_data]
        if NON_FIELD_ERRORS in self.errors or not names:
            return
        for name in names:
            setattr(application, name, self.cleaned_data[name])
        application.save(update_fields=names)


def _read(stored: Application, name: str) -> str:
    """A stored answer in words; the words of a choice rather than its code."""
    in_words = getattr(stored, f"get_{name}_display", None)
    return str(in_words() if in_words else getattr(stored, name)) or "—"


class CountedText(forms.CharField):
    """A long text with a limit in characters, counted the same way in the browser and here.

    A line break counts as one, an emoji as its code points; nothing is cut off in silence.
    """

    def __init__(self, *, limit: int, rows: int, **kwargs: Any) -> None:
        self.limit = limit
        widget = forms.Textarea(attrs={"rows": rows, "data-limit": limit})
        super().__init__(widget=widget, required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """One kind of line break."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Raise ValidationError with the count when the text is too long."""
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                _("%(count)s characters: at most %(limit)s.")
                % {"count": len(value), "limit": self.limit}
            )
