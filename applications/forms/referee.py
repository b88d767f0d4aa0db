"""Referees: whom to ask, another address, a reason to decline; and the coordination's own due date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import Language
from applications.models import Application, Referee
from applications.models.referee import REASON_LIMIT, Relation

EMAIL_HELP = gettext_lazy("The one they use at work, if they have one. Our letter leaves at once.")


def one_line(text: str) -> str:
    """Without line breaks and invisible marks: what is typed here stands in the subject of letters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


class RefereeForm(forms.Form):
    """Whom to ask. Nothing of it is saved before the address was looked at once more."""

    name = forms.CharField(
        label=gettext_lazy("First and last names"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title or position (optional)"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("As in “associate professor”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Institution or company"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("How this person knows you"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        help_text=EMAIL_HELP,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our letter to them"),
        choices=Language.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = application.applicant.language

    def clean_name(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["name"])

    def clean_title(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["title"])

    def clean_organisation(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["organisation"])


class AddressForm(forms.Form):
    """Another address for the same person."""

    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        help_text=EMAIL_HELP,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, referee: Referee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = referee.email


class WhyForm(forms.Form):
    """Why the coordination does it, for the trail."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class StaffAddressForm(AddressForm, WhyForm):
    """Another address, by the coordination."""

    field_order = ["email", "why"]


class DeclineLetterForm(forms.Form):
    """A reason, for the coordination alone, if the referee wants to give one."""

    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words (optional)"),
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the coordination reads it. At most 500 characters."),
    )


class DueForm(WhyForm):
    """A due date for one referee, and why."""

    due_on = forms.DateField(
        label=gettext_lazy("Last day for this letter"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Until the end of that day in Montréal."),
    )
    field_order = ["due_on", "why"]
