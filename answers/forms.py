"""What is typed on the day of the answers. Forms take objects, and send nothing."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from cycles.clock import MONTREAL
from cycles.models import Cycle, Program
from desk.models.request import REASON_LIMIT
from reviews.models import Outcome, Release


def proposed_hour(cycle: Cycle) -> datetime:
    """The usual hour on the day of the answers; once it has passed, a full hour from now."""
    usual = datetime.combine(cycle.release_on, time(settings.RELEASE_HOUR), tzinfo=MONTREAL)
    now = timezone.now()
    if usual > now:
        return usual
    later = (now + timedelta(hours=2)).astimezone(MONTREAL)
    return later.replace(minute=0, second=0, microsecond=0)


class HourForm(forms.Form):
    """When a release happens by itself, to the minute, in Montréal."""

    at = forms.DateTimeField(
        label=gettext_lazy("Day and hour, in Montréal"),
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "autocomplete": "off"}
        ),
        error_messages={"invalid": gettext_lazy("This day and hour do not exist.")},
    )


class FingerprintForm(forms.Form):
    """The first eight characters of the list, typed by whoever lets it out at once."""

    typed = forms.CharField(
        label=gettext_lazy("Type the fingerprint"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, data: Any = None, *, release: Release) -> None:
        super().__init__(data)
        self.release = release

    def clean_typed(self) -> str:
        """In any case, with or without the space."""
        typed = "".join(self.cleaned_data["typed"].split()).lower()
        if typed != self.release.fingerprint[:8]:
            raise forms.ValidationError(
                _("This is not the fingerprint of the list: nothing was released.")
            )
        return typed


class CorrectionForm(forms.Form):
    """Another answer, and why the released one was wrong."""

    outcome = forms.ChoiceField(label=gettext_lazy("Corrected answer"), choices=Outcome.choices)
    program = forms.ModelChoiceField(
        label=gettext_lazy("Program"),
        queryset=Program.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("None, for a decline"),
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Place on the waitlist"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Empty: after the last one."),
    )
    why = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=REASON_LIMIT,
        help_text=gettext_lazy(
            "Read by the director who approves it. The person is told that the answer was corrected."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data)
        field: Any = self.fields["program"]
        field.queryset = Program.objects.filter(choice__application=application)
        field.label_from_instance = lambda program: program.name
