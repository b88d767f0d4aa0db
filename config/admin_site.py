"""Django admin, behind the product's own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

NOT_FOR_HANDS = {"account", "auth", "mfa"}


class MilaAdminSite(AdminSite):
    """Configuration of the year; administrators only, second factor included."""

    site_header = _("Mila admissions: configuration")
    site_title = _("Mila admissions")
    index_title = _("Configuration")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Second factors, proofs of addresses and Django's groups are nobody's to edit by hand."""
        models: Any = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        ours = [model for model in models if model._meta.app_label not in NOT_FOR_HANDS]
        super().register(ours, admin_class, **options)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one sign-in page in the product."""
        return redirect_to_login(request.get_full_path())
