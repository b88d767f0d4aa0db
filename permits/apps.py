"""The permits app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PermitsConfig(AppConfig):
    """Permits to study and to work: what a person needs, by when, and how far it is."""

    name = "permits"
    verbose_name = _("Permits")

    def ready(self) -> None:
        """What permits put on the applicant's page is told to it."""
        from permits import cards  # noqa: F401
