"""Retention rules in Django admin: how long; what begins it is not to be changed by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.moves import record
from retention.models import Rule


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    """The length of each class, and who decided it."""

    list_display = ["__str__", "months", "days", "begins", "disposition", "source"]
    fields = ["kind", "months", "days", "begins", "disposition", "source"]
    readonly_fields = ["kind", "begins", "disposition"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The classes are the product's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None goes."""
        return False

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        """With the length before and after on the trail."""
        old = Rule.objects.get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        told = {"months": [old.months, obj.months], "days": [old.days, obj.days]}
        record("change_retention_rule", obj, by=request.user, **told)  # type: ignore[arg-type]
