"""Django admin, behind the product's own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from config.admin_home import cycle_to_set_up, matching, steps

NOT_FOR_HANDS = {"account", "auth", "mfa"}
# The order of the first page: what a year needs first, what is only looked up last.
APPS = (
    *("cycles", "accounts", "committee", "followup", "scholarships", "applications", "reviews"),
    *("retention", "finding", "notifications", "papers", "audit"),
)
MODELS = ("Cycle", "Program", "Course")


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

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The apps in the order of the work, and the cycles before what they draw from."""
        listed: list[Any] = super().get_app_list(request, app_label)
        for app in listed:
            app["models"].sort(key=lambda model: place(MODELS, model["object_name"]))
        return sorted(listed, key=lambda app: place(APPS, app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page: the set-up of the year, then every list, or those that an address asks for."""
        words = request.GET.get("q", "")[:100]
        cycle = cycle_to_set_up()
        to_do = list(steps(cycle)) if cycle else []
        told = {
            "q": words,
            "found": matching(self.get_app_list(request), words),
            "cycle": cycle,
            "steps": to_do,
            "next_step": next((step for step in to_do if not step.done), None),
        }
        return super().index(request, {**(extra_context or {}), **told})

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one sign-in page in the product."""
        return redirect_to_login(request.get_full_path())


def place(order: tuple[str, ...], name: str) -> int:
    """Where a name stands in an order; after everything named where it does not."""
    return order.index(name) if name in order else len(order)
