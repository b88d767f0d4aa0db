"""Deciding one file: its versions, the note, sending back; and what was done lately, with its undoing."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from accounts.returning import back
from answers import acts as acting
from answers import gate, noting
from answers.board_forms import NoteForm, SendBackForm
from answers.frozen import frozen_in
from answers.models import Act
from answers.permissions import undoes
from applications.models import Application
from audit.moves import Refused
from reviews.board import chosen_cycle
from reviews.decisions import SEND_BACK
from reviews.forms import ProposeForm
from reviews.models import Decision
from reviews.permissions import works_on_files
from reviews.views.file import file_page, visible

RECENT = 50


@only(works_on_files)
@require_safe
def decision_show(request: HttpRequest, number: str) -> HttpResponse:
    """How a file is being decided: every version of its answer, the note, what looks inconsistent."""
    return _page(request, visible(request, number))


def _page(
    request: HttpRequest,
    application: Application,
    *,
    note_form: NoteForm | None = None,
    back_form: SendBackForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    user = cast(User, request.user)
    people = ("program", "proposed_by", "approved_by")
    versions = list(application.decisions.select_related(*people).order_by("-version"))
    decision = next((row for row in versions if row.is_current), None)
    written = list(application.decision_notes.select_related("author"))
    noted = next((row for row in written if row.is_current), None)
    found = gate.findings(application.cycle, user, only=[application.pk])
    context = {
        "application": application,
        "versions": versions,
        "decision": decision,
        "frozen": frozen_in(application.cycle),
        "corrects": coordinates(user),
        "changes": application.decision_changes.select_related("act__by").order_by("-pk"),
        "note": noted,
        "earlier": [row for row in written if row is not noted],
        "note_form": note_form or NoteForm(initial={"text": noted.text if noted else ""}),
        "back_form": back_form or SendBackForm(),
        "may_send_back": bool(decision and SEND_BACK.refusal(decision, user) is None),
        "groups": gate.grouped(found),
        "remarks": application.remarks.filter(withdrawn_at__isnull=True).count(),
    }
    refused = any(form and form.errors for form in (note_form, back_form))
    return render(request, "answers/decision_show.html", context, status=422 if refused else 200)


@only(works_on_files)
@require_POST
def decision_note(request: HttpRequest, number: str) -> HttpResponse:
    """Write the note for the decision."""
    application = visible(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, application, note_form=form)
    noting.note(application, form.cleaned_data["text"], by=cast(User, request.user))
    messages.success(request, _("Noted. Earlier words stay below."))
    return redirect("decision_show", number)


@only(directs)
@require_POST
def decision_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give a proposal back to whoever made it, with a word."""
    application = visible(request, number)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, application, back_form=form)
    row = Decision.objects.filter(application=application, is_current=True).first()
    if row is None:
        raise Refused(_("This file has no proposed answer any more."))
    acting.send_back(row, by=cast(User, request.user), why=form.cleaned_data["why"])
    messages.success(request, _("Sent back with your word; it waits for another proposal."))
    return redirect("decision_show", number)


@only(coordinates)
@require_POST
def file_propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose an answer for this file, from its page."""
    application = visible(request, number)
    form = ProposeForm(request.POST, application=application)
    if not form.is_valid():
        return file_page(request, application, propose_form=form, status=422)
    acting.propose([application], **form.cleaned_data, by=cast(User, request.user))
    messages.success(request, _("Proposed. A director approves it; the applicant sees nothing."))
    return redirect("file", number)


@only(works_on_files)
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """What was done lately on the board of a cycle: who, when, what, how many; and a way back."""
    cycle = chosen_cycle(request.GET.get("cycle"))
    rows = Act.objects.visible_to(request.user).judged().filter(cycle=cycle)
    recent = list(rows.select_related("by", "program", "undone_by")[:RECENT])
    user = cast(User, request.user)
    lines = [
        (row, row.undone_at is None and not row.is_overtaken and undoes(user, row))
        for row in recent
    ]
    return render(request, "answers/acts.html", {"cycle": cycle, "lines": lines})


@only(works_on_files)
@require_POST
def act_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was there before an act."""
    row = get_object_or_404(Act.objects.visible_to(request.user), pk=pk)
    acting.undo(row, by=cast(User, request.user))
    messages.success(request, _("Undone: what was there before is back, as proposals."))
    return back(request, "decisions")
