"""Programs and prerequisite courses: what stays from year to year."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.admin.fields import BothLanguages, RecordedAdmin
from cycles.models import Course, Program


class ProgramForm(BothLanguages):
    """A program; its texts go on the public page."""

    twins = ("name", "short", "description")

    def is_public(self) -> bool:
        """Always: any cycle may be showing it."""
        return True


@admin.register(Program)
class ProgramAdmin(RecordedAdmin):
    """The programs, both languages side by side."""

    form = ProgramForm
    list_display = ("name", "short", "udem_number", "internship_required", "position")
    fieldsets = [
        (
            _("Names"),
            {
                "description": _("As the public page and the form show them."),
                "fields": [
                    ("name_fr", "name_en"),
                    ("short_fr", "short_en"),
                    ("description_fr", "description_en"),
                ],
            },
        ),
        (
            _("At UdeM"),
            {
                "fields": [
                    ("udem_code", "udem_segment"),
                    ("internship_required", "asks_attendance", "asks_experience"),
                ]
            },
        ),
        (_("In this product"), {"fields": [("code", "position")]}),
    ]

    @admin.display(description=_("name"))
    def name(self, program: Program) -> str:
        """In the reader's language."""
        return str(program.name)

    @admin.display(description=_("UdeM program number"))
    def udem_number(self, program: Program) -> str:
        """With its segment."""
        return program.udem_number

    def has_delete_permission(self, request: HttpRequest, obj: Program | None = None) -> bool:
        """Only one that no cycle ever took people for."""
        return super().has_delete_permission(request, obj) and not (obj and obj.intakes.exists())


@admin.register(Course)
class CourseAdmin(RecordedAdmin):
    """The prerequisite grid, a line a course."""

    list_display = ("code", "name_fr", "name_en", "is_asked", "position")
    fields = ("code", ("name_fr", "name_en"), "is_asked", "position")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: a course is not deleted by the dozen."""
        return {}

    def has_delete_permission(self, request: HttpRequest, obj: Course | None = None) -> bool:
        """Never: earlier files tell of it."""
        return False
