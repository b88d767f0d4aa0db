"""What is typed about the end of records."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from cycles.clock import day_of
from retention.models import Incident
from retention.models.hold import WHY_LIMIT


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("A few words, for those who look at it later. No name."),
        max_length=WHY_LIMIT,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HoldForm(WhyForm):
    """Which file to keep, and why."""

    number = forms.CharField(
        label=_("Number of the file"), max_length=12, widget=forms.TextInput(attrs={"size": 12})
    )
    field_order = ["number", "why"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.application: Application | None = None

    def clean_number(self) -> str:
        """A file that this person may see."""
        number: str = self.cleaned_data["number"].strip().upper()
        found = Application.objects.visible_to(self.by).filter(number__iexact=number)
        self.application = found.first()
        if self.application is None:
            raise ValidationError(_("There is no file of this number."))
        return number


class IncidentForm(forms.ModelForm):
    """A line of the register."""

    class Meta:
        model = Incident
        fields = [
            "found_on",
            "happened_on",
            "what",
            "information",
            "people",
            "of_quebec",
            "is_serious",
            "assessment",
            "commission_told_on",
            "people_told_on",
            "measures",
            "closed_on",
        ]
        widgets = {
            **{
                name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                for name in (
                    *("found_on", "happened_on", "commission_told_on"),
                    *("people_told_on", "closed_on"),
                )
            },
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("what", "information", "assessment", "measures")
            },
            "is_serious": forms.Select(
                choices=[("", _("Not judged yet")), (True, _("Yes")), (False, _("No"))]
            ),
        }
        help_texts = {
            "what": _("Name nobody: the register says what happened, not to whom."),
            "information": _("As in: names and addresses, transcripts."),
            "is_serious": _(
                "How sensitive the information is, what could come of its use, and how likely that is."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """No day is to come; fewer of Québec than of all."""
        data: dict[str, Any] = super().clean() or {}
        today = day_of(timezone.now())
        for name, value in list(data.items()):
            if isinstance(value, date) and value > today:
                self.add_error(name, _("This day is still to come."))
        people, of_quebec = data.get("people"), data.get("of_quebec")
        if people is not None and of_quebec is not None and of_quebec > people:
            self.add_error("of_quebec", _("No more than there are people concerned."))
        return data
