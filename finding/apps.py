"""The finding app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    """Finding."""

    name = "finding"
    verbose_name = _("Finding and taking away")
