"""The scholarships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScholarshipsConfig(AppConfig):
    """Scholarships."""

    name = "scholarships"
    verbose_name = _("Scholarships")

    def ready(self) -> None:
        """What this app puts on the applicant's pages, forgets with a draft, and keeps from the ledgers, is told."""
        from scholarships import (  # noqa: F401
            cards,
            confiding_cards,
            forgetting,
            sight,
            telling_files,
        )
