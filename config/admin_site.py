"""Django admin, behind the product's own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class MilaAdminSite(AdminSite):
    """Configuration of the year; administrators only, second factor included."""

    site_header = _("Mila admissions: configuration")
    site_title = _("Mila admissions")
    index_title = _("Configuration")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in page in the product."""
        return redirect_to_login(request.get_full_path())  # type: ignore[return-value]
