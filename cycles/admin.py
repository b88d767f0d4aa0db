"""Programs and cycles in Django admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.models import Cycle, Intake, Program


@admin.register(Program)
class ProgramAdmin(admin.ModelAdmin):
    """The programs, both languages side by side."""

    list_display = [
        "code",
        "name_fr",
        "name_en",
        "udem_code",
        "udem_segment",
        "internship_required",
    ]
    fieldsets = [
        (None, {"fields": ["code", "position"]}),
        (
            _("Names"),
            {
                "fields": [
                    ("name_fr", "name_en"),
                    ("short_fr", "short_en"),
                    ("description_fr", "description_en"),
                ]
            },
        ),
        (
            _("At UdeM"),
            {
                "fields": [
                    ("udem_code", "udem_segment"),
                    "internship_required",
                    "asks_attendance",
                ]
            },
        ),
    ]


class IntakeInline(admin.TabularInline):
    """The cycle's programs and seats."""

    model = Intake
    extra = 0


@admin.register(Cycle)
class CycleAdmin(admin.ModelAdmin):
    """A year: every date on one page, in the order in which they come."""

    list_display = [
        "code",
        "name_fr",
        "name_en",
        "opens_at",
        "closes_at",
        "phase_now",
        "is_published",
    ]
    inlines = [IntakeInline]
    fieldsets = [
        (None, {"fields": ["code", ("name_fr", "name_en"), "is_published"]}),
        (
            _("Applications"),
            {
                "fields": [
                    ("opens_at", "closes_at"),
                    "grace_minutes",
                    "documents_due_on",
                ]
            },
        ),
        (
            _("Reading"),
            {"fields": ["reviews_due_on", ("reviews_per_file", "is_blind")]},
        ),
        (_("Answers"), {"fields": [("release_on", "reply_by"), "waitlist_ends_on"]}),
        (_("At UdeM"), {"fields": [("udem_safe_on", "udem_official_on"), "starts_on"]}),
        (_("Declarations"), {"fields": ["notice_version"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        """Newest first."""
        return super().get_queryset(request).order_by("-opens_at")

    @admin.display(description=_("phase"))
    def phase_now(self, cycle: Cycle) -> str:
        """Where the cycle stands today."""
        return str(cycle.phase().label)
