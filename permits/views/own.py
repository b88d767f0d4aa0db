"""One's own permits: the calendar, the status in Canada, each report, and our letter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from applications.models import Application
from applications.views.draft import kept_typing
from permits import attestation, page, steps, telling
from permits.facts import Facts, facts_of
from permits.forms import StatusForm, StepForm
from permits.funds import proofs_of
from permits.models import Kind, PermitStep, State


def own_facts(request: Asked, number: str) -> Facts:
    """The permits of one's own file, once the offer is accepted; 404 for everybody else, staff included."""
    rows = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    application = get_object_or_404(rows.select_related("cycle"), number=number)
    facts = facts_of([application])[application.pk]
    if facts.udem_file is None:
        raise Http404
    return facts


def _nothing_to_do(request: Asked, number: str) -> HttpResponse:
    messages.info(request, _("There is nothing to do for permits with this application now."))
    return redirect("past_application", number)


@require_safe
def permits(request: Asked, number: str) -> HttpResponse:
    """What there is to ask for, by when, and how far it is."""
    facts = own_facts(request, number)
    if not facts.is_going:
        return _nothing_to_do(request, number)
    listed = page.shown(facts, request.arrived_at)
    context = {
        "facts": facts,
        "application": facts.application,
        "steps": listed,
        "awaits_letter": page.awaits_letter(listed),
        "asks": page.asks_authorities(listed),
        "is_pressed": page.is_pressed(listed, facts.starts_on, request.arrived_at),
        "now": [step for step in listed if step.line.is_open],
        "history": page.history(facts),
        "proofs": proofs_of(facts.application),
        "letter_is_meant": attestation.is_meant_for(facts),
        "letter_is_ready": attestation.is_ready(facts),
    }
    return render(request, "permits/permits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def permit_status(request: Asked, number: str) -> HttpResponse:
    """Confirm where one stands in Canada, or say what has changed."""
    facts = own_facts(request, number)
    if not facts.is_going:
        return _nothing_to_do(request, number)
    posted = request.method == "POST"
    typed = request.POST if posted else kept_typing(request)
    form = StatusForm(typed, application=facts.application, told=facts.told)
    if posted and form.is_valid():
        telling.confirm(facts.application, form.said(), by=request.user)
        messages.success(request, _("Your status is recorded, and the steps follow from it."))
        return redirect("permits", number)
    context = {"form": form, "facts": facts, "application": facts.application}
    return render(request, "permits/permit_status.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def permit_step(request: Asked, number: str, kind: str, to: str) -> HttpResponse:
    """Report how far one step is."""
    facts, what, state = own_facts(request, number), _kind(kind), _state(to)
    application = facts.application
    step = facts.steps.get(what) or PermitStep(application=application, kind=what)
    posted = request.method == "POST"
    typed = request.POST if posted else kept_typing(request)
    form = StepForm(typed, step=step, to=state, at=request.arrived_at)
    if posted and form.is_valid():
        at = request.arrived_at
        done = steps.report(application, what, state, form.said(), by=request.user, at=at)
        messages.success(request, _("Recorded: %(step)s.") % {"step": what.label})
        if done.valid_until and done.valid_until < facts.starts_on:
            messages.warning(request, _("It ends before your studies begin: see how to extend it."))
        return redirect("permits", number)
    context = {"form": form, "kind": what, "to": state, "label": steps.LABELS[state]}
    context |= {"application": application, "facts": facts}
    return render(request, "permits/permit_step.html", context, status=422 if posted else 200)


def _kind(name: str) -> Kind:
    """The step of this name, or 404."""
    if name not in Kind.values:
        raise Http404
    return Kind(name)


def _state(name: str) -> State:
    """The state of this name, or 404."""
    if name not in State.values:
        raise Http404
    return State(name)


@require_safe
def permit_letter(request: Asked, number: str, language: str) -> HttpResponse:
    """Our letter on the program and its internship, in the language asked for."""
    facts = own_facts(request, number)
    if language not in ("fr", "en") or not attestation.is_meant_for(facts):
        raise Http404
    pdf = attestation.pdf_of(facts, language, at=request.arrived_at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="mila-{number}-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
