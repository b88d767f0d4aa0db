"""What the coordination changes of an offer, each on a page of its own that asks why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from cycles.clock import day_of
from followup import changes
from followup.calls import usual_reply_by
from followup.forms import ExtendForm, ReopenForm, WhyForm
from followup.models import Offer, Reply
from followup.offers import OFFERING, offer_of
from followup.seats import of_program
from followup.views.calls import page_of_calls
from reviews.models import Decision

# The sentence of a page, its button, and what is said afterwards.
WORDS: dict[str, tuple[Promise, Promise, Promise, Promise]] = {
    "reopen": (
        gettext_lazy("Open the offer again"),
        gettext_lazy(
            "The person gets a letter, and may reply until the end of that day in Montréal. What they said before is "
            "kept in the trail."
        ),
        gettext_lazy("Open it again"),
        gettext_lazy("The offer is open again. The letter is on its way."),
    ),
    "extend": (
        gettext_lazy("Give more time to reply"),
        gettext_lazy("The person gets a letter with the new date; reminders follow it."),
        gettext_lazy("Give more time"),
        gettext_lazy("The date is another one. The letter is on its way."),
    ),
    "take_back": (
        gettext_lazy("Take the yes back"),
        gettext_lazy(
            "Only as the person asked. The seat is free, the file at UdeM ends with what is known of it, and the person "
            "gets a letter. What they filed at UdeM, they withdraw there themselves."
        ),
        gettext_lazy("Take the yes back"),
        gettext_lazy("The yes is taken back. The letter is on its way."),
    ),
}


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_reopen(request: Asked, number: str) -> HttpResponse:
    """Open an offer again that was declined or lapsed."""
    decision = _offered(request, number)
    offer, at = offer_of(decision), request.arrived_at
    if request.method != "POST" and offer.status not in changes.REOPEN.sources:
        return _too_late(request, decision)
    program = decision.program
    full = program is not None and not of_program(decision.application.cycle, program).free
    day = day_of(usual_reply_by(decision.application.cycle, at))
    form = ReopenForm(_typed(request), initial={"reply_on": day}, full=full)
    return _change(request, decision, "reopen", form, changes.reopen)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_extend(request: Asked, number: str) -> HttpResponse:
    """Give more time to reply to an offer that is open."""
    decision = _offered(request, number)
    offer = offer_of(decision)
    if request.method != "POST" and offer.status != Reply.OPEN:
        return _too_late(request, decision)
    form = ExtendForm(_typed(request), initial={"reply_on": day_of(offer.reply_by)})
    return _change(request, decision, "extend", form, changes.extend)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_take_back(request: Asked, number: str) -> HttpResponse:
    """Take a yes back, as the person asked."""
    decision = _offered(request, number)
    if request.method != "POST" and offer_of(decision).status != Reply.ACCEPTED:
        return _too_late(request, decision)
    return _change(
        request, decision, "take_back", WhyForm(_typed(request)), changes.take_acceptance_back
    )


def _offered(request: Asked, number: str) -> Decision:
    """The offer of this file, for whoever may see it."""
    rows = Decision.objects.visible_to(request.user).released().filter(OFFERING)
    joined = ("application__applicant", "application__cycle__call_rules", "program", "offer")
    return get_object_or_404(rows.select_related(*joined), application__number=number)


def _typed(request: Asked) -> Any:
    return request.POST if request.method == "POST" else None


def _too_late(request: Asked, decision: Decision) -> HttpResponse:
    """The page is of no use as things are now."""
    said = _("The reply to our offer is “%(reply)s”: there is nothing to do on that page now.")
    messages.info(request, said % {"reply": offer_of(decision).get_status_display()})
    return redirect(_back(decision))


def _back(decision: Decision) -> str:
    """Where one goes on: the calls for a person on the waitlist, their own page for the others."""
    if offer_of(decision).is_call:
        return page_of_calls(decision)
    return reverse("followup_person", args=[decision.application.number])


def _change(
    request: Asked, decision: Decision, name: str, form: forms.Form, verb: Any
) -> HttpResponse:
    """The form, its errors beside what was typed, or the verb and back."""
    title, lead, button, done = WORDS[name]
    posted = request.method == "POST"
    if posted and form.is_valid():
        verb(decision, by=request.user, at=request.arrived_at, **form.cleaned_data)
        messages.success(request, str(done))
        return redirect(_back(decision))
    offer: Offer = offer_of(decision)
    context = {"title": title, "lead": lead, "button": button, "form": form, "offer": offer}
    context |= {"decision": decision, "application": decision.application, "back": _back(decision)}
    context["grave"] = name == "take_back"
    return render(request, "followup/change.html", context, status=422 if posted else 200)
