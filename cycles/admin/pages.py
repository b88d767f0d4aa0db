"""The pages behind the buttons of a cycle and of a question: each says what it will do, then does it."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cycles import copying, publishing, wordings
from cycles.models import Cycle, Question
from cycles.publishing import page_of


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of Django admin of our own."""
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "title": title, "subtitle": None, **context})


def cycle_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Next year's cycle: shows each new date, then makes it."""
    cycle = get_object_or_404(Cycle, pk=pk)
    if request.method == "POST":
        new = copying.copy_to_next_year(cycle, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(cycle)s is ready to be adjusted.") % {"cycle": new})
        return redirect(page_of(new))
    later = copying.dates_next_year(cycle)
    dates = [
        (Cycle._meta.get_field(name).verbose_name, getattr(cycle, name), new)  # type: ignore[union-attr]
        for name, new in later.items()
        if new
    ]
    names = (copying.next_name(cycle.name), copying.next_code(cycle.code))
    return page(
        request,
        "admin/cycles/copy.html",
        _("Copy to next year"),
        cycle=cycle,
        name=names[0],
        code=names[1],
        dates=dates,
        refusal=copying.refusal_to_copy(cycle),
    )


def cycle_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cycle to the public, when nothing is missing."""
    cycle = get_object_or_404(Cycle, pk=pk)
    if request.method == "POST":
        publishing.publish(cycle, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(cycle)s is published.") % {"cycle": cycle})
        return redirect(page_of(cycle))
    lacks = publishing.gaps(cycle)
    return page(request, "admin/cycles/publish.html", _("Publish"), cycle=cycle, lacks=lacks)


def cycle_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the cycle again, before it opens."""
    cycle = get_object_or_404(Cycle, pk=pk)
    if request.method == "POST":
        publishing.unpublish(cycle, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The public no longer sees %(cycle)s.") % {"cycle": cycle})
        return redirect(page_of(cycle))
    return page(request, "admin/cycles/unpublish.html", _("Hide from the public"), cycle=cycle)


def question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop asking a question."""
    return _ask(request, pk, wordings.retire, _("No longer ask"))


def question_ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a retired question again."""
    return _ask(request, pk, wordings.ask_again, _("Ask again"))


def _ask(request: HttpRequest, pk: int, verb: Any, title: str) -> HttpResponse:
    """Confirm on one page, then do it and go back to the question."""
    question = get_object_or_404(Question.objects.select_related("cycle"), pk=pk)
    if request.method == "POST":
        verb(question, by=request.user)
        messages.success(request, _("Done."))
        return redirect(page_of(question))
    return page(request, "admin/cycles/retire.html", title, question=question, cycle=question.cycle)
