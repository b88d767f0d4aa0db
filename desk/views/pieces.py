"""Pieces asked for: the office's acts, and the applicant's page that sends one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.forms.document import DocumentForm
from applications.views.draft import kept_typing, own_application
from audit.moves import Refused
from desk import pieces
from desk.forms import AskForm, ExtendForm
from desk.models import Request
from desk.sight import in_sight
from desk.views.file import ask_why, seen


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def request_ask(request: Asked, number: str) -> HttpResponse:
    """Ask for one more piece."""
    application = seen(request, number)
    posted = request.method == "POST"
    form = AskForm(request.POST if posted else kept_typing(request), application=application)
    if posted and form.is_valid():
        pieces.ask(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Asked. The applicant gets a letter."))
        return redirect("desk_file", number)
    context = {"form": form, "application": application, "suggestions": suggestions(application)}
    return render(request, "desk/request_ask.html", context, status=422 if posted else 200)


def suggestions(application: Any) -> list[str]:
    """The names of the cycle's pieces in the applicant's language, to pick from."""
    name = f"name_{application.applicant.language}"
    return [getattr(piece, name) for piece in application.cycle.pieces.all()]


def asked(request: Asked, pk: int) -> Request:
    """A request on a file that this member of the office may see, or 404."""
    rows = Request.objects.filter(application__in=in_sight(request.user))
    rows = rows.select_related("application__applicant", "application__cycle")
    return get_object_or_404(rows, pk=pk)


@only(coordinates)
@require_POST
def request_accept(request: Asked, pk: int) -> HttpResponse:
    """What came does."""
    row = asked(request, pk)
    pieces.accept(row, by=request.user)
    messages.success(request, _("Accepted: readers see it from now on."))
    return redirect("desk_file", row.application.number)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def request_refuse(request: Asked, pk: int) -> HttpResponse:
    """What came does not do: ask again."""
    row = asked(request, pk)
    return ask_why(
        request,
        row.application,
        lambda **said: pieces.refuse(row, **said),
        title=_("Ask for it again: %(title)s") % {"title": row.title},
        lead=_(
            "The applicant gets your reason by e-mail, as you write it, and has a week at least to send another."
        ),
        button=_("Ask for it again"),
        done=_("Asked again. The applicant gets a letter."),
    )


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def request_extend(request: Asked, pk: int) -> HttpResponse:
    """Give another day."""
    row = asked(request, pk)
    return ask_why(
        request,
        row.application,
        lambda **said: pieces.extend(row, **said),
        form=ExtendForm,
        title=_("Another day for: %(title)s") % {"title": row.title},
        lead=_("The applicant gets a letter with the new day. Your reason stays in the office."),
        button=_("Save"),
        done=_("Saved. The applicant gets a letter with the new day."),
    )


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def request_cancel(request: Asked, pk: int) -> HttpResponse:
    """The piece is no longer needed."""
    row = asked(request, pk)
    return ask_why(
        request,
        row.application,
        lambda **said: pieces.cancel(row, **said),
        title=_("Cancel the request: %(title)s") % {"title": row.title},
        lead=_(
            "The applicant is told that there is nothing to send. Your reason stays in the office."
        ),
        button=_("Cancel the request"),
        done=_("Cancelled. The applicant is told."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_answer(request: Asked, number: str, pk: int) -> HttpResponse:
    """The applicant's page of one piece: what, why, by when; a refused file says why and changes nothing."""
    application = own_application(request, number)
    row = get_object_or_404(application.requests.standing().select_related("document"), pk=pk)
    row.application = application
    posted = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES, slot=row.slot) if posted else None
    if form and form.is_valid():
        try:
            pieces.receive(
                row,
                form.cleaned_data["file"],
                pages=form.pages,
                preview=form.preview,
                by=request.user,
                at=request.arrived_at,
            )
        except Refused as refused:
            form.add_error("file", " ".join(map(str, [refused.text, *refused.reasons])))
        else:
            messages.success(request, _("Received: %(name)s") % {"name": row.title})
            return redirect("request_answer", number, pk)
    context = {
        "application": application,
        "request_row": row,
        "form": form or DocumentForm(slot=row.slot),
        "may_send": row.is_open and application.is_filed,
    }
    return render(request, "desk/request_answer.html", context, status=422 if posted else 200)
