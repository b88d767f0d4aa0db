"""The app configurations of the wiring itself."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class WiringConfig(AppConfig):
    """Holds what belongs to no room: the system checks."""

    name = "config"
    verbose_name = _("Wiring")

    def ready(self) -> None:
        """Register the checks."""
        import config.system_checks  # noqa: F401


class AdminConfig(DjangoAdminConfig):
    """Makes our admin site the default one."""

    default_site = "config.admin_site.MilaAdminSite"
