"""The margin of each program on the page of its cycle, in Django admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from answers.models import Margin
from cycles.admin import also_on_the_cycle


class MarginInline(admin.StackedInline):
    """How many offers beyond the seats, program by program."""

    model = Margin
    extra = 0
    fields = ("program", "percent")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Removed, the usual margin counts again."""
        return True


also_on_the_cycle(MarginInline)
