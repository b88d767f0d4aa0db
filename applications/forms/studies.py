"""Step 3: one to six degrees, each with its grade on its own scale."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import countries
from applications.completeness import degree_gaps
from applications.forms.draft import DraftForm, short_hash
from applications.forms.figures import Figure, Year
from applications.forms.lines import Line, as_data, is_blank, lines_of, places
from applications.forms.widgets import LongSelect, radios, select
from applications.models import Application, Degree
from applications.models.degree import Direction, Level, Progress, Teaching
from applications.wanted import slots_of

FIELDS = [
    *("institution", "country", "title", "field", "level", "progress", "start_year", "end_year"),
    *("language", "average", "scale_max", "scale_pass", "scale_direction"),
]
MOST = 6
# The usual scales, offered under the field: nothing is filled in for anybody.
SCALES = ("4.3", "4", "5", "10", "20", "100")


def _named(field: str) -> Any:
    return Degree._meta.get_field(field).verbose_name  # type: ignore[union-attr]


def _grade(field: str, **kwargs: Any) -> Figure:
    return Figure(label=_named(field), max_digits=7, decimal_places=3, **kwargs)


class DegreeForm(Line):
    """One degree; empty fields are allowed in a draft."""

    institution = forms.CharField(label=_named("institution"), max_length=200)
    country = forms.ChoiceField(
        label=_named("country"), choices=countries.choices, widget=LongSelect
    )
    title = forms.CharField(
        label=_named("title"),
        max_length=200,
        help_text=gettext_lazy("As it is called there: Licence, Bachelor of Science…"),
    )
    field = forms.CharField(label=_named("field"), max_length=200)
    level = select(_named("level"), Level.choices)
    progress = radios(_named("progress"), Progress.choices)
    start_year = Year(label=_named("start_year"))
    end_year = Year(label=_named("end_year"))
    language = select(
        _named("language"),
        Teaching.choices,
        help_text=gettext_lazy("A transcript in another language comes with a translation."),
    )
    average = _grade(
        "average", help_text=gettext_lazy("As on your transcript; we convert nothing.")
    )
    scale_max = _grade("scale_max", help_text=gettext_lazy("As in 4.3, 20 or 100."))
    scale_pass = _grade("scale_pass", help_text=gettext_lazy("The lowest that passes a course."))
    scale_direction = radios(
        _named("scale_direction"),
        Direction.choices,
        help_text=gettext_lazy("In Germany, 1 is the best grade and 5 the lowest."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale_max"].widget.attrs["list"] = "scales"

    def gaps(self) -> list[str]:
        """What completeness finds."""
        return degree_gaps(self.stored)

    def clean(self) -> dict[str, Any]:
        """Years in order, grades on their scale: each said at its field."""
        data = super().clean() or {}
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("A degree cannot end before it begins."))
        elif end and data.get("progress") == Progress.DONE and end > timezone.localdate().year:
            self.add_error("end_year", _("This year is to come: is the degree under way?"))
        for name in ("average", "scale_max", "scale_pass"):
            if (figure := data.get(name)) is not None and figure < 0:
                self.add_error(name, _("A grade is not negative: write it as on your transcript."))
        self._on_scale(self.cleaned_data)
        return data

    def _on_scale(self, data: dict[str, Any]) -> None:
        """With the highest number as the best, nothing exceeds it; with the lowest, nothing is below it."""
        best, down = data.get("scale_max"), data.get("scale_direction") == Direction.DOWN
        if best is None:
            return
        if best == 0 and not down:
            self.add_error("scale_max", _("Write the best possible grade, as in 20."))
            return
        for name in ("average", "scale_pass"):
            figure = data.get(name)
            if figure is not None and (figure < best if down else figure > best):
                self.add_error(
                    name, _("This is better than the best possible grade: look at the scale.")
                )


class StudiesForm(DraftForm):
    """Degrees matched to the stored ones by their place, so that saving twice adds nothing twice."""

    hangs_on = ("degrees",)
    removable = True
    scales = SCALES

    @cached_property
    def lines(self) -> list[Line]:
        """The degrees, and an empty one while there is room."""
        return lines_of(
            DegreeForm,
            self.data if self.is_bound else None,
            [as_line(degree) for degree in self.instance.degrees.all()],
            prefix="degrees",
            most=MOST,
            heading=lambda number: _("Degree %(number)s") % {"number": number},
        )

    @property
    def too_many(self) -> str:
        """More degrees than a file may hold."""
        over = self.is_bound and places(self.data, "degrees") > MOST
        return _("Write at most six degrees: the others are not kept.") if over else ""

    @classmethod
    def state(cls, application: Application) -> str:
        """A mark of every degree as stored."""
        return short_hash([(row.pk, as_line(row)) for row in application.degrees.all()])

    def keep(self, application: Application) -> dict[str, Any]:
        """Write the valid fields of each degree, in two queries whatever their number."""
        stored = list(application.degrees.all())
        added = []
        for place, line in enumerate(self.lines):
            values = in_order(line.merged, line.stored)
            if place < len(stored):
                _put(stored[place], place, values)
            elif not is_blank(values):
                added.append(_put(Degree(application=application), place, values))
        if stored:
            Degree.objects.bulk_update(stored, ["position", *FIELDS])
        Degree.objects.bulk_create(added)
        return {}

    @classmethod
    def take_out(cls, application: Application, place: int) -> dict[str, Any] | None:
        """Remove the degree at a place; what it held, so that it can be put back."""
        degrees = list(application.degrees.all())
        if not 0 <= place < len(degrees):
            return None
        gone = degrees[place]
        papers = application.documents.current().filter(slot__in=slots_of(gone.pk))
        held = {
            "degree": {"pk": gone.pk, "position": gone.position, **as_data(as_line(gone))},
            "documents": list(papers.values_list("pk", flat=True)),
        }
        papers.leave()
        gone.delete()
        return held

    @classmethod
    def put_back(cls, application: Application, held: dict[str, Any]) -> bool:
        """Restore a removed degree under its own key, and its documents with it; False when there is no room."""
        degree = held["degree"]
        if application.degrees.count() >= MOST or Degree.objects.filter(pk=degree["pk"]).exists():
            return False
        Degree.objects.create(application=application, **degree)
        application.documents.filter(pk__in=held["documents"]).update(replaced_at=None)
        return True


def as_line(degree: Degree) -> dict[str, Any]:
    """A stored degree as its form reads it."""
    return {name: getattr(degree, name) for name in FIELDS}


def in_order(values: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """The values, with the stored years where one new year contradicts the other, kept one."""
    start, end = values.get("start_year"), values.get("end_year")
    if start and end and end < start:
        return {**values, **{name: stored.get(name) for name in ("start_year", "end_year")}}
    return values


def _put(degree: Degree, place: int, values: dict[str, Any]) -> Degree:
    degree.position = place
    for name, value in values.items():
        setattr(degree, name, value)
    return degree
