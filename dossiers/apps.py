"""The dossiers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Dossiers."""

    name = "dossiers"
    verbose_name = _("Dossiers")
