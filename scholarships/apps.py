"""The scholarships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScholarshipsConfig(AppConfig):
    """Scholarships."""

    name = "scholarships"
    verbose_name = _("Scholarships")

    def ready(self) -> None:
        """What this app puts on the applicant's page, forgets with a draft, and keeps from the ledgers, is told."""
        from scholarships import cards, confiding_cards, forgetting, sight  # noqa: F401
