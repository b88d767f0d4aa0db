"""The reconciliation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    """UdeM’s list beside ours: read, compared, applied with a person’s yes, and undone."""

    name = "reconciliation"
    verbose_name = _("UdeM’s list")
