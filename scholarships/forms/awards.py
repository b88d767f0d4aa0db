"""What is typed about awards and their money. Forms take objects, and send nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms import WhyForm, Words
from desk.models.request import REASON_LIMIT
from followup.forms import LastDay
from scholarships.paying_out import KINDS


class CallForm(forms.Form):
    """Until when a person who is called replies, and why where that is needed."""

    reply_on = LastDay()
    why = Words(
        limit=REASON_LIMIT, rows=3, required=False, label=_("Why, where this is out of turn")
    )


class ReopenForm(WhyForm):
    """A new last day, and why."""

    reply_on = LastDay()
    field_order = ("reply_on", "why")


class BudgetForm(forms.Form):
    """The money of a round, and how many awards it gives."""

    budget = forms.DecimalField(
        label=_("Budget, in dollars"), min_value=0, max_digits=11, decimal_places=2
    )
    awards = forms.IntegerField(
        label=_("Awards, at most (optional)"), min_value=0, max_value=999, required=False
    )


class PaidForm(forms.Form):
    """Which payments were made, and on which day."""

    payments = forms.TypedMultipleChoiceField(coerce=int, required=True)
    paid_on = forms.DateField(
        label=_("Paid on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, known: list[int], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payments"].choices = [(pk, pk) for pk in known]  # type: ignore[attr-defined]
        self.fields["paid_on"].initial = today


class KindForm(forms.Form):
    """Which kind of file."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
