"""Delays, funds and the facts of our letter on the page of their cycle, in Django admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cycles.admin import also_on_the_cycle
from permits.models import PermitGuide, PermitTerms


class PermitTermsInline(admin.StackedInline):
    """The time to allow in all, the funds, and what our letter says."""

    model = PermitTerms
    extra = 0
    fields = (
        ("months_min", "months_max"),
        ("funds_one", "funds_two", "funds_as_of"),
        ("funds_fr", "funds_en"),
        ("internship_hours", "internship_months", "internship_credits"),
        ("signer", "signer_title_fr", "signer_title_en"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Removed, the usual values count again, and our letter waits."""
        return True


class PermitGuideInline(admin.StackedInline):
    """What is told of each step; a delay that nobody wrote is not counted."""

    model = PermitGuide
    extra = 0
    fields = (
        ("kind", "weeks_min", "weeks_max"),
        ("source_fr", "source_en"),
        ("text_fr", "text_en"),
        ("link_fr", "link_en"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Removed, no delay of this step is told."""
        return True


also_on_the_cycle(PermitTermsInline)
also_on_the_cycle(PermitGuideInline)
