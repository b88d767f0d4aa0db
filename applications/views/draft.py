"""Filling the form: start, each step, look it over."""

import secrets
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.asking import Asked
from applications import drafts, lifecycle
from applications.completeness import missing, whole
from applications.content import Content
from applications.forms.draft import short_hash
from applications.models import Application
from applications.snapshot import freeze
from applications.steps import BY_SLUG, STEPS, Step, address, neighbours, steps_of, thread
from applications.views.removed import REMOVED, removed_from, take_out
from applications.views.rows import step_of
from applications.wanted import held
from audit.moves import Refused
from cycles.models import Cycle


def own_application(request: Asked, number: str) -> Application:
    """The application as its owner edits it; 404 for everybody else, staff included."""
    mine = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    rows = mine.select_related("cycle", "applicant").told_settled()
    return get_object_or_404(rows, number=number)


@require_POST
def application_start(request: Asked) -> HttpResponse:
    """Begin, or go on with what was begun."""
    cycle = get_object_or_404(Cycle.objects.published(), pk=request.POST.get("cycle"))
    application = lifecycle.start(cycle, by=request.user)
    return redirect("application_step", application.number, STEPS[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
def application_step(request: Asked, number: str, step: str) -> HttpResponse:
    """One step: show it, or keep what was typed."""
    application = own_application(request, number)
    here = step_met(application, step)
    if request.method == "POST" and here.form:
        return _save(request, application, here)
    if application.is_settled or not application.may_change(request.arrived_at):
        messages.info(request, _("This application can no longer be changed."))
        return redirect("my_application")
    if not here.form:
        return _show(request, application, here, **step_of(whole(application), by=request.user))
    kept = kept_typing(request)
    form = here.form(kept, instance=application) if kept else here.form(instance=application)
    if kept:
        messages.warning(
            request,
            _("You were signed out before this was saved. Here is what you typed: save it."),
        )
    return _show(request, application, here, form=form)


def step_met(application: Application, slug: str) -> Step:
    """The step of that address, with what its form reads; 404 when this person does not meet it."""
    here = BY_SLUG.get(slug)
    if here is None:
        raise Http404
    prefetch_related_objects([application], *(here.form.reads if here.form else ()))
    if not here.is_for(application):
        raise Http404
    return here


def kept_typing(request: Asked, *paths: str) -> QueryDict | None:
    """What was typed when the session had ended, once, if it was meant for this page or for one of these paths."""
    kept = request.session.get("kept")
    if not kept or kept["path"] not in (request.path, *paths):
        return None
    del request.session["kept"]
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields


def _save(request: Asked, application: Application, here: Step) -> HttpResponse:
    form = here.form(request.POST, instance=application)
    alone = request.headers.get("HX-Request") == "true"
    try:
        valid = drafts.save_step(
            application,
            here.slug,
            form,
            shown=drafts.Shown.read(request.POST),
            by=request.user,
            at=request.arrived_at,
        )
        if not alone and "remove" in request.POST:
            return take_out(request, application, here)
    except drafts.ChangedElsewhere:
        return _show(
            request, application, here, alone, form=form, elsewhere=True, theirs=_theirs(form)
        )
    except Refused as refused:
        return _show(request, application, here, alone, form=form, refused=refused.text)
    if alone or not valid:
        return _show(request, application, here, alone, form=form, valid=valid)
    request.session.pop(REMOVED, None)
    if "stay" in request.POST:
        return redirect(f"{address(application, here.slug)}#add")
    after = neighbours(application, here.slug)[1]
    return (
        redirect("application_step", application.number, after.slug)
        if after
        else redirect("application_review", application.number)
    )


def _theirs(form: Any) -> list[tuple[str, str]]:
    """What is stored otherwise than it is typed here."""
    found: list[tuple[str, str]] = form.other_version(Application.objects.get(pk=form.instance.pk))
    return found


@require_POST
def line_restore(request: Asked, number: str, step: str) -> HttpResponse:
    """Put back the degree or the job that was just removed."""
    application = own_application(request, number)
    here = BY_SLUG.get(step)
    if here is None or not getattr(here.form, "removable", False):
        raise Http404
    if removed := removed_from(request, application, here):
        drafts.put_back(
            application, here.form, removed["held"], by=request.user, at=request.arrived_at
        )
        del request.session[REMOVED]
        messages.success(request, _("It is back."))
    return redirect("application_step", number, step)


def _show(
    request: Asked,
    application: Application,
    here: Step,
    alone: bool = False,
    **extra: Any,
) -> HttpResponse:
    """The step's page, or with `alone` only the line that says what was saved."""
    if alone:
        # htmx swaps successful answers only, and this line must be read whatever it says.
        seen = extra["form"].seen
        context = {"application": application, "seen": seen, "alone": True, **extra}
        return render(request, "applications/saved.html", context)
    # After a POST the row in hand is not the one that was written.
    fresh = application if request.method == "GET" else own_application(request, application.number)
    context = {
        "application": fresh,
        "step": here,
        "seen": here.form.state(fresh) if here.form else "",
        "page": request.POST.get("page") or secrets.token_hex(8),
        "alone": False,
        "removed": removed_from(request, fresh, here),
        **step_frame(fresh, here),
        **extra,
    }
    bad = extra.get("elsewhere") or extra.get("refused")
    status = 409 if bad else 422 if not extra.get("valid", True) else 200
    return render(request, "applications/application_step.html", context, status=status)


def step_frame(application: Application, here: Step) -> dict[str, Any]:
    """What `form_frame.html` needs: the thread of the steps, what lacks, what comes before and after."""
    lacks, steps = missing(whole(application)), steps_of(application)
    before, after = neighbours(application, here.slug)
    return {
        "lacks": lacks,
        "thread": thread(application, lacks, here.slug),
        "position": steps.index(here) + 1,
        "total": len(steps) + 1,
        "before": before,
        "after": after,
    }


@require_safe
def application_review(request: Asked, number: str) -> HttpResponse:
    """Everything on one page, what lacks with links, the declarations, and the button."""
    application = own_application(request, number)
    if application.is_settled or not application.may_change(request.arrived_at):
        messages.info(request, _("This application can no longer be changed."))
        return redirect("my_application")
    return show_review(request, application)


def declarations(request: Asked, application: Application) -> dict[str, Any]:
    """The sentences to tick, those that are ticked, and the mark of their wording."""
    every = list(application.cycle.declarations.select_related("cycle"))
    ticked = request.POST.getlist("declaration")
    return {
        "declarations": every,
        "ticked": ticked,
        "unticked": [row for row in every if row.code not in ticked],
        "wording": short_hash([(row.code, row.version, row.sentence) for row in every]),
    }


def show_review(
    request: Asked,
    application: Application,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The last page of the form; with a `problem`, what was ticked stays ticked."""
    lacks = missing(whole(application))
    total = len(steps_of(application)) + 1
    context = {
        "application": application,
        "lacks": [(item, BY_SLUG[item.step]) for item in lacks],
        "thread": thread(application, lacks, "review"),
        "told": Content(freeze(application)),
        "documents": held(application),
        "problem": problem,
        **declarations(request, application),
        "position": total,
        "total": total,
    }
    return render(request, "applications/application_review.html", context, status=status)
