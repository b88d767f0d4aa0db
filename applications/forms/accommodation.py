"""Accommodation needs: one optional text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from applications.forms.text import CountedText
from applications.models.application import ACCOMMODATION_LIMIT


class AccommodationForm(forms.Form):
    """A text in the person's own words; empty erases what was there."""

    accommodation = CountedText(
        label=gettext_lazy("What you need"),
        limit=ACCOMMODATION_LIMIT,
        rows=6,
        help_text=gettext_lazy(
            "For instance an interview in writing, or more time to send a piece. No diagnosis, no proof. "
            "At most 1,000 characters."
        ),
    )

    def clean_accommodation(self) -> Any:
        """Blanks alone are nothing."""
        return self.cleaned_data["accommodation"].strip()
