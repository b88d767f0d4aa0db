"""What is typed of the file at UdeM: steps, days, who somebody is there, and what the office writes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import countries
from applications.forms.widgets import LongSelect
from desk.forms import Words
from followup.filing import clean_number
from followup.identifying import MOST_COUNTRIES, clean_birth, clean_code, clean_countries
from followup.models import CONDITION_LIMIT, Filing, Identity, UdemFile
from followup.step_dates import check
from followup.student_centre import ANSWERS, LABELS, Facts
from followup.working_days import documents_due

WRONG = gettext_lazy("Give a day, as in 2027-01-29.")
CONDITIONLESS = gettext_lazy("Write the condition, as in UdeM’s letter.")


def day_field(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        error_messages=dict.fromkeys(("required", "invalid"), WRONG),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        **more,
    )


class StepForm(forms.Form):
    """Days of a step, checked against each other and against what is known."""

    def __init__(self, data: Any = None, *, udem_file: UdemFile) -> None:
        known = {name: getattr(udem_file, name, None) for name in self.base_fields}
        super().__init__(data, initial=known)
        self.udem_file = udem_file

    def clean(self) -> dict[str, Any]:
        """Not in the future, not before what it follows."""
        data = super().clean() or self.cleaned_data
        for name, trouble in check(self.udem_file, data).items():
            if name in self.fields:
                self.add_error(name, trouble)
        return data


class DocumentsForm(StepForm):
    """The day that UdeM asked for documents."""

    documents_asked_on = day_field(gettext_lazy("The day UdeM asked for documents"))

    @property
    def facts(self) -> Facts:
        """With the day they are due by our count."""
        asked: date = self.cleaned_data["documents_asked_on"]
        return Facts(documents_asked_on=asked, documents_due_on=documents_due(asked))


class SentForm(StepForm):
    """The day on which all was sent."""

    documents_done_on = day_field(
        gettext_lazy("The day you sent the last document"),
        required=False,
        help_text=gettext_lazy("Empty: not all is sent yet."),
    )

    @property
    def day(self) -> date | None:
        """The day."""
        return self.cleaned_data["documents_done_on"]


class MetForm(StepForm):
    """The day on which UdeM's condition was met."""

    condition_met_on = day_field(
        gettext_lazy("The day your condition was met"),
        required=False,
        help_text=gettext_lazy("Empty: it is not met yet."),
    )

    @property
    def day(self) -> date | None:
        """The day."""
        return self.cleaned_data["condition_met_on"]


class AnswerForm(StepForm):
    """UdeM's answer."""

    status = forms.ChoiceField(
        label=gettext_lazy("What UdeM answered"),
        choices=[(one.value, LABELS[one]) for one in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose UdeM’s answer.")},
    )
    decided_on = day_field(gettext_lazy("The day of UdeM’s answer"))
    condition = Words(
        limit=CONDITION_LIMIT,
        rows=3,
        required=False,
        label=gettext_lazy("The condition, if there is one"),
        help_text=gettext_lazy("As in UdeM’s letter. At most 500 characters."),
    )
    accept_by = day_field(
        gettext_lazy("Last day to accept in the Student Centre, if you are admitted"),
        required=False,
        help_text=gettext_lazy("As the Student Centre shows it. We remind you of it."),
    )

    def clean(self) -> dict[str, Any]:
        """A condition where there is one, and no date to accept where there is nothing to accept."""
        data = super().clean()
        if data.get("status") == Filing.CONDITIONAL and not data.get("condition"):
            self.add_error("condition", CONDITIONLESS)
        if data.get("status") in (Filing.REFUSED, Filing.CLOSED):
            data["accept_by"] = None
        return data

    @property
    def facts(self) -> Facts:
        """What was told of the answer."""
        told = self.cleaned_data
        conditional = told["status"] == Filing.CONDITIONAL
        return Facts(
            decided_on=told["decided_on"],
            accept_by=told["accept_by"],
            condition=told["condition"] if conditional else None,
        )


class AcceptedForm(StepForm):
    """The day on which UdeM's offer was accepted."""

    accepted_on = day_field(gettext_lazy("The day you accepted UdeM’s offer"))

    @property
    def facts(self) -> Facts:
        """That day."""
        return Facts(accepted_on=self.cleaned_data["accepted_on"])


class OfficeForm(StepForm):
    """What the office knows of the file, whole; what is emptied is forgotten."""

    status = forms.ChoiceField(label=gettext_lazy("Step"), choices=Filing.choices)
    number = forms.CharField(
        label=gettext_lazy("UdeM number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    filed_on = day_field(gettext_lazy("Filed on"), required=False)
    documents_asked_on = day_field(gettext_lazy("Documents asked on"), required=False)
    documents_due_on = day_field(
        gettext_lazy("Documents due on"),
        required=False,
        help_text=gettext_lazy("Empty: ten working days after they were asked for."),
    )
    documents_done_on = day_field(gettext_lazy("Documents all sent on"), required=False)
    decided_on = day_field(gettext_lazy("UdeM’s answer of"), required=False)
    condition = Words(
        limit=CONDITION_LIMIT, rows=2, required=False, label=gettext_lazy("Condition")
    )
    condition_met_on = day_field(gettext_lazy("Condition met on"), required=False)
    accept_by = day_field(gettext_lazy("UdeM’s offer to accept by"), required=False)
    accepted_on = day_field(gettext_lazy("UdeM’s offer accepted on"), required=False)
    ended_on = day_field(gettext_lazy("Registered, deferred or ended on"), required=False)
    why = Words(
        limit=500,
        rows=2,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For the trail. The person reads in their own file what changed."),
    )

    def clean_number(self) -> str:
        """Spaces and hyphens do not count."""
        number: str = self.cleaned_data["number"]
        return clean_number(number) if number.strip() else ""

    def clean(self) -> dict[str, Any]:
        """The days in order, and what the step cannot be without."""
        data = super().clean()
        asked = data.get("documents_asked_on")
        if asked and not data.get("documents_due_on"):
            data["documents_due_on"] = documents_due(asked)
        if data.get("status") == Filing.CONDITIONAL and not data.get("condition"):
            self.add_error("condition", CONDITIONLESS)
        return data

    @property
    def facts(self) -> Facts:
        """What is given."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return Facts(**{k: v for k, v in told.items() if k not in ("status", "why")})

    @property
    def emptied(self) -> list[str]:
        """What was there and is not any more."""
        return [
            name
            for name in Facts.__dataclass_fields__
            if getattr(self.udem_file, name) and not self.cleaned_data.get(name)
        ]


def _months() -> list[tuple[str, str]]:
    return [("", "—"), *((str(number), str(name)) for number, name in dates.MONTHS.items())]


class IdentityForm(forms.Form):
    """Who the person is at UdeM: nothing is compulsory."""

    birth_day = forms.CharField(
        label=gettext_lazy("Day"),
        required=False,
        max_length=2,
        widget=forms.TextInput(
            attrs={"autocomplete": "bday-day", "inputmode": "numeric", "size": 3, "maxlength": 2}
        ),
    )
    birth_month = forms.ChoiceField(
        label=gettext_lazy("Month"),
        required=False,
        choices=_months,
        widget=forms.Select(attrs={"autocomplete": "bday-month"}),
    )
    birth_year = forms.CharField(
        label=gettext_lazy("Year"),
        required=False,
        max_length=4,
        widget=forms.TextInput(
            attrs={"autocomplete": "bday-year", "inputmode": "numeric", "size": 5, "maxlength": 4}
        ),
    )
    country_1 = forms.ChoiceField(
        label=gettext_lazy("Citizenship"), required=False, choices=countries.choices
    )
    country_2 = forms.ChoiceField(
        label=gettext_lazy("A second one, if you have it"),
        required=False,
        choices=countries.choices,
    )
    country_3 = forms.ChoiceField(
        label=gettext_lazy("A third one, if you have it"),
        required=False,
        choices=countries.choices,
    )
    code = forms.CharField(
        label=gettext_lazy("Permanent code, if you have one"),
        required=False,
        max_length=20,
        help_text=gettext_lazy(
            "4 letters and 8 digits, from a school in Québec. It tells UdeM’s file of you from another’s."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, identity: Identity | None) -> None:
        known: dict[str, Any] = {}
        if identity:
            known["code"] = identity.code
            known |= {f"country_{n}": code for n, code in enumerate(identity.citizenships, 1)}
            if day := identity.born_on:
                known |= {"birth_day": day.day, "birth_month": day.month, "birth_year": day.year}
        super().__init__(data, initial=known)
        for number in range(1, MOST_COUNTRIES + 1):
            field = self.fields[f"country_{number}"]
            field.widget = LongSelect(attrs={"autocomplete": "off"}, choices=field.choices)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """In capitals, without spaces."""
        return clean_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        """The date put together, the countries once each, and something at all."""
        data = super().clean() or self.cleaned_data
        parts = [data.get(f"birth_{part}") for part in ("year", "month", "day")]
        data["birth"] = self._date(parts) if any(parts) else None
        try:
            told = [data.get(f"country_{n}") or "" for n in range(1, MOST_COUNTRIES + 1)]
            data["citizenships"] = clean_countries(told)
        except ValidationError as error:
            self.add_error("country_1", error)
        given = (data.get("birth"), data.get("citizenships"), data.get("code"))
        if not self.errors and not any(given):
            self.add_error("birth_day", _("There is nothing to keep."))
        return data

    def _date(self, parts: list[Any]) -> date | None:
        try:
            return clean_birth(date(*(int(part) for part in parts)))
        except (TypeError, ValueError):
            self.add_error("birth_day", _("Give a day, a month and a year that exist."))
        except ValidationError as error:
            self.add_error("birth_day", error)
        return None

    @property
    def told(self) -> dict[str, Any]:
        """What to keep."""
        data = self.cleaned_data
        return {name: data[name] for name in ("birth", "citizenships", "code")}
