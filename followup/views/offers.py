"""The reply to an offer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from applications.leaving import warnings_of
from applications.views.draft import kept_typing
from followup import offers
from followup.forms import DeclineForm
from followup.offers import OFFERING
from reviews.models import Decision


def _offered(request: Asked, number: str) -> Decision:
    """The offer made to this person; 404 for everybody else, staff included."""
    seen = Decision.objects.visible_to(request.user).released().filter(OFFERING)
    mine = seen.filter(application__applicant=request.user.pk)
    rows = mine.select_related("application__cycle", "program", "offer")
    return get_object_or_404(rows, application__number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_accept(request: Asked, number: str) -> HttpResponse:
    """Say yes. Opened as a page (after signing in again), it leads back to where the button is."""
    decision = _offered(request, number)
    if request.method == "POST":
        offers.accept(decision, by=request.user, at=request.arrived_at)
        messages.success(request, _("Your yes is recorded. Now apply to the university."))
    return redirect("my_application")


@require_http_methods(["GET", "HEAD", "POST"])
def offer_decline(request: Asked, number: str) -> HttpResponse:
    """Say what a no means, then take it."""
    decision = _offered(request, number)
    posted = request.method == "POST"
    form = DeclineForm(request.POST if posted else kept_typing(request))
    if posted and form.is_valid():
        offers.decline(
            decision,
            by=request.user,
            at=request.arrived_at,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Your no is recorded. Thank you for telling us."))
        return redirect("my_application")
    context = {"form": form, "decision": decision, "application": decision.application}
    context["ends"] = warnings_of(decision.application)
    return render(request, "followup/offer_decline.html", context, status=422 if posted else 200)
