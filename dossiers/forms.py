"""What the coordination types when something is to be hidden besides."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.held import Held
from dossiers.models.redaction import WORDS_LIMIT

PART_WORDS = {
    "top_quarter": _("the top quarter"),
    "top_third": _("the top third"),
    "top_half": _("the top half"),
    "bottom_quarter": _("the bottom quarter"),
    "bottom_half": _("the bottom half"),
}
MOST_PAGES = 200


class WordsForm(forms.Form):
    """Words to hide wherever they stand."""

    words = forms.CharField(
        label=_("Words to hide"),
        max_length=WORDS_LIMIT,
        help_text=_("Hidden in every text and document of this file, whatever accents and case."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AreaForm(forms.Form):
    """A part of a page to hide."""

    place = forms.ChoiceField(label=_("Document"))
    page = forms.IntegerField(
        label=_("Page"),
        min_value=1,
        max_value=MOST_PAGES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    part = forms.ChoiceField(label=_("Hide"), choices=[*PART_WORDS.items()])

    def __init__(self, *args: Any, papers: Iterable[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages = {paper.place: paper.pages for paper in papers}
        choices = [(paper.place, paper.what) for paper in papers]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The document has that page."""
        told = self.cleaned_data
        if told.get("page", 1) > self._pages.get(told.get("place", ""), MOST_PAGES):
            self.add_error("page", _("This document has fewer pages."))
        return told


class PartForm(forms.Form):
    """Which part of the page that one looks at."""

    part = forms.ChoiceField(choices=[*PART_WORDS.items()])
