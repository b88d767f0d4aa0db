"""The EDI officer's room: what is confidential by number, opened with a purpose, judged, and the figures."""

from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import never_kept, only
from accounts.fresh import signed_in_at
from accounts.permissions import protects
from applications.paging import page_of
from scholarships import opening
from scholarships.held import TITLES, file_of
from scholarships.in_words import laid_out
from scholarships.models import Candidacy, Category, Round
from scholarships.needs import NEEDS
from scholarships.vault.entries import FRESH, LONGEST_PURPOSE, SHORTEST_PURPOSE


class PurposeForm(forms.Form):
    """What something is opened for: its person reads it."""

    purpose = forms.CharField(
        label=gettext_lazy("What for? The person reads this sentence."),
        min_length=SHORTEST_PURPOSE,
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedForm(forms.Form):
    """A need from 1 to 5; empty takes it back."""

    need = forms.TypedChoiceField(
        choices=[("", ""), *((value, value) for value in NEEDS)],
        coerce=int,
        empty_value=None,
        required=False,
    )


def confided(request: Asked, number: str) -> Candidacy:
    """A scholarship application that the officer may know of, or 404."""
    rows = Candidacy.objects.confided_to(request.user)
    return get_object_or_404(rows.select_related("round", "application__applicant"), number=number)


@only(protects)
@require_safe
def edi_requests(request: Asked) -> HttpResponse:
    """The scholarship applications of a round by their number: what stands, what is judged, who is asked for a proof."""
    asking = (Category.WOMEN_IN_AI, Category.SOCIOECONOMIC)
    rounds = list(Round.objects.filter(category__in=asking).select_related("cycle"))
    named = [row for row in rounds if str(row.pk) == request.GET.get("round")]
    chosen = next(iter([*named, *rounds]), None)
    rows = Candidacy.objects.confided_to(request.user).filter(round=chosen)
    rows = rows.select_related("round", "application").order_by("number")
    page = page_of(rows, request.GET.get("page", "1"))
    is_budget = chosen is not None and chosen.category == Category.SOCIOECONOMIC
    context = {
        "rounds": rounds,
        "chosen": chosen,
        "page": page,
        "lines": opening.lines(page.rows),
        "needs": NEEDS,
        "is_budget": is_budget,
        "to_judge": rows.filter(need=None).count() if is_budget else 0,
    }
    return render(request, "scholarships/edi_requests.html", context)


@never_kept
@sensitive_variables()
@only(protects)
@require_http_methods(["GET", "HEAD", "POST"])
def edi_open(request: Asked, number: str, what: str) -> HttpResponseBase:
    """Ask what for; then show it, once."""
    candidacy = confided(request, number)
    if what not in opening.OF_CATEGORY[candidacy.round.category]:
        raise Http404
    proved = signed_in_at(request)
    if request.arrived_at - proved > FRESH:
        if request.method == "POST":
            return redirect("edi_open", number, what)
        raise ReauthenticationRequired
    form = PurposeForm(request.POST or None)
    kind = opening.openable(candidacy, what).kind
    context = {"form": form, "candidacy": candidacy, "what": what, "title": TITLES[kind]}
    if not form.is_valid():
        return render(
            request, "scholarships/edi_open.html", context, status=422 if form.errors else 200
        )
    said = opening.open_entry(
        candidacy,
        what,
        purpose=form.cleaned_data["purpose"],
        by=request.user,
        signed_in_at=proved,
    )
    if pdf := file_of(said):
        return _pdf(pdf, candidacy.number)
    context |= {"laid": laid_out(kind, said), "needs": NEEDS}
    return render(request, "scholarships/edi_opened.html", context)


def _pdf(content: bytes, number: str) -> HttpResponse:
    """A download that no page of ours draws, and no cache keeps."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{number}.pdf"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@only(protects)
@require_POST
def edi_need(request: Asked, number: str) -> HttpResponse:
    """Record a need, or take it back."""
    candidacy, form = confided(request, number), NeedForm(request.POST)
    if form.is_valid():
        opening.judge_need(candidacy, form.cleaned_data["need"], by=request.user)
        messages.success(request, _("Recorded."))
    else:
        messages.error(request, _("A need is from 1 to 5, and says who judged it."))
    return _back(candidacy)


@only(protects)
@require_POST
def edi_shortlist(request: Asked, number: str) -> HttpResponse:
    """Ask for a proof."""
    candidacy = opening.shortlist(confided(request, number), by=request.user)
    messages.success(request, _("A letter asks the person for a proof."))
    return _back(candidacy)


@only(protects)
@require_POST
def edi_shortlist_undo(request: Asked, number: str) -> HttpResponse:
    """Ask for no proof any more."""
    candidacy = opening.take_off_shortlist(confided(request, number), by=request.user)
    messages.success(request, _("No proof is asked for any more."))
    return _back(candidacy)


def _back(candidacy: Candidacy) -> HttpResponse:
    """To the list of its round."""
    return redirect(f"{redirect('edi_requests').url}?round={candidacy.round_id}")
