"""The enrolment app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentConfig(AppConfig):
    """From our offers to the first day of studies: the coordination’s board, and the handing over."""

    name = "enrolment"
    verbose_name = _("Enrolment")

    def ready(self) -> None:
        """What the room of permits knows is shown on the board."""
        from enrolment import from_permits  # noqa: F401
