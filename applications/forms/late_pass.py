"""Giving one person a later close."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import applies
from applications.lifecycle import why_no_pass
from applications.models import Application
from applications.sight import ids_kept_from
from cycles.models import Cycle

REASON_LIMIT = 500


class LatePassForm(forms.Form):
    """Who, until when, and why. `person` is the applicant found."""

    who = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=254,
        help_text=gettext_lazy("The file’s number, or the e-mail address of the person’s account."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until (Montréal time)"),
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "autocomplete": "off"}
        ),
        help_text=gettext_lazy(
            "The day and the hour. Everybody else keeps the close of the cycle."
        ),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=REASON_LIMIT,
        help_text=gettext_lazy("Kept with the file. The person does not read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, cycle: Cycle, by: User) -> None:
        super().__init__(data)
        self.cycle, self.by = cycle, by
        self.person: User | None = None

    def clean_who(self) -> str:
        """An applicant of this cycle by number, or anyone who may apply by address."""
        who: str = self.cleaned_data["who"].strip()
        if "@" in who:
            self.person = User.objects.filter(email=who.lower()).first()
        else:
            files = Application.objects.live().filter(cycle=self.cycle, number=who.upper())
            file = files.select_related("applicant").first()
            self.person = file.applicant if file else None
        hidden = Application.objects.filter(pk__in=ids_kept_from(self.by), cycle=self.cycle)
        if self.person is None or hidden.filter(applicant=self.person).exists():
            raise forms.ValidationError(
                _("Nobody is known by this. Ask the person to sign in once, then try again.")
            )
        if not applies(self.person):
            raise forms.ValidationError(_("This account is one of the staff, or closed."))
        return who

    def clean_until(self) -> datetime:
        """After the close, before the answers."""
        until: datetime = self.cleaned_data["until"]
        if refusal := why_no_pass(self.cycle, until):
            raise forms.ValidationError(refusal)
        return until
