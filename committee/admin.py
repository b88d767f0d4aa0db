"""The anchor files in Django admin: lines and sentences in both languages, choices for the rest, never JSON."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.permissions import administers
from applications.models.plain import How
from applications.prerequisites import asked_courses
from audit.moves import Refused
from committee import authoring
from committee.anchors import add_ready
from committee.models import Anchor
from cycles.admin import also_on_the_cycle
from cycles.admin.fields import BothLanguages, RecordedAdmin
from cycles.models import Course, Cycle
from reviews.models import Criterion
from reviews.models.review import HIGHEST, LOWEST

COLUMNS = (
    *("cycle", "position", "title_fr", "title_en", "degrees_fr", "degrees_en"),
    *("experience_fr", "experience_en", "statement_fr", "statement_en"),
    *("python_level", "french_level", "english_level"),
)
READERS = {"degrees": authoring.degree, "experience": authoring.job}
MARKS = [("", "—"), *((str(value), str(value)) for value in range(LOWEST, HIGHEST + 1))]


class AnchorForm(BothLanguages):
    """An anchor file: columns of texts, one line of the grid a course, one agreed value a criterion."""

    twins = ("title", "degrees", "experience", "statement")

    class Meta:
        model = Anchor
        fields = COLUMNS
        widgets = {
            f"{name}_{language}": forms.Textarea({"rows": rows})
            for name, rows in (("degrees", 3), ("experience", 3), ("statement", 12))
            for language in ("fr", "en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Once it was scored the grid is not on the page, and must not come in with it either.
        self.asked = [] if self.instance.was_read else asked_courses()
        self.judged = criteria_of(self.instance)
        for course in self.asked:
            kept = self.instance.courses.get(course.code, {})
            self.fields[f"how_{course.code}"] = forms.ChoiceField(
                label=f"{course.code}, {course.name}",
                choices=[("", "—"), *How.choices],
                required=False,
                initial=kept.get("how", ""),
            )
            self.fields[f"grade_{course.code}"] = forms.CharField(
                label=gettext("Grade"),
                max_length=30,
                required=False,
                initial=kept.get("grade", ""),
            )
        for criterion in self.judged:
            self.fields[f"agreed_{criterion.pk}"] = forms.ChoiceField(
                label=str(criterion.name),
                choices=MARKS,
                required=False,
                initial=self.instance.reference.get(str(criterion.pk), ""),
            )

    def clean(self) -> dict[str, Any]:
        """Lines that say what they should, at the line that does not."""
        data = super().clean()
        for name, read in READERS.items():
            for field in (f"{name}_fr", f"{name}_en"):
                try:
                    authoring.lines(data.get(field) or "", read)
                except forms.ValidationError as error:
                    self.add_error(field, error)
        return data

    def save(self, commit: bool = True) -> Any:
        """The grid and the agreed values as the reader's page wants them."""
        data = self.cleaned_data
        for course in self.asked:
            code = course.code
            if how := data.get(f"how_{code}", ""):
                self.instance.courses[code] = {"how": how, "grade": data[f"grade_{code}"].strip()}
            elif f"how_{code}" in data:
                self.instance.courses.pop(code, None)
        agreed = {str(row.pk): data.get(f"agreed_{row.pk}") for row in self.judged}
        self.instance.reference = {key: int(value) for key, value in agreed.items() if value}
        return super().save(commit)


def criteria_of(anchor: Anchor | None) -> list[Criterion]:
    """The rubric that an anchor file is scored with; none before its cycle is known."""
    return list(anchor.cycle.criteria.all()) if anchor and anchor.cycle_id else []


def grid(courses: list[Course]) -> list[tuple[str, str]]:
    """The pairs of fields of the prerequisites."""
    return [(f"how_{course.code}", f"grade_{course.code}") for course in courses]


@admin.register(Anchor)
class AnchorAdmin(RecordedAdmin):
    """A calibration file. Once somebody scored it, only the agreed values may change."""

    form = AnchorForm
    change_list_template = "admin/committee/anchors.html"
    list_display = ("title_here", "cycle", "position")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    ordering = ("-cycle__opens_at", "position")

    @admin.display(description=_("title"))
    def title_here(self, anchor: Anchor) -> str:
        """In the reader's language."""
        return str(anchor.title)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The columns; the form adds the grid and the agreed values by itself."""
        readonly = self.get_readonly_fields(request, obj)
        kwargs["fields"] = [name for name in COLUMNS if name not in readonly]
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Anchor | None = None) -> Any:
        """Texts side by side, then the choices."""
        lines = _("One a line, with semicolons: degree; institution; 2021-2024; 15.2/20.")
        jobs = _("One a line, with semicolons: job; employer; 2021-2024; what was done.")
        open_for_all = not (obj and obj.was_read)
        agreed = [f"agreed_{row.pk}" for row in criteria_of(obj)]
        return [
            (None, {"fields": ["cycle", "position", ("title_fr", "title_en")]}),
            (_("Degrees"), {"description": lines, "fields": [("degrees_fr", "degrees_en")]}),
            (
                _("Experience"),
                {
                    "description": jobs,
                    "fields": [
                        ("experience_fr", "experience_en"),
                        ("python_level", "french_level", "english_level"),
                    ],
                },
            ),
            *([(_("Prerequisites"), {"fields": grid(asked_courses())})] if open_for_all else []),
            (_("Letter of intent"), {"fields": [("statement_fr", "statement_en")]}),
            *([(_("What the committee agreed on"), {"fields": agreed})] if agreed else []),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What was scored stays as it was read; a file stays in its cycle."""
        if obj is None:
            return ()
        return COLUMNS if obj.was_read else ("cycle",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until somebody scored it."""
        return super().has_delete_permission(request, obj) and not (obj and obj.was_read)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: a file that was scored cannot be deleted."""
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the cycles that have none yet: one button each gives them the ready ones."""
        bare = Cycle.objects.filter(anchors__isnull=True).order_by("-opens_at")
        return super().changelist_view(request, {**(extra_context or {}), "bare": bare})

    def get_urls(self) -> list[Any]:
        """The button of the ready files."""
        ready = path(
            "ready/<int:pk>/", self.admin_site.admin_view(anchor_ready), name="anchor_ready"
        )
        return [ready, *super().get_urls()]


@require_POST
def anchor_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """The three ready files for a cycle that has none."""
    cycle, by = get_object_or_404(Cycle, pk=pk), request.user
    if not administers(by):
        raise PermissionDenied
    try:
        add_ready(cycle, by=by)  # type: ignore[arg-type]
        messages.success(request, gettext("Three calibration files, ready to be changed."))
    except Refused as refused:
        messages.error(request, str(refused.text))
    return redirect("admin:committee_anchor_changelist")


class OrderForm(forms.ModelForm):
    """The place of a file among the others; its page holds the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext("Order of “%(title)s”") % {"title": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


class AnchorInline(admin.StackedInline):
    """The cycle's anchor files: a list with a link to the page of each."""

    model = Anchor
    form = OrderForm
    template = "admin/committee/anchors_of_cycle.html"
    extra = max_num = 0
    can_delete = False
    fields = ("position",)
    verbose_name_plural = _("calibration files")


also_on_the_cycle(AnchorInline)
