"""What a panel, a coordinator and a director type about results. Forms take objects, and send nothing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from applications.forms.text import CountedText
from reviews.marking import initial_scores, score_fields, scores_in, shares
from scholarships.judging import Judged, scores_of
from scholarships.models import Measure, Reading, Result
from scholarships.models.panel import COMMENT_LIMIT


@dataclass(frozen=True)
class Line:
    """One measure as the page draws it. `share`: of the whole, in per cent."""

    criterion: Measure
    field: BoundField
    share: int


class ReadingForm(forms.Form):
    """The rubric of a round, in any state of completion."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = CountedText(
        limit=COMMENT_LIMIT,
        rows=4,
        label=_("Note for the panel"),
        help_text=_("Kept on file; the applicant may ask to read it."),
    )

    def __init__(
        self, data: Any = None, *, measures: list[Measure], reading: Reading | None
    ) -> None:
        initial: dict[str, Any] = {**initial_scores(scores_of(reading))}
        initial["revision"] = reading.revision if reading else 0
        initial["comment"] = reading.comment if reading else ""
        super().__init__(data, initial=initial)
        self.measures = measures
        self.fields |= score_fields(measures, required=False)

    @property
    def rubric(self) -> list[Line]:
        """Each measure with its radios and what it weighs."""
        share = shares(self.measures)
        return [Line(row, self[f"score_{row.pk}"], share[row.pk]) for row in self.measures]

    def judged(self) -> Judged:
        """What the verb takes."""
        scores = scores_in(self.cleaned_data, self.measures)
        return Judged(scores=scores, comment=self.cleaned_data["comment"])


class RecusalForm(forms.Form):
    """Why somebody stays away."""

    why = forms.CharField(
        max_length=300,
        label=_("Why"),
        help_text=_("For the coordination: a few words, nothing about the person’s application."),
    )


class ResultForm(forms.Form):
    """What one application gets."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Result.Outcome.choices)
    rank = forms.IntegerField(label=_("Place on the waitlist"), required=False, min_value=1)
    why = forms.CharField(
        label=_("Why, if it is not the order of the ranking"),
        max_length=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The waitlist, and only it, has places."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") != Result.Outcome.WAITLISTED:
            data["rank"] = None
        elif not data.get("rank"):
            self.add_error("rank", _("Give the place on the waitlist."))
        return data


class ReasonForm(forms.Form):
    """One reason for all that calls for one."""

    why = forms.CharField(
        label=_("Reason, where one is called for (ties, few readings)"),
        max_length=500,
        required=False,
    )


class ListForm(forms.Form):
    """The first eight characters of the frozen list, typed by whoever shows it at once."""

    typed = forms.CharField(
        label=_("Type the fingerprint"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, fingerprint: str = "") -> None:
        super().__init__(data)
        self.fingerprint = fingerprint

    def clean_typed(self) -> str:
        """In any case, with or without the space."""
        typed = "".join(self.cleaned_data["typed"].split()).lower()
        if typed != self.fingerprint[:8]:
            raise forms.ValidationError(
                _("This is not the fingerprint of the list: nothing was shown.")
            )
        return typed
