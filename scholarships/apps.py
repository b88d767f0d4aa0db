"""The scholarships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScholarshipsConfig(AppConfig):
    """Scholarships."""

    name = "scholarships"
    verbose_name = _("Scholarships")

    def ready(self) -> None:
        """What scholarships put on the applicant's page is told to it; what is kept from the ledgers, to them."""
        from scholarships import cards, sight  # noqa: F401
