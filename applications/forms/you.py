"""Step 1: who you are and how to write to you."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Language
from applications import countries
from applications.forms.draft import DraftForm, short_hash
from applications.forms.widgets import LongSelect, radios
from applications.models import Application
from applications.models.application import CanadaStatus

PHONE = re.compile(r"\+[1-9]\d{6,14}")


class YouForm(DraftForm):
    """Names as in the passport, and the little else that is needed before an answer."""

    optional = ("preferred_name", "pronouns", "phone")

    language = radios(
        gettext_lazy("Language of correspondence"),
        Language.choices,
        help_text=gettext_lazy("All our letters will be in this language."),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of residence"), choices=countries.choices, widget=LongSelect
    )
    # Longer than the column: spaces and dashes go before it is measured.
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        help_text=gettext_lazy("With the country code, as in +1 514 555 0123."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    canada_status = radios(
        gettext_lazy("Status in Canada"),
        CanadaStatus.choices,
        help_text=gettext_lazy(
            "For the permits that you may need. The people who read your file do not see it."
        ),
    )

    class Meta(DraftForm.Meta):
        fields = [
            "first_names",
            "last_names",
            "preferred_name",
            "pronouns",
            "phone",
            "country",
            "canada_status",
        ]
        help_texts = {
            "first_names": gettext_lazy("As in your passport, in any script."),
            "last_names": gettext_lazy(
                "As in your passport. One name only? Write it here, and a dash as first name."
            ),
            "preferred_name": gettext_lazy("How our letters greet you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.instance.applicant.language
        for name, token in {
            "first_names": "given-name",
            "last_names": "family-name",
        }.items():
            self.fields[name].widget.attrs["autocomplete"] = token

    @classmethod
    def state(cls, application: Application) -> str:
        """The row's fields and the person's language."""
        return short_hash([super().state(application), application.applicant.language])

    def clean_phone(self) -> str:
        """E.164: a plus, the country code, digits. Raises ValidationError otherwise."""
        raw = self.cleaned_data["phone"]
        digits = re.sub(r"[\s().-]", "", raw)
        if digits and not PHONE.fullmatch(digits):
            raise ValidationError(_("Begin with + and the country code, as in +1 514 555 0123."))
        return digits

    def keep(self, application: Application) -> dict[str, Any]:
        """The draft's fields, and the language on the person."""
        language = self.cleaned_data.get("language")
        if language and language != application.applicant.language:
            application.applicant.language = language
            application.applicant.save(update_fields=["language"])
        return super().keep(application)
