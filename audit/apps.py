"""The audit app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """What was done, by whom, when and why."""

    name = "audit"
    verbose_name = _("Audit")
