"""What is hidden from blind readers: the files with something to settle, and one file's findings."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Submission
from applications.models.application import FILED
from applications.opening import opened
from applications.paging import page_of
from audit.moves import Refused
from cycles.models import Cycle
from dossiers import findings, settling
from dossiers.forms import PART_WORDS, AreaForm, PartForm, WordsForm
from dossiers.held import at_hand, held
from dossiers.models import Redaction, Scan
from dossiers.permissions import sees_redactions
from dossiers.scanning import due
from papers.handing import sealed
from papers.redacting import Unreadable, picture

WAITING, ALL = "waiting", "all"


@only(coordinates)
@require_safe
def redactions(request: Asked) -> HttpResponse:
    """The files of a blind cycle that were searched, the oldest first; the address holds the filters."""
    code = request.GET.get("cycle")
    named = Cycle.objects.filter(code=code).first() if code else None
    cycle = named or Cycle.objects.current()
    if cycle is None or not cycle.is_blind:
        return render(request, "dossiers/redactions.html", {"cycle": None})
    show = ALL if request.GET.get("show") == ALL else WAITING
    rows = Scan.objects.visible_to(request.user).of_cycle(cycle)
    waiting = rows.waiting()
    shown = (rows if show == ALL else waiting).with_counts().order_by("submission")
    first = waiting.select_related("submission__application").order_by("submission").first()
    context = {
        "cycle": cycle,
        "show": show,
        "page": page_of(
            shown.select_related("submission__application"), request.GET.get("page", "1")
        ),
        "waiting": waiting.count(),
        "all": rows.count(),
        "unread": due().filter(application__cycle=cycle, scan__scanned_at=None).count(),
        "next": first.submission.application if first else None,
    }
    return render(request, "dossiers/redactions.html", context)


def visible(request: Asked, number: str) -> Submission:
    """The submission that counts of a blind file that this coordinator may see, or 404."""
    rows = Submission.objects.filter(
        application__in=sees_redactions(request.user),
        application__number=number,
        application__cycle__is_blind=True,
        application__status__in=FILED,
    )
    rows = rows.select_related("application__cycle", "scan")
    return get_object_or_404(rows.order_by("-version")[:1])


def ticked(request: Asked, submission: Submission) -> Any:
    """The findings of this submission that the form names: those of one button, else those that are ticked."""
    told = [request.POST["one"]] if request.POST.get("one") else request.POST.getlist("ticked")
    pks = [pk for value in told for pk in value.split(",") if pk.isdecimal() and len(pk) < 15]
    rows = Redaction.objects.visible_to(request.user).filter(submission=submission)
    return rows.filter(pk__in=pks)


@only(coordinates)
@require_safe
def redactions_file(request: Asked, number: str) -> HttpResponse:
    """What was found in one file, by place, each in its context."""
    submission = visible(request, number)
    opened(submission, by=request.user)
    return _show(request, submission)


def _show(
    request: Asked, submission: Submission, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    cycle = submission.application.cycle
    groups = findings.groups_of(submission)
    papers = [group.paper for group in groups if group.paper]
    items = [item for group in groups for item in group.items]
    others = Scan.objects.visible_to(request.user).of_cycle(cycle).waiting()
    after = others.exclude(submission=submission).select_related("submission__application")
    following = after.order_by("submission").first()
    waiting = [item for item in items if item.first.is_waiting]
    context = {
        "application": submission.application,
        "cycle": cycle,
        "scan": getattr(submission, "scan", None),
        "groups": groups,
        "waiting": len(waiting),
        "next_item": waiting[0] if waiting else None,
        "settled": len(items) - len(waiting),
        "next": following.submission.application if following else None,
        "parts": PART_WORDS.items(),
        "words_form": WordsForm(),
        "area_form": AreaForm(papers=papers) if papers else None,
        **forms,
    }
    return render(request, "dossiers/redactions_file.html", context, status=status)


def _back(number: str) -> HttpResponse:
    """To the next finding that waits."""
    return redirect(f"{reverse('redactions_file', args=[number])}#next")


def _settled(
    request: Asked, number: str, verb: Callable[..., int], said: Callable[[int], str]
) -> HttpResponse:
    """The verb on what the form names; say how many, go on."""
    rows = ticked(request, visible(request, number))
    count = verb(rows, by=request.user)
    if count:
        messages.success(request, said(count) % {"count": count})
    elif not rows:
        messages.error(request, _("Tick at least one finding."))
    return _back(number)


@only(coordinates)
@require_POST
def redactions_hide(request: Asked, number: str) -> HttpResponse:
    """Keep these from the readers."""
    return _settled(
        request,
        number,
        settling.hide,
        lambda n: ngettext("%(count)s finding stays hidden.", "%(count)s findings stay hidden.", n),
    )


@only(coordinates)
@require_POST
def redactions_show(request: Asked, number: str) -> HttpResponse:
    """Let the readers see these."""
    return _settled(
        request,
        number,
        settling.let_show,
        lambda n: ngettext(
            "%(count)s finding shows to the readers.", "%(count)s findings show to the readers.", n
        ),
    )


@only(coordinates)
@require_POST
def redactions_again(request: Asked, number: str) -> HttpResponse:
    """Undo: these wait to be settled once more, hidden meanwhile."""
    return _settled(
        request,
        number,
        settling.look_again,
        lambda n: ngettext(
            "%(count)s finding is to settle again, and hidden meanwhile.",
            "%(count)s findings are to settle again, and hidden meanwhile.",
            n,
        ),
    )


@only(coordinates)
@require_POST
def redactions_remove(request: Asked, number: str) -> HttpResponse:
    """Take back what was added by hand."""
    rows = ticked(request, visible(request, number)).select_related("submission__application")
    if settling.remove(rows, by=request.user):
        messages.success(request, _("Removed: it shows again, unless the search found it too."))
    else:
        messages.error(request, _("Tick at least one finding."))
    return _back(number)


@only(coordinates)
@require_POST
def redactions_words(request: Asked, number: str) -> HttpResponse:
    """Hide words that the search did not find."""
    submission = visible(request, number)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            count = settling.add(submission, form.cleaned_data["words"], by=request.user)
        except Refused as refused:
            form.add_error("words", str(refused.text))
        else:
            said = ngettext("Hidden in %(count)s place.", "Hidden in %(count)s places.", count)
            messages.success(request, said % {"count": count})
            return _back(number)
    return _show(request, submission, status=422, words_form=form)


@only(coordinates)
@require_POST
def redactions_area(request: Asked, number: str) -> HttpResponse:
    """Hide a part of any page."""
    submission = visible(request, number)
    form = AreaForm(request.POST, papers=held(submission))
    if not form.is_valid():
        return _show(request, submission, status=422, area_form=form)
    settling.hide_part(submission, **form.cleaned_data, by=request.user)
    messages.success(request, _("That part of the page is hidden."))
    return _back(number)


@only(coordinates)
@require_POST
def redactions_part(request: Asked, number: str) -> HttpResponse:
    """Hide a part of a page that was looked at, and let its rest show."""
    submission = visible(request, number)
    row = get_object_or_404(ticked(request, submission), page__gte=1)
    form = PartForm({"part": request.POST.get(f"part-{row.pk}", "")})
    if not form.is_valid():
        raise Refused(_("Choose a part of the page."))
    part = form.cleaned_data["part"]
    settling.hide_part(submission, row.place, row.page, part, by=request.user)
    messages.success(request, _("That part of the page is hidden; the rest of it shows."))
    return _back(number)


@only(coordinates)
@require_safe
def redaction_page(request: Asked, number: str, pk: int) -> HttpResponse:
    """What the page of a finding looks like, with frames around what was found."""
    submission = visible(request, number)
    rows = list(Redaction.objects.visible_to(request.user).filter(submission=submission))
    row = next((one for one in rows if one.pk == pk and one.page), None)
    paper = next((one for one in held(submission) if row and one.place == row.place), None)
    if not row or not paper or not paper.cleaned:
        raise Http404
    try:
        with at_hand(paper.cleaned) as path:
            content = picture(path, page=row.page, **findings.frames(row, rows))
    except Unreadable as problem:
        raise Http404 from problem
    response = HttpResponse(content, content_type="image/webp")
    sealed(response)
    return response
