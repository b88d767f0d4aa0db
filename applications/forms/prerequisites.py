"""Step 4: how a person knows what six courses of UdeM teach. It flags what is missing, and refuses nobody."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from applications.forms.draft import DraftForm, short_hash
from applications.forms.figures import Figure, Year
from applications.forms.lines import Line, as_data, is_blank
from applications.forms.text import CountedText
from applications.forms.widgets import radios
from applications.models import Application
from applications.models.application import MOST_CREDITS
from applications.models.plain import CREDITS_ASKED, NOTE_LIMIT, How
from applications.prerequisites import asked_courses, course_gaps
from cycles.models import Course

SYSTEMS = (
    gettext_lazy("Québec or North American credits (30 a year)"),
    gettext_lazy("ECTS or LMD credits (60 a year)"),
    gettext_lazy("Hours of class"),
)


class CourseForm(Line):
    """One course of the grid."""

    how = radios(gettext_lazy("Where you stand"), How.choices)
    course = forms.CharField(label=gettext_lazy("Your own course"), max_length=200)
    institution = forms.CharField(label=gettext_lazy("Institution"), max_length=200)
    year = Year(label=gettext_lazy("Year"))
    credits = Figure(
        label=gettext_lazy("Credits"), max_digits=6, decimal_places=2, min_value=0, max_value=999
    )
    grade = forms.CharField(label=gettext_lazy("Grade"), max_length=20)
    note = CountedText(
        label=gettext_lazy("How you learned it"),
        limit=NOTE_LIMIT,
        rows=3,
        help_text=gettext_lazy("At work, by yourself, in a longer course. At most 300 characters."),
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, heading=f"{course.code} {course.name}", **kwargs)
        self.about = course
        self.is_first_to_do = False
        self.fields["institution"].widget.attrs["list"] = "institutions"

    def gaps(self) -> list[str]:
        """What completeness finds."""
        return course_gaps(self.stored)

    @property
    def is_open(self) -> bool:
        """One at a time: the first that is still to do, and those to correct."""
        return not self.is_right or self.is_first_to_do

    @property
    def standing(self) -> str:
        """The answer in words."""
        how = self.stored.get("how")
        return str(How(how).label) if how in How.values else ""


class PrerequisitesForm(DraftForm):
    """The grid, and how many credits in all."""

    systems = SYSTEMS

    credits = forms.IntegerField(
        label=gettext_lazy("Credits in computer science and mathematics, in all"),
        min_value=0,
        max_value=MOST_CREDITS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("As your institution counts them; UdeM asks for 40 of its own."),
    )

    class Meta(DraftForm.Meta):
        fields = ["credits", "credit_system"]
        help_texts = {"credit_system": gettext_lazy("As in ECTS, or 3 credits for 45 hours.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credit_system"].widget.attrs["list"] = "systems"

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each course that is asked; the first one still to do is open."""
        lines = [
            CourseForm(
                self.data if self.is_bound else None,
                prefix=f"course-{course.pk}",
                stored=self.instance.prerequisites.get(course.code, {}),
                course=course,
            )
            for course in asked_courses()
        ]
        to_do = next((line for line in lines if line.gaps()), None)
        if to_do:
            to_do.is_first_to_do = True
        return [*lines]

    @property
    def institutions(self) -> list[str]:
        """Where the person studied, offered under the fields."""
        named = [degree.institution for degree in self.instance.degrees.all()]
        return [name for name in dict.fromkeys(named) if name]

    @property
    def is_short(self) -> bool:
        """Whether the credits told are fewer than UdeM asks for."""
        told = self.instance.credits
        return told is not None and told < CREDITS_ASKED

    @classmethod
    def state(cls, application: Application) -> str:
        """The credits and the grid."""
        return short_hash([super().state(application), application.prerequisites])

    def keep(self, application: Application) -> dict[str, Any]:
        """The credits, and the grid; courses that are no longer asked keep their lines."""
        told = {
            line.about.code: as_data(line.merged)
            for line in self.lines
            if isinstance(line, CourseForm)
        }
        kept = {code: line for code, line in told.items() if not is_blank(line)}
        others = {k: v for k, v in application.prerequisites.items() if k not in told}
        application.prerequisites = {**others, **kept}
        return {**super().keep(application), "prerequisites": application.prerequisites}
