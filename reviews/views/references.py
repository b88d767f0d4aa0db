"""Letters of reference: read by those who judge the file; the requests looked after by the coordination."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from accounts.permissions import reviews as is_reader
from applications import referees
from applications.forms.referee import DueForm, StaffAddressForm, WhyForm
from applications.models import Application, Referee
from applications.opening import opened
from applications.referee_state import referee_lines
from audit.moves import Refused
from papers.handing import cleaned, handed
from reviews.dossier import latest
from reviews.permissions import works_on_files
from reviews.views.file import visible
from reviews.views.reading import own_named


@only(is_reader)
@require_safe
def review_letter(request: HttpRequest, pk: int, letter: int) -> HttpResponseBase:
    """A letter of the file that this reader was given; in a blind cycle, only in the dossier."""
    return _letter(request, own_named(request, pk).application, letter)


@only(works_on_files)
@require_safe
def file_letter(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A letter of the file, for the coordination and the direction."""
    return _letter(request, visible(request, number), pk)


def _letter(request: HttpRequest, application: Application, pk: int) -> HttpResponseBase:
    """The cleaned copy, named by us: the name that the referee gave it may tell anything."""
    row = get_object_or_404(application.referees.with_letter(), pk=pk)
    label = f"{application.number}-reference-{row.position}.pdf"
    answer = cleaned(request, row.sha256, label=label)
    if handed(answer):
        opened(latest(application), by=request.user, document="reference")
    return answer


def _referee(request: HttpRequest, number: str, pk: int) -> Referee:
    application = visible(request, number)
    referee = get_object_or_404(application.referees.kept(), pk=pk)
    referee.application = application
    return referee


@only(coordinates)
@require_safe
def file_referee(request: Asked, number: str, pk: int) -> HttpResponse:
    """One request for a letter, and what the coordination may do about it."""
    return _show(request, _referee(request, number, pk))


def _show(request: Asked, referee: Referee, status: int = 200, **forms: Any) -> HttpResponse:
    application = referee.application
    lines = referee_lines(application, request.arrived_at)
    context = {
        "application": application,
        "line": next(line for line in lines if line.referee.pk == referee.pk),
        "address_form": StaffAddressForm(referee=referee, prefix="address"),
        "due_form": DueForm(prefix="due", initial={"due_on": referee.due_on}),
        "remove_form": WhyForm(prefix="remove"),
        **forms,
    }
    return render(request, "reviews/file_referee.html", context, status=status)


def _done(
    request: Asked, referee: Referee, name: str, form: Any, verb: Callable[..., Referee], said: str
) -> HttpResponse:
    """The verb with what was typed; or the page again, with what is wrong at its form."""
    if form.is_valid():
        try:
            verb(referee, **form.cleaned_data, by=request.user, at=request.arrived_at)
        except Refused as refused:
            form.add_error(None, str(refused.text))
        else:
            messages.success(request, said)
            return redirect("file", referee.application.number)
    return _show(request, referee, status=422, **{name: form})


@only(coordinates)
@require_POST
def file_referee_remind(request: Asked, number: str, pk: int) -> HttpResponse:
    """Remind them now."""
    referee = _referee(request, number, pk)
    referees.remind(referee, by=request.user, at=request.arrived_at)
    messages.success(request, _("Reminded: %(name)s.") % {"name": referee.name})
    return redirect("file", number)


@only(coordinates)
@require_POST
def file_referee_address(request: Asked, number: str, pk: int) -> HttpResponse:
    """Invite them at another address."""
    referee = _referee(request, number, pk)
    form = StaffAddressForm(request.POST, referee=referee, prefix="address")
    said = _("Invited: %(name)s. Our letter leaves now.") % {"name": referee.name}
    return _done(request, referee, "address_form", form, referees.change_address, said)


@only(coordinates)
@require_POST
def file_referee_due(request: Asked, number: str, pk: int) -> HttpResponse:
    """Give them a due date of their own."""
    referee = _referee(request, number, pk)
    form = DueForm(request.POST, prefix="due")
    said = _("The new date is kept, and %(name)s is told.") % {"name": referee.name}
    return _done(request, referee, "due_form", form, referees.set_due, said)


@only(coordinates)
@require_POST
def file_referee_remove(request: Asked, number: str, pk: int) -> HttpResponse:
    """Ask them for nothing any more."""
    referee = _referee(request, number, pk)
    form = WhyForm(request.POST, prefix="remove")
    said = _("Removed: %(name)s") % {"name": referee.name}
    return _done(request, referee, "remove_form", form, referees.remove, said)
