"""The referee's own pages, opened by a personal link: no account, no cookie, nothing of the file."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from accounts.asking import Asked
from applications import referees
from applications.forms.document import DocumentForm
from applications.forms.referee import DeclineLetterForm
from applications.models import Referee
from applications.models.referee import digest
from audit.moves import Refused

Page = Callable[[Asked, Referee, str], HttpResponse]

# A window of five minutes: wrong links from one place, letters sent by one link.
WINDOW, MOST_WRONG, MOST_SENT = 300, 20, 10


def one_more(what: str, most: int) -> bool:
    """Count one more of this; whether it is too many now."""
    key = f"reference:{what}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key) > most


def by_link(*methods: str) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Find the referee by the secret in the address, which is the whole permission.

    No cookie says who this is, so that no other site can make a browser act for somebody: whoever can post here
    knows the link. Hence no CSRF token, which would need a cookie, and no Referer, which would carry the link away.
    """

    def door(view: Page) -> Callable[..., HttpResponse]:
        @login_not_required
        @csrf_exempt
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            return private(_answer(cast(Asked, request), token, view, methods))

        return opened

    return door


def _answer(request: Asked, token: str, view: Page, methods: tuple[str, ...]) -> HttpResponse:
    if request.method not in methods:  # Django's own decorator would write the address to the log
        return HttpResponseNotAllowed(methods)
    wrong = f"wrong:{ratelimit.get_ip(request)}"
    if cache.get(f"reference:{wrong}", 0) >= MOST_WRONG:
        return render(request, "429.html", status=429)
    rows = Referee.objects.holding(token).select_related("application__cycle")
    referee = rows.select_related("application__applicant").first()
    if referee is None:
        one_more(wrong, MOST_WRONG)
        return render(request, "applications/reference_unknown.html", status=404)
    return view(request, referee, token)


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, proxy or search engine, told to no other site, and its address written in no log."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Django logs the address of each answer of 400 and over, once.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _show(
    request: Asked,
    referee: Referee,
    token: str,
    form: DocumentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "referee": referee,
        "application": referee.application,
        "programs": referee.application.chosen,
        "door": referees.door_of(referee, request.arrived_at),
        "in_time": referee.in_time(request.arrived_at),
        "form": form or DocumentForm(slot="letter"),
        "token": token,
    }
    return render(request, "applications/reference.html", context, status=status)


@by_link("GET", "HEAD")
def reference(request: Asked, referee: Referee, token: str) -> HttpResponse:
    """Who asks, for what, by when; the letter to send, or what became of it. Opening it changes nothing."""
    return _show(request, referee, token)


@by_link("POST")
def reference_send(request: Asked, referee: Referee, token: str) -> HttpResponse:
    """Check a PDF and keep it as the letter; a refused one changes nothing and says why."""
    form = DocumentForm(request.POST, request.FILES, slot="letter")
    if one_more(f"sent:{digest(referee.seed)}", MOST_SENT):
        return render(request, "429.html", status=429)
    if form.is_valid():
        try:
            referees.receive(
                referee,
                form.cleaned_data["file"],
                pages=form.pages,
                preview=form.preview,
                at=request.arrived_at,
            )
        except Refused as refused:
            form.add_error("file", str(refused.text))
        else:
            return redirect("reference", token)
    return _show(request, referee, token, form, status=422)


@by_link("GET", "HEAD", "POST")
def reference_decline(request: Asked, referee: Referee, token: str) -> HttpResponse:
    """Ask once more, then tell the applicant that they must ask somebody else."""
    if referees.door_of(referee, request.arrived_at) != referees.Door.OPEN:
        return redirect("reference", token)
    posted = request.method == "POST"
    form = DeclineLetterForm(request.POST if posted else None)
    if posted and form.is_valid():
        reason = form.cleaned_data["reason"]
        referees.decline(referee, reason=reason, at=request.arrived_at)
        return redirect("reference", token)
    context = {
        "referee": referee,
        "application": referee.application,
        "form": form,
        "token": token,
    }
    status = 422 if posted else 200
    return render(request, "applications/reference_decline.html", context, status=status)
