"""The applicant's home, the reply to an offer, the report of the UdeM application; the staff's list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.permissions import applies
from applications.models import Application
from applications.steps import thread as steps_of
from applications.views.draft import kept_typing
from followup import filing, offers, situation
from followup.board import cycles_to_follow, offered, row_of
from followup.forms import DeclineForm, FilingForm
from followup.models import UdemFile
from followup.permissions import follows_up
from followup.situation import Situation, State
from followup.timeline import thread
from reviews.models import Decision, Outcome

WRITING = (State.DRAFT, State.REOPENED)


@require_safe
def my_application(request: Asked) -> HttpResponse:
    """The applicant's home: where the file stands, what to do next, and the files of other years."""
    if not applies(request.user):
        raise PermissionDenied
    main, others = situation.home(request.user, at=_arrival(request))
    beginnable = situation.beginnable(main, others)
    context = {**_shown(main), "others": others, "beginnable": beginnable}
    return render(request, "followup/my_application.html", context)


@require_safe
def past_application(request: Asked, number: str) -> HttpResponse:
    """One file of one's own, whatever its year."""
    rows = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    rows = rows.select_related("cycle").prefetch_related("choices__program")
    application = get_object_or_404(rows, number=number)
    one = situation.of_application(application, request.user, at=_arrival(request))
    return render(request, "followup/past_application.html", _shown(one))


def _shown(one: Situation) -> dict[str, Any]:
    """What the page of a situation needs."""
    context: dict[str, Any] = {
        "situation": one,
        "thread": thread(one),
        "others": [],
        "beginnable": None,
    }
    if one.state in WRITING and one.application:
        context["steps"] = steps_of(one.application, one.lacks, here="")
    if one.state == State.TO_FILE and one.udem_file:
        context["form"] = FilingForm(udem_file=one.udem_file)
    return context


def _arrival(request: Asked) -> Any:
    """When the request reached us: deadlines are judged by it."""
    return request.arrived_at


def _offered(request: Asked, number: str) -> Decision:
    """The offer made to this person; 404 for everybody else, staff included."""
    seen = Decision.objects.visible_to(request.user).released().filter(outcome=Outcome.ACCEPT)
    mine = seen.filter(application__applicant=request.user.pk)
    rows = mine.select_related("application__cycle", "program", "offer")
    return get_object_or_404(rows, application__number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_accept(request: Asked, number: str) -> HttpResponse:
    """Say yes. Opened as a page (after signing in again), it leads back to where the button is."""
    decision = _offered(request, number)
    if request.method == "POST":
        offers.accept(decision, by=request.user, at=_arrival(request))
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
            at=_arrival(request),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Your no is recorded. Thank you for telling us."))
        return redirect("my_application")
    context = {"form": form, "decision": decision, "application": decision.application}
    return render(request, "followup/offer_decline.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def udem_report(request: Asked, number: str) -> HttpResponse:
    """Report the application to UdeM: its number and its day."""
    return _filing(request, number, filing.report_filing, "followup/udem_report.html")


@require_http_methods(["GET", "HEAD", "POST"])
def udem_correct(request: Asked, number: str) -> HttpResponse:
    """Put right the number or the day."""
    return _filing(request, number, filing.correct_filing, "followup/udem_correct.html")


def _filing(request: Asked, number: str, verb: Any, template: str) -> HttpResponse:
    """The form, its errors beside what was typed, or the verb and back home."""
    rows = UdemFile.objects.visible_to(request.user).select_related(
        "program", "offer__decision__release", "offer__decision__application__cycle"
    )
    mine = rows.filter(offer__decision__application__applicant=request.user.pk)
    udem_file = get_object_or_404(mine, offer__decision__application__number=number)
    posted = request.method == "POST"
    typed = request.POST if posted else kept_typing(request)
    form = FilingForm(typed, udem_file=udem_file)
    if posted and form.is_valid():
        verb(udem_file, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your UdeM application is recorded."))
        return redirect("my_application")
    application = udem_file.offer.decision.application
    context = {"form": form, "udem_file": udem_file, "application": application}
    return render(request, template, context, status=422 if posted else 200)


@require_safe
def followup_board(request: Asked) -> HttpResponse:
    """Everyone who was offered a place, and how far they are."""
    if not follows_up(request.user):
        raise PermissionDenied
    cycles = cycles_to_follow()
    named = [row for row in cycles if row.code == request.GET.get("cycle")]
    answered = [row for row in cycles if row.answered]
    chosen = next(iter([*named, *answered, *cycles]), None)
    page = Paginator(offered(request.user, chosen), 50).get_page(request.GET.get("page"))
    rows = [row_of(decision, at=_arrival(request)) for decision in page]
    context = {"cycles": cycles, "chosen": chosen, "page": page, "rows": rows}
    return render(request, "followup/followup_board.html", context)
