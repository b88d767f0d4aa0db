"""The followup app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    """After the answer."""

    name = "followup"
    verbose_name = _("After the answer")

    def ready(self) -> None:
        """What is known of replies is told to the decision board, and to corrections; keys are checked at start."""
        from followup import checks, corrections, replies  # noqa: F401
