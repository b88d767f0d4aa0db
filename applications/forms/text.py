"""What a text may hold: every script, and nothing that no page can show."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Control codes and halves of a character; a NUL has Django's own sentence. Marks of direction and joiners stay:
# Arabic, Persian and Hindi are not written without them.
UNPRINTABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
SEEN = frozenset("LNPS")


def printable(value: str) -> None:
    """Raise ValidationError when a text holds what can be neither shown nor kept."""
    if UNPRINTABLE.search(value):
        raise ValidationError(
            _(
                "This holds an invisible character that cannot be kept: type the passage again instead of "
                "pasting it."
            )
        )


def visible(value: str) -> bool:
    """Whether a text says something: letters, digits or signs, not only spaces and invisible marks."""
    return any(unicodedata.category(letter)[0] in SEEN for letter in value)


def prepare(fields: dict[str, forms.Field], optional: tuple[str, ...] = ()) -> None:
    """Make a step's fields alike: nothing required, any script in its own direction, `(optional)` where it is."""
    for name, field in fields.items():
        field.required = False
        if name in optional:
            field.label = _("%(label)s (optional)") % {"label": field.label}
        if isinstance(field, forms.CharField):
            field.validators.append(printable)
            field.widget.attrs.setdefault("dir", "auto")


class CountedText(forms.CharField):
    """A long text with a limit in characters, counted the same way in the browser and here.

    A line break counts as one, an emoji as its code points; nothing is cut off in silence.
    """

    def __init__(self, *, limit: int, rows: int, **kwargs: Any) -> None:
        self.limit = limit
        widget = forms.Textarea(attrs={"rows": rows, "data-limit": limit})
        super().__init__(widget=widget, required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """One kind of line break; word processors have two more."""
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        return text.replace("\x0b", "\n").replace("\x0c", "\n")

    def validate(self, value: str) -> None:
        """Raise ValidationError with the count when the text is too long."""
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                _("%(count)s characters: at most %(limit)s.")
                % {"count": len(value), "limit": self.limit}
            )
