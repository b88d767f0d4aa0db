"""What input means: the reason of a no, and the UdeM application."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from followup.filing import clean_day, clean_number
from followup.models import REASON_LIMIT, UdemFile


class DeclineForm(forms.Form):
    """A reason, if the person wants to give one."""

    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words (optional)"),
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It helps us for the years to come. At most 500 characters."),
    )


class FilingForm(forms.Form):
    """The number and the day of the application to UdeM."""

    number = forms.CharField(
        label=gettext_lazy("Your UdeM application number"),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the number of your UdeM application.")},
        help_text=gettext_lazy(
            "As in the UdeM confirmation e-mail. It lets us follow your file with the department."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    filed_on = forms.DateField(
        label=gettext_lazy("The day you applied"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Give the day you applied, as in 2027-01-29.")
        ),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Year-month-day, as in 2027-01-29."),
    )

    def __init__(self, data: Any = None, *, udem_file: UdemFile) -> None:
        known = {"number": udem_file.number, "filed_on": udem_file.filed_on}
        super().__init__(data, initial=known)
        self.udem_file = udem_file

    def clean_number(self) -> str:
        """Spaces and hyphens do not count."""
        return clean_number(self.cleaned_data["number"])

    def clean_filed_on(self) -> date:
        """Not in the future, not before our answer."""
        return clean_day(self.cleaned_data["filed_on"], self.udem_file)
