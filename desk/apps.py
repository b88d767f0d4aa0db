"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Admission office."""

    name = "desk"
    verbose_name = _("Admission office")
