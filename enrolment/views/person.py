"""One person's page for the office, and the lines kept about them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from applications.opening import opened
from applications.sight import unhidden
from applications.views.draft import kept_typing
from desk.file import latest
from enrolment import noting
from enrolment.choosing import is_on_a_board
from enrolment.forms import NoteForm
from enrolment.listing import read
from enrolment.person import page_of
from followup.permissions import follows_up


def person_of(request: Asked, number: str) -> Application:
    """Somebody with a place whom this member of the staff may see, or 404; never oneself."""
    rows = unhidden(Application.objects.visible_to(request.user), request.user)
    rows = rows.select_related("cycle", "applicant")
    application = get_object_or_404(rows, number=number)
    if not is_on_a_board(application, request.user):
        raise Http404
    return application


@only(follows_up)
@require_safe
def followup_person(request: Asked, number: str) -> HttpResponse:
    """Everything of this person after the answer."""
    application = person_of(request, number)
    opened(latest(application) or application, by=request.user)
    return _page(request, application, NoteForm(kept_typing(request)))


@only(coordinates)
@require_POST
def followup_note(request: Asked, number: str) -> HttpResponse:
    """Keep a line about this person."""
    application = person_of(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, application, form, status=422)
    data = form.cleaned_data
    noting.note(application, data["text"], about=data["about"], by=request.user)
    messages.success(request, _("Your note is kept."))
    return redirect("followup_person", number)


def _page(
    request: Asked, application: Application, form: NoteForm, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    board = read(application.cycle, request.user, request.arrived_at)
    context = {**page_of(board, application, request.user), "form": form}
    return render(request, "enrolment/followup_person.html", context, status=status)
