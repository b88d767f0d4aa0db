"""Step 2: one program or both, in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.draft import DraftForm, short_hash
from applications.models import Application, Choice
from applications.models.application import Attendance
from cycles.models import Program


class ProgramForm(DraftForm):
    """First choice, second choice, and time given."""

    first_choice = forms.ModelChoiceField(
        label=gettext_lazy("First choice"),
        queryset=Program.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    second_choice = forms.ModelChoiceField(
        label=gettext_lazy("Second choice (optional)"),
        queryset=Program.objects.none(),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("None"),
    )
    attendance = forms.ChoiceField(
        label=gettext_lazy("Full or part time"),
        choices=Attendance.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Needed for the D.E.S.S. A study permit asks for full time."),
    )

    class Meta(DraftForm.Meta):
        fields = ["attendance"]

    field_order = ["first_choice", "second_choice", "attendance"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programs = Program.objects.filter(intakes__cycle=self.instance.cycle_id)
        chosen = self.instance.chosen
        for index, name in enumerate(("first_choice", "second_choice")):
            field = self.fields[name]
            field.queryset = programs  # type: ignore[attr-defined]
            field.initial = chosen[index].pk if len(chosen) > index else None

    @classmethod
    def state(cls, application: Application) -> str:
        """The attendance and the ranked programs."""
        ranked = list(application.choices.values_list("program_id", flat=True))
        return short_hash([super().state(application), ranked])

    def clean(self) -> dict[str, Any]:
        """The two choices differ, and a second one needs a first."""
        data = super().clean() or {}
        first, second = data.get("first_choice"), data.get("second_choice")
        if second and not first:
            self.add_error("first_choice", _("Choose a first program, or move the second one up."))
        elif first and first == second:
            self.add_error("second_choice", _("Choose another program, or none."))
        return data

    def keep(self, application: Application) -> None:
        """Replace the ranked choices by the valid ones."""
        super().keep(application)
        if "first_choice" not in self.cleaned_data:
            return
        wanted = [
            self.cleaned_data["first_choice"],
            self.cleaned_data.get("second_choice"),
        ]
        application.choices.all().delete()
        Choice.objects.bulk_create(
            Choice(application=application, program=program, rank=rank)
            for rank, program in enumerate((row for row in wanted if row), start=1)
        )
