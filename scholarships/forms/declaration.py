"""Category 1: the express declaration and its consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from applications.forms.text import printable
from scholarships.consents import confidential
from scholarships.declaring import LONGEST, Declared
from scholarships.models import Candidacy


class DeclarationForm(forms.Form):
    """Several lines of a list, one's own words, or both; and that it may be kept."""

    def __init__(
        self, *args: Any, candidacy: Candidacy, said: dict[str, Any] | None, **kwargs: Any
    ) -> None:
        initial = {**(said or {}), "agree": said is not None}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["chosen"] = forms.MultipleChoiceField(
            label=_("I declare that I am"),
            choices=Declared.choices,
            widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            required=False,
            help_text=_("Choose all that apply."),
        )
        self.fields["words"] = forms.CharField(
            label=_("In my own words (optional)"),
            max_length=LONGEST,
            required=False,
            validators=[printable],
            widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        )
        self.fields["agree"] = agreement(candidacy)

    def clean(self) -> dict[str, Any]:
        """Something is declared."""
        data = super().clean() or {}
        misread = "chosen" in self.errors or "words" in self.errors
        if not misread and not data.get("chosen") and not data.get("words", "").strip():
            text = _("Choose at least one line, or write it in your own words.")
            self.add_error("chosen", text)
        return data

    def said(self) -> dict[str, Any]:
        """What `declaring.declare` takes."""
        return {"chosen": self.cleaned_data["chosen"], "words": self.cleaned_data["words"]}


def agreement(candidacy: Candidacy) -> forms.BooleanField:
    """The consent of the confidential part, to tick."""
    consent = confidential(candidacy.round)
    return forms.BooleanField(
        label=consent.text if consent else "",
        error_messages={"required": _("Without this we may not keep it.")},
    )
