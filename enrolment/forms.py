"""What is typed on the board and at its end."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from cycles.clock import day_of
from cycles.models import Cycle
from enrolment.models import Kind, Note
from enrolment.models.closing import REASON_LIMIT as WHY_LIMIT
from enrolment.models.deferral import REASON_LIMIT
from enrolment.models.ending import ENDS
from enrolment.models.person import NOTE_LIMIT
from followup.models import Filing


class NoteForm(forms.Form):
    """A line about a person."""

    about = forms.ChoiceField(label=_("What it is"), choices=Note.About.choices, initial="note")
    text = forms.CharField(
        label=_("In words"),
        help_text=_("For the coordination and the direction; the person may ask to read it."),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A note says something; a call may say nothing more."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("about") == Note.About.NOTE and not data.get("text"):
            self.add_error("text", _("Write something."))
        return data


class KindForm(forms.Form):
    """Which reminder."""

    kind = forms.ChoiceField(label=_("Reminder"), choices=Kind.choices)


class EndForm(forms.Form):
    """Which end, and on which day."""

    to = forms.ChoiceField(
        label=_("Record as"),
        choices=[(end.value, end.label) for end in ENDS],
        initial=Filing.REGISTERED,
    )
    on = forms.DateField(
        label=_("On the day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Year-month-day, as in 2027-09-03."),
    )

    def clean_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["on"]
        if day > day_of(timezone.now()):
            raise ValidationError(_("This day is still to come."))
        return day


class CareForm(forms.Form):
    """To one coordinator, evenly to several, or to nobody, which is said and never meant by an empty form."""

    among = forms.ModelMultipleChoiceField(
        label=_("Coordinators"),
        help_text=_("One takes them all; several share them evenly."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    nobody = forms.BooleanField(label=_("Nobody looks after them any more"), required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody or nobody, one of the two."""
        typed = super().clean() or {}
        both_or_neither = bool(typed.get("among")) == bool(typed.get("nobody"))
        if both_or_neither and not self.has_error("among"):
            self.add_error("among", _("Choose who takes them, or that nobody does."))
        return typed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["among"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.with_role(Role.COORDINATOR)


class DeferForm(forms.Form):
    """To which cycle, and why."""

    to = forms.ModelChoiceField(
        label=_("To the cycle"), queryset=Cycle.objects.none(), empty_label=None
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For the trail: what the person asked for, or what UdeM decided."),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, after: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Cycle.objects.filter(opens_at__gt=after.opens_at).order_by("opens_at")


class ReopenForm(forms.Form):
    """Why a closed cycle is taken up again."""

    why = forms.CharField(
        label=_("Why the cycle is taken up again"),
        max_length=WHY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
