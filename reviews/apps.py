"""The reviews app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Reviews."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Have the ledgers know of conflicts."""
        from reviews import sight  # noqa: F401
