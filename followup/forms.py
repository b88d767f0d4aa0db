"""What input means: the reason of a no, the UdeM application, and what the coordination changes of an offer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from desk.forms import WhyForm, Words
from desk.models.request import REASON_LIMIT as WHY_LIMIT
from followup.filing import clean_day, clean_number
from followup.models import REASON_LIMIT, UdemFile

__all__ = ["CallForm", "DeclineForm", "ExtendForm", "FilingForm", "ReopenForm", "WhyForm"]


class LastDay(forms.DateField):
    """The last day to reply."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Last day to reply"),
            error_messages=dict.fromkeys(
                ("required", "invalid"),
                gettext_lazy("Give the last day to reply, as in 2027-03-23."),
            ),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            help_text=gettext_lazy("Until the end of that day in Montréal."),
        )


class CallForm(forms.Form):
    """Until when a person who is called replies, and why where that is needed."""

    reply_on = LastDay()
    why = Words(
        limit=WHY_LIMIT,
        rows=3,
        required=False,
        label=gettext_lazy("Why, where this is out of the ordinary"),
    )


class ExtendForm(WhyForm):
    """A later last day, and why."""

    reply_on = LastDay()
    field_order = ("reply_on", "why")


class ReopenForm(ExtendForm):
    """A new last day, why, and beyond the seats if need be."""

    beyond = forms.BooleanField(
        label=gettext_lazy("No place of this program is free: go beyond the seats all the same"),
        required=False,
    )

    def __init__(self, *args: Any, full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not full:
            # Asked only where it is true; the verb has the last word.
            self.fields["beyond"].widget = forms.HiddenInput()


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
