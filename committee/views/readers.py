"""How much each reader takes: one table, changed in place."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from applications.paging import SIZE, Page
from committee.forms.plans import ReaderForm, prefix_of
from committee.models.readership import USUAL_CAPACITY
from committee.readers import Line, balance, lines, program_choices, set_readerships
from cycles.models import Cycle
from reviews.board import chosen_cycle


@only(coordinates)
@require_safe
def readership(request: HttpRequest) -> HttpResponse:
    """Every reader of the cycle with what they take and hold."""
    return _readership(request, chosen_cycle(request.GET.get("cycle")), None)


def _readership(
    request: HttpRequest, cycle: Cycle | None, sent: QueryDict | None, *, status: int = 200
) -> HttpResponse:
    """The table; `sent`: what was typed and refused."""
    if cycle is None:
        return render(request, "committee/readership.html", {"cycle": None})
    everyone = lines(cycle)
    page = page_of(everyone, (sent or request.GET).get("page", "1"))
    forms = forms_of(cycle, page.rows, sent)
    context = {
        "cycle": cycle,
        "balance": balance(cycle, everyone),
        "page": page,
        "forms": forms,
        "wrong": [form for form in forms if form.errors],
        "usual": USUAL_CAPACITY,
    }
    return render(request, "committee/readership.html", context, status=status)


def page_of(everyone: list[Line], number: str) -> Page:
    """Fifty readers: more fields than that are not taken from one form."""
    wanted = min(max(int(number), 1), 1000) if number.isdecimal() else 1
    start = (wanted - 1) * SIZE
    return Page(everyone[start : start + SIZE], wanted, len(everyone) > start + SIZE)


def forms_of(cycle: Cycle, rows: list[Line], sent: QueryDict | None) -> list[ReaderForm]:
    """A form for each reader; somebody who was not on the page that was sent keeps what they had."""
    programs = program_choices(cycle)
    return [
        ReaderForm(
            sent if sent and f"{prefix_of(line)}-capacity" in sent else None,
            line=line,
            programs=programs,
        )
        for line in rows
    ]


@only(coordinates)
@require_POST
def readership_save(request: HttpRequest) -> HttpResponse:
    """Keep what was typed about the readers of one page, all of it or nothing."""
    cycle = get_object_or_404(Cycle, code=request.POST.get("cycle", ""))
    forms = [form for form in forms_of(cycle, lines(cycle), request.POST) if form.is_bound]
    if not all(form.is_valid() for form in forms):
        return _readership(request, cycle, request.POST, status=422)
    typed = [form.typed() for form in forms]
    count = set_readerships(cycle, typed, by=cast(User, request.user))
    text = ngettext(
        "Saved: %(count)s reader has changed.", "Saved: %(count)s readers have changed.", count
    )
    messages.success(request, text % {"count": count} if count else _("Nothing had changed."))
    page = request.POST.get("page", "1")
    return redirect(
        f"{reverse('readership')}?cycle={cycle.code}&page={page if page.isdecimal() else 1}"
    )
