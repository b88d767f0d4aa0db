"""In Django admin: what people are told to prepare for UdeM, and how a cycle calls its waitlist."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.admin import also_on_the_cycle
from followup.models import CallRules, Preparation


@admin.register(Preparation)
class PreparationAdmin(admin.ModelAdmin):
    """One thing to prepare; what is hidden stays ticked for those who had ticked it."""

    list_display = [
        "position",
        "title_fr",
        "title_en",
        "moment",
        "program",
        "for_permits",
        "is_shown",
    ]
    list_display_links = ["title_fr"]
    list_select_related = ["program"]
    fieldsets = [
        (None, {"fields": ["moment", "position", "program", "for_permits", "is_shown"]}),
        (
            _("Texts"),
            {
                "fields": [
                    ("title_fr", "title_en"),
                    ("text_fr", "text_en"),
                    ("link_fr", "link_en"),
                ]
            },
        ),
    ]


class CallRulesInline(admin.StackedInline):
    """How the waitlist of the cycle is called."""

    model = CallRules
    extra = 0
    fields = ("reply_days", "is_automatic", "late_fr", "late_en")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Removed, the usual way counts again."""
        return True


also_on_the_cycle(CallRulesInline)
