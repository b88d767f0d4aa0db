"""The scholarships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScholarshipsConfig(AppConfig):
    """Scholarships."""

    name = "scholarships"
    verbose_name = _("Scholarships")
