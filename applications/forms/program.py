"""Step 2: one program or both, in order; when the studies begin, and how much time they get."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.draft import DraftForm, short_hash
from applications.forms.widgets import radios
from applications.models import Application, Choice
from applications.models.application import Attendance
from cycles.models import Program


class ProgramForm(DraftForm):
    """First choice, second choice, start, and time given."""

    hangs_on = ("choices",)

    first_choice = radios(gettext_lazy("First choice"), [])
    second_choice = radios(gettext_lazy("Second choice (optional)"), [])
    start_on = radios(gettext_lazy("Start of studies"), [])
    attendance = radios(
        gettext_lazy("Full or part time"),
        Attendance.choices,
        help_text=gettext_lazy("Needed for the D.E.S.S. A study permit asks for full time."),
    )

    class Meta(DraftForm.Meta):
        fields = ["start_on", "attendance"]

    field_order = ["first_choice", "second_choice", "start_on", "attendance"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(program.pk), program.name) for program in self.programs.values()]
        chosen = [str(program.pk) for program in self.instance.chosen]
        for index, name in enumerate(("first_choice", "second_choice")):
            field = self.fields[name]
            field.choices = [*([("", _("None"))] if index else []), *names]  # type: ignore[attr-defined]
            self.initial[name] = chosen[index] if len(chosen) > index else ""
        days = self.instance.cycle.starts
        self.fields["start_on"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), date_format(day, "YEAR_MONTH_FORMAT")) for day in days
        ]
        # One start is a fact, said on the page: there is nothing to choose.
        if len(days) < 2:
            del self.fields["start_on"]

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The cycle's programs by the value that stands for them on the page."""
        intakes = Program.objects.filter(intakes__cycle=self.instance.cycle_id)
        return {str(program.pk): program for program in intakes}

    @property
    def asking_attendance(self) -> str:
        """The values of the choices that ask for full or part time, for the script that shows the question."""
        return " ".join(key for key, row in self.programs.items() if row.asks_attendance)

    @classmethod
    def state(cls, application: Application) -> str:
        """The start, the attendance and the ranked programs."""
        ranked = [choice.program_id for choice in application.choices.all()]
        return short_hash([application.start_on, application.attendance, ranked])

    def clean_start_on(self) -> date | None:
        """The day; a choice from the list is always one."""
        chosen: str = self.cleaned_data["start_on"]
        return date.fromisoformat(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        """The two choices differ, and a second one needs a first."""
        data = super().clean() or {}
        first, second = data.get("first_choice"), data.get("second_choice")
        if second and not first:
            self.add_error("first_choice", _("Choose a first program, or move the second one up."))
        elif first and first == second:
            self.add_error("second_choice", _("Choose another program, or none."))
        return data

    def keep(self, application: Application) -> dict[str, Any]:
        """The start and the attendance; the ranked choices when they changed."""
        if "first_choice" in self.cleaned_data:
            self._rank(application)
        return super().keep(application)

    def _rank(self, application: Application) -> None:
        keys = [self.cleaned_data["first_choice"], self.cleaned_data.get("second_choice")]
        wanted = [self.programs[key].pk for key in keys if key]
        if wanted == [choice.program_id for choice in application.choices.all()]:
            return
        application.choices.all().delete()
        Choice.objects.bulk_create(
            Choice(application=application, program_id=pk, rank=rank)
            for rank, pk in enumerate(wanted, start=1)
        )
