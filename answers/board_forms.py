"""What is typed on the decision board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from answers.models.act import WORD_LIMIT
from answers.models.kept import REASON_LIMIT
from answers.models.note import NOTE_LIMIT
from reviews.models import Outcome

ABOVE, RANGE, REST = "above", "range", "rest"
WHICH = (
    (ABOVE, _("all above the line of the seats")),
    (RANGE, _("those from one rank to another")),
    (REST, _("all the rest of this list")),
)


class ManyForm(forms.Form):
    """The same outcome for a whole part of the ranked list."""

    outcome = forms.ChoiceField(label=_("Propose"), choices=Outcome.choices)
    which = forms.ChoiceField(label=_("For"), choices=WHICH)
    first = forms.IntegerField(label=_("From rank"), min_value=1, required=False)
    last = forms.IntegerField(label=_("To rank"), min_value=1, required=False)
    replaces = forms.BooleanField(
        label=_("Also those that have a proposed answer already"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """A range has two ends in order."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if data.get("which") == RANGE and (not first or not last or first > last):
            self.add_error("first", _("Give the first rank and the last one, in that order."))
        return data


class NoteForm(forms.Form):
    """The note for the decision of a file; emptied, it is taken back."""

    text = forms.CharField(
        label=_("Note for the decision"),
        help_text=_("For the coordination and the direction; the applicant may ask to read it."),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SendBackForm(forms.Form):
    """Why a proposal goes back to whoever made it."""

    why = forms.CharField(
        label=_("A word for whoever proposed it"),
        max_length=WORD_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KeepForm(forms.Form):
    """Why what looks inconsistent stands."""

    reason = forms.CharField(
        label=_("Why it stands"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it stands.")},
    )


class PlaceForm(forms.Form):
    """A place on the waitlist."""

    place = forms.IntegerField(
        label=pgettext_lazy("waitlist", "Place"),
        min_value=1,
        error_messages={"required": _("Write a place, from 1 on.")},
    )


class SupposeForm(forms.Form):
    """Where the line might stand, and how many might say yes."""

    line = forms.IntegerField(label=_("Offers"), min_value=0, max_value=20_000, required=False)
    percent = forms.IntegerField(
        label=_("Yield, in per cent"), min_value=1, max_value=99, required=False
    )
    give = forms.IntegerField(
        label=_("Give or take, in points"), min_value=0, max_value=50, required=False
    )
