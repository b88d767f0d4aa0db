"""What a reader gives to an anchor file, and what a coordinator says about the reading."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from committee.models import AnchorReading
from reviews.marking import initial_scores, score_fields, scores_in
from reviews.models import Criterion
from reviews.models.review import COMMENT_LIMIT

UNOPENED, TICKED = "unopened", "ticked"


class AnchorForm(forms.Form):
    """The rubric alone: every line is asked, "cannot judge" is an answer."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = forms.CharField(
        label=_("Notes for yourself"),
        help_text=_("Nobody else sees them."),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: list[Criterion],
        reading: AnchorReading | None,
    ) -> None:
        given = reading.values if reading else {}
        initial: dict[str, Any] = {**initial_scores(given)}
        initial["revision"] = reading.revision if reading else 0
        initial["comment"] = reading.comment if reading else ""
        super().__init__(data, initial=initial)
        self.criteria = criteria
        self.fields |= score_fields(criteria, error_messages={"required": _("Not scored yet.")})

    @property
    def rubric(self) -> list[tuple[Criterion, BoundField]]:
        """Each criterion with its radios, as the review screen draws them."""
        return [(criterion, self[f"score_{criterion.pk}"]) for criterion in self.criteria]

    def values(self) -> dict[int, int | None]:
        """What the verb takes."""
        return scores_in(self.cleaned_data, self.criteria)


class MoveForm(forms.Form):
    """Files of one reader, for another or for nobody yet."""

    which = forms.ChoiceField(
        label=_("Which files"),
        choices=[
            (UNOPENED, _("All those that were not begun")),
            (TICKED, _("Those ticked in the list")),
        ],
        initial=UNOPENED,
        widget=forms.RadioSelect,
    )
    ticked = forms.TypedMultipleChoiceField(coerce=int, required=False)
    begun_too = forms.BooleanField(
        label=_("Also those ticked that were begun: what was written there will not count"),
        required=False,
    )
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("For whom"),
        required=False,
        empty_label=_("Nobody: taken back, to be planned again"),
    )
    why = forms.CharField(
        label=_("Why"), help_text=_("Stays in the history of each file."), max_length=300
    )

    def __init__(self, data: Any = None, *, reader: User) -> None:
        super().__init__(data)
        ticked = self.fields["ticked"]
        assert isinstance(ticked, forms.TypedMultipleChoiceField)
        # Any number of this reader's rows: the view fetches what this person may see of them.
        self.ticks = [key for key in data.getlist("ticked") if key.isdecimal()] if data else []
        ticked.choices = [(key, key) for key in self.ticks]
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = User.objects.with_role(Role.REVIEWER).exclude(pk=reader.pk)

    def clean(self) -> dict[str, Any]:
        """At least one file."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("which") == TICKED and not data.get("ticked"):
            self.add_error("which", _("Tick at least one file."))
        return data


class ExtendForm(forms.Form):
    """More time for one reader; on a page with the form above, whose names it must not share."""

    due_on = forms.DateField(
        label=_("New due date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(
        label=_("Why"), help_text=_("Stays in the history of each file."), max_length=300
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_more_%s")
