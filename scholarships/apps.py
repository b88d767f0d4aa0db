"""The scholarships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScholarshipsConfig(AppConfig):
    """Scholarships."""

    name = "scholarships"
    verbose_name = _("Scholarships")

    def ready(self) -> None:
        """What scholarships put on the applicant's page, and what they forget with a draft, is told."""
        from scholarships import confiding_cards, forgetting  # noqa: F401
