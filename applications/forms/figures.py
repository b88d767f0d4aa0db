"""Numbers as people write them: a comma or a point, a year of four digits."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

EARLIEST = 1940
YEARS_AHEAD = 8


def plain(figure: str | Decimal) -> str:
    """`15.20` → `15,2` or `15.2`: without idle zeros, with the decimal sign of the page's language."""
    text = str(figure)
    return number_format(text.rstrip("0").rstrip(".") if "." in text else text)


class Figure(forms.DecimalField):
    """A number that may be typed with a comma or a point, and is shown with the page's own sign."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, required=False, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read either decimal sign, with or without spaces. Raises ValidationError for what is no number."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace("٫", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as typed; what was kept is shown plainly."""
        return plain(value) if isinstance(value, Decimal) else value


class Year(forms.IntegerField):
    """A likely year."""

    def __init__(self, *, ahead: int = YEARS_AHEAD, **kwargs: Any) -> None:
        self.ahead = ahead
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4, "maxlength": 4}
        )
        super().__init__(widget=widget, required=False, **kwargs)

    def validate(self, value: int | None) -> None:
        """Raise ValidationError outside of a life's span."""
        super().validate(value)
        latest = timezone.localdate().year + self.ahead
        if value is not None and not EARLIEST <= value <= latest:
            raise ValidationError(
                _("Write a year between %(earliest)s and %(latest)s.")
                % {"earliest": EARLIEST, "latest": latest}
            )
