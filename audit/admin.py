"""The trail in Django admin: to read, never to write."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.models import AuditEntry
from audit.sight import subjects_kept_from


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """Search and read."""

    list_display = ["at", "actor", "verb", "subject", "old", "new"]
    list_filter = ["verb"]
    search_fields = ["subject"]
    list_select_related = ["actor"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Without what is kept from this administrator: a conflict of interest holds here too."""
        return super().get_queryset(request).exclude(subject__in=subjects_kept_from(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes the trail by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """Nobody rewrites the trail."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """Nobody shortens the trail by hand."""
        return False
