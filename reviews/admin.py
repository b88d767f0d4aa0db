"""The rubric of a cycle in Django admin. Once a review counts, what was judged stays as it was."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.admin import also_on_the_cycle
from cycles.models import Cycle
from reviews.models import Criterion


class CriterionInline(admin.StackedInline):
    """The rubric on the page of its cycle; once a review counts, lines and weights stay."""

    model = Criterion
    extra = 0
    verbose_name_plural = _("rubric")
    fields = (
        ("name_fr", "name_en"),
        ("weight", "position"),
        "is_about_references",
        ("anchor_1_fr", "anchor_1_en"),
        ("anchor_3_fr", "anchor_3_en"),
        ("anchor_5_fr", "anchor_5_en"),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Cycle | None = None
    ) -> tuple[str, ...]:
        """A weight that already counted does not change."""
        return ("weight",) if self._counts(obj) else ()

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:  # type: ignore[override]
        """Until a review was handed in."""
        return super().has_add_permission(request, obj) and not self._counts(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until a review was handed in."""
        return super().has_delete_permission(request, obj) and not self._counts(obj)

    def _counts(self, cycle: Cycle | None) -> bool:
        """Whether a review of this cycle was handed in."""
        return cycle is not None and Criterion(cycle=cycle).counts


also_on_the_cycle(CriterionInline)


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin):
    """One line of a rubric. Texts may always be corrected; weights and lines only before the first review."""

    list_display = ("name_fr", "name_en", "cycle", "weight", "position")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    ordering = ("cycle", "position")
    search_fields = ("name_fr", "name_en")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the first page: the rubric stands on the page of its cycle."""
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: Criterion | None = None
    ) -> tuple[str, ...]:
        """A weight that already counted does not change."""
        return ("cycle", "weight") if obj and obj.counts else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A criterion that was judged stays."""
        return super().has_delete_permission(request, obj) and not (obj and obj.counts)
