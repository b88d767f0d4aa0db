"""The panel's desk: the rounds that one sits on, their queue, one reading, the documents that a round shows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import sits
from applications.models import Document, Kind, Submission
from applications.opening import OPENED
from audit.moves import Refused, record
from papers.handing import cleaned, handed
from reviews.dossier import latest
from reviews.scoring import Stale
from reviews.views.saving import kept, saved
from scholarships import judging
from scholarships.forms.judging import ReadingForm
from scholarships.models import Candidacy, Reading, Round
from scholarships.panel_queue import Queue, queue_of, stayed_away
from scholarships.panels import panel_lacks


def of_panel(request: Asked, number: str) -> Candidacy:
    """What this member of a panel reads, or 404: stayed away from, not answered yet, another round's look alike."""
    rows = Candidacy.objects.panel_of(request.user).select_related("round__cycle", "application")
    return get_object_or_404(rows, number=number)


def own_rounds(request: Asked) -> list[Round]:
    """The rounds that one sits on, the latest cycle first."""
    rows = Round.objects.of_panelist(request.user).published().select_related("cycle")
    return list(rows.order_by("-cycle__opens_at", "category"))


@only(sits)
@require_safe
def panel(request: Asked) -> HttpResponse:
    """To the first of one's rounds that has something left; a page of its own while there is none."""
    rows = own_rounds(request)
    if not rows:
        return render(request, "scholarships/panel.html", {})
    waits = next((row for row in rows if queue_of(row, request.user).left), rows[0])
    return redirect("panel_round", waits.pk)


@only(sits)
@require_safe
def panel_round(request: Asked, pk: int) -> HttpResponse:
    """The queue of one round: numbers, eligible or not, how far one's own reading is."""
    rows = Round.objects.of_panelist(request.user).published().select_related("cycle")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "round": row,
        "rounds": own_rounds(request),
        "queue": queue_of(row, request.user),
        "lacks": panel_lacks(row),
        "away": stayed_away(row, request.user),
        "is_open": row.closes_at >= request.arrived_at,
        "done": _just_done(request),
    }
    return render(request, "scholarships/panel_round.html", context)


def _just_done(request: Asked) -> Candidacy | None:
    """What was handed in by the step before, while it can be taken back."""
    rows = Candidacy.objects.panel_of(request.user).filter(
        readings__person=request.user, readings__status=Reading.Status.HANDED_IN
    )
    return rows.filter(number=request.GET.get("done", "")).first()


@only(sits)
@require_http_methods(["GET", "HEAD", "POST"])
def panel_reading(request: Asked, number: str) -> HttpResponse:
    """Read a statement beside the rubric; posting saves a draft."""
    candidacy = of_panel(request, number)
    if panel_lacks(candidacy.round):
        return redirect("panel_round", candidacy.round_id)
    if request.method != "POST":
        record(OPENED, candidacy, by=request.user)
        return _desk(request, candidacy, kept(request))
    refused, answer, form = _saved(request, candidacy)
    if request.headers.get("X-Autosave"):
        return answer
    if refused or not form.is_valid():
        return _desk(request, candidacy, request.POST, refused, answer.status_code)
    messages.success(request, _("Saved as a draft."))
    return redirect("panel_reading", number)


def _saved(
    request: Asked, candidacy: Candidacy
) -> tuple[Refused | None, JsonResponse, ReadingForm]:
    """Save what is valid; why it was refused, and the same answer for the page's script."""
    form = ReadingForm(
        request.POST,
        measures=list(candidacy.round.measures.all()),
        reading=_own(request, candidacy),
    )

    def save() -> Reading:
        revision = form.cleaned_data["revision"]
        return judging.save_reading(candidacy, form.judged(), revision=revision, by=request.user)

    return *saved(form, save), form


def _own(request: Asked, candidacy: Candidacy) -> Reading | None:
    return Reading.objects.filter(candidacy=candidacy, person=request.user).first()


def _desk(
    request: Asked,
    candidacy: Candidacy,
    data: Any = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Queue, statement and scores. A refusal keeps what was typed, and says what to do."""
    queue, row = queue_of(candidacy.round, request.user), candidacy.round
    line = queue.of(candidacy)
    form = ReadingForm(data, measures=list(row.measures.all()), reading=line.reading)
    statement, stale = (candidacy.sent or {}).get("statement", ""), isinstance(refused, Stale)
    context = {
        "candidacy": candidacy,
        "round": row,
        "rounds": own_rounds(request),
        "queue": queue,
        "line": line,
        "form": form,
        "scored": sum(name.startswith("score_") for name in form.initial),
        "revision": line.reading.revision if stale and line.reading else form["revision"].value(),
        "statement": statement,
        "words": len(statement.split()),
        "documents": _documents(candidacy),
        "others": _others(candidacy, line.is_handed_in, request),
        "following": queue.after(candidacy.number),
        "done": _just_done(request),
        "refused": refused,
        "stale": stale,
        "has_errors": bool(refused or form.errors),
    }
    return render(request, "scholarships/panel_reading.html", context, status=status)


def _others(candidacy: Candidacy, may: bool, request: Asked) -> list[Any]:
    """The others' readings with their marks, once one's own is handed in; never before."""
    rows = Reading.objects.filter(candidacy=candidacy, status=Reading.Status.HANDED_IN)
    rows = rows.exclude(person=request.user).select_related("person").order_by("handed_in_at")
    measures = list(candidacy.round.measures.all())
    return [(row, judging.mark_of(row, measures)) for row in rows] if may else []


def _shown(candidacy: Candidacy) -> tuple[Submission | None, Any]:
    """The submission that counts, and its documents that the round shows."""
    row, submission = candidacy.round, latest(candidacy.application)
    kinds = [Kind.CV] if row.asks_cv else []
    kinds += [Kind.TRANSCRIPT, Kind.TRANSLATION] if row.asks_transcripts else []
    held = submission.documents.all() if submission else Document.objects.none()
    return submission, held.filter(kind__in=kinds).order_by("kind", "pk")


def _documents(candidacy: Candidacy) -> list[Document]:
    return list(_shown(candidacy)[1])


@only(sits)
@require_POST
def panel_hand_in(request: Asked, number: str) -> HttpResponse:
    """Save, hand in, and open the next; what lacks is said, and what was typed is kept."""
    candidacy = of_panel(request, number)
    refused, answer, form = _saved(request, candidacy)
    if refused or not form.is_valid():
        return _desk(request, candidacy, request.POST, refused, answer.status_code)
    try:
        judging.hand_in(candidacy, by=request.user)
    except Refused as lacking:
        return _desk(request, candidacy, None, lacking, 422)
    messages.success(request, _("Handed in: %(number)s.") % {"number": number})
    return _next(request, queue_of(candidacy.round, request.user), candidacy)


def _next(request: Asked, queue: Queue, candidacy: Candidacy) -> HttpResponse:
    """The next that waits, or the queue; either offers to take the last one back."""
    following = queue.after(candidacy.number)
    if following is None:
        answer = redirect("panel_round", candidacy.round_id)
    else:
        answer = redirect("panel_reading", following.number)
    answer["Location"] += f"?done={candidacy.number}"
    return answer


@only(sits)
@require_POST
def panel_take_back(request: Asked, number: str) -> HttpResponse:
    """Open one's own reading again."""
    judging.take_back(of_panel(request, number), by=request.user)
    messages.info(request, _("Your review is a draft again: hand it in once it is right."))
    return redirect("panel_reading", number)


@only(sits)
@require_safe
def panel_document(request: Asked, number: str, document: int) -> HttpResponseBase:
    """A document that the round shows, under its number and kind: a file's own name may tell who sent it."""
    candidacy = of_panel(request, number)
    judging.refuse_reading(candidacy.round)
    _submission, held = _shown(candidacy)
    row = get_object_or_404(held, pk=document)
    answer = cleaned(request, row.sha256, label=f"{candidacy.number}-{row.kind}.pdf")
    if handed(answer):
        record(OPENED, candidacy, by=request.user, document=row.kind)
    return answer
