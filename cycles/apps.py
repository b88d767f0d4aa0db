"""The cycles app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CyclesConfig(AppConfig):
    """Cycles."""

    name = "cycles"
    verbose_name = _("The year")
