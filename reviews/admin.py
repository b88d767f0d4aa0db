"""The rubric of a cycle in Django admin. Once a review counts, what was judged stays as it was."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reviews.models import Criterion


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin):
    """One line of a rubric. Texts may always be corrected; weights and lines only before the first review."""

    list_display = ("name_fr", "name_en", "cycle", "weight", "position")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    ordering = ("cycle", "position")
    search_fields = ("name_fr", "name_en")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Criterion | None = None
    ) -> tuple[str, ...]:
        """A weight that already counted does not change."""
        return ("cycle", "weight") if obj and obj.counts else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A criterion that was judged stays."""
        return super().has_delete_permission(request, obj) and not (obj and obj.counts)
