"""The applicant's home, and the files of other years."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.permissions import applies
from answers.seeing import saw
from applications.models import Application
from applications.referee_state import referee_lines
from applications.steps import thread as steps_of
from desk.file import matters
from followup import situation
from followup.cards import cards_of
from followup.forms import FilingForm
from followup.models import Moment, Preparation
from followup.next_act import next_act
from followup.papers import papers
from followup.preparation import checklist, prepares
from followup.situation import Situation, State
from followup.timeline import thread

WRITING = (State.DRAFT, State.REOPENED)
BEFORE_THE_ANSWER = (*WRITING, State.SUBMITTED)


@require_safe
def my_application(request: Asked) -> HttpResponse:
    """The applicant's home: where the file stands, what to do next, and the files of other years."""
    if not applies(request.user):
        raise PermissionDenied
    main, others = situation.home(request.user, at=request.arrived_at)
    saw(main.decision, request.headers)
    beginnable = situation.beginnable(main, others)
    context = {**shown(main), "others": others, "beginnable": beginnable}
    return render(request, "followup/my_application.html", context)


@require_safe
def past_application(request: Asked, number: str) -> HttpResponse:
    """One file of one's own, whatever its year."""
    one = own_situation(request, number)
    saw(one.decision, request.headers)
    return render(request, "followup/past_application.html", shown(one))


def own_situation(request: Asked, number: str) -> Situation:
    """Where one file of one's own stands; 404 for everybody else, staff included."""
    rows = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    rows = rows.select_related("cycle__call_rules", "applicant").prefetch_related(
        "choices__program"
    )
    application = get_object_or_404(rows, number=number)
    return situation.of_application(application, request.user, at=request.arrived_at)


def shown(one: Situation) -> dict[str, Any]:
    """What the page of a situation needs."""
    wanted = matters(one.application) if one.application else None
    due = wanted.waiting[0].due_on if wanted and wanted.waiting else None
    context: dict[str, Any] = {
        "situation": one,
        "next_act": next_act(one, due),
        "matters": wanted,
        "thread": thread(one),
        "others": [],
        "beginnable": None,
        "checklist": None,
        "lines": [],
        "papers": [],
    }
    if one.state in WRITING and one.application:
        context["steps"] = steps_of(one.application, one.lacks, here="")
    if one.state == State.TO_FILE and one.udem_file:
        context["form"] = FilingForm(udem_file=one.udem_file)
        context["things"] = Preparation.objects.at_udem(one.udem_file.program).filter(
            moment=Moment.FILE
        )
    if one.application and one.state in BEFORE_THE_ANSWER:
        context["lines"] = referee_lines(one.application, one.at)
        context["papers"] = papers(one.application, one.submission)
    context["cards"] = cards_of(one)
    if prepares(one):
        context["checklist"] = checklist(one)
    return context
