"""What input means: where somebody stands, the days of a step, and the office's correction of one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.models.application import CanadaStatus
from desk.forms import WhyForm
from permits import days
from permits.days import KEEPS, NEEDS, Said
from permits.models import (
    GATHERED,
    GATHERED_STATES,
    Allows,
    Change,
    Kind,
    PermitStep,
    State,
    WhyNot,
)
from permits.paths import Told
from permits.telling import ALLOWED, Status

LABELS = {
    "asked_on": _("The day it was asked for"),
    "more_on": _("The day more was asked"),
    "obtained_on": _("The day it was obtained"),
    "valid_until": _("Valid until (optional)"),
    "refused_on": _("The day of the refusal"),
}
CHOOSE = _("Choose one of the answers.")


def a_day(label: Any) -> forms.DateField:
    """A day that may be left empty; what is wanted is judged with the others."""
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": _("Write the day as in 2027-05-31.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def one_of(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Radio buttons, one of which may be picked."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        **kwargs,
    )


class StatusForm(forms.Form):
    """Where the person stands in Canada today."""

    canada_status = one_of(_("Your status in Canada today"), CanadaStatus.choices)
    change = one_of(
        _("If it is not what your application told: why (optional otherwise)"),
        Change.choices,
        required=False,
    )
    permit_until = a_day(_("If you have a study permit or a work permit: the day it ends"))
    allows = one_of(
        _("If you have a permit or protection: does it allow this program?"),
        Allows.choices,
        required=False,
        help_text=_("If you do not know, say so: the steps then begin by finding out."),
    )

    def __init__(self, data: Any = None, *, application: Application, told: Told) -> None:
        known = {"canada_status": told.status, "permit_until": told.permit_until}
        known["allows"] = told.allows if told.status in ALLOWED and told.is_confirmed else ""
        super().__init__(data, initial=known)
        self.application = application

    def said(self) -> Status:
        """What was typed, as the verb takes it."""
        told = self.cleaned_data
        return Status(
            told.get("canada_status", ""),
            told.get("change", ""),
            told.get("permit_until"),
            told.get("allows") or Allows.UNSURE,
        )

    def clean(self) -> dict[str, Any]:
        """Each thing that lacks, at its own field."""
        cleaned = super().clean() or {}
        for name, sentence in self.said().wrong(self.application).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


class StepForm(forms.Form):
    """The days of a step that is going into a state; a form without fields is a button."""

    def __init__(self, data: Any = None, *, step: PermitStep, to: State, at: datetime) -> None:
        known = {name: getattr(step, name) for name in LABELS}
        if to == State.ASKED and step.status == State.REFUSED:
            known = {}
        super().__init__(data, initial={**known, "why_not": step.why_not})
        self.step, self.to, self.at = step, to, at
        for name in self.shown():
            self.fields[name] = a_day(LABELS[name])
        if to == State.NOT_NEEDED:
            self.fields["why_not"] = one_of(_("Why you do not need it"), WhyNot.choices)

    def shown(self) -> list[str]:
        """The days that this state asks for: those it cannot do without, and the end of what is obtained."""
        asked = [name for name in NEEDS[self.to] if name in LABELS]
        if self.to == State.OBTAINED:
            asked.append("valid_until")
        return asked

    def said(self) -> Said:
        """What was typed, as the verb takes it."""
        return Said(**{name: value for name, value in self.cleaned_data.items() if value})

    def clean(self) -> dict[str, Any]:
        """Each day that cannot be true, at its own field."""
        cleaned = super().clean() or {}
        values = days.columns(self.step, self.to, self.said())
        for name, sentence in days.wrong(self.to, values, at=self.at).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


class PutRightForm(WhyForm):
    """What a step really is, by the office, and why it writes so."""

    status = forms.ChoiceField(
        label=_("The step is"), choices=State.choices, error_messages={"required": CHOOSE}
    )
    asked_on = a_day(LABELS["asked_on"])
    more_on = a_day(LABELS["more_on"])
    obtained_on = a_day(LABELS["obtained_on"])
    valid_until = a_day(_("Valid until"))
    refused_on = a_day(LABELS["refused_on"])
    why_not = forms.ChoiceField(
        label=_("Why it is not needed"), choices=[("", "—"), *WhyNot.choices], required=False
    )
    field_order = ("status", *LABELS, "why_not", "why")

    def __init__(self, data: Any = None, *, step: PermitStep, at: datetime) -> None:
        known = {name: getattr(step, name) for name in (*LABELS, "why_not", "status")}
        super().__init__(data, initial=known)
        self.step, self.at = step, at
        if Kind(step.kind) in GATHERED:
            states = [(state.value, state.label) for state in GATHERED_STATES]
            self.fields["status"].choices = states  # type: ignore[attr-defined]
            for name in LABELS:
                del self.fields[name]

    def said(self) -> Said:
        """The days that belong to the state; those of other states fall away."""
        kept = KEEPS[State(self.cleaned_data["status"])]
        typed = {name: self.cleaned_data.get(name) for name in kept}
        return Said(**{name: value for name, value in typed.items() if value})

    def clean(self) -> dict[str, Any]:
        """Each day that cannot be true, at its own field."""
        cleaned = super().clean() or {}
        if "status" in cleaned:
            to = State(cleaned["status"])
            values = days.columns(self.step, to, self.said())
            for name, sentence in days.wrong(to, values, at=self.at).items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned
