"""Accounts that look like one person's: the list, two of them side by side, and the judgement."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates
from applications.models import Application
from cycles.models import Cycle
from desk import duplicates as look
from desk import merging
from desk.forms import MergeForm, WhyForm
from desk.models import Pair
from desk.sight import in_sight


@only(coordinates)
@require_safe
def duplicates(request: Asked) -> HttpResponse:
    """The pairs to compare, and those that were joined."""
    cycle = Cycle.objects.current()
    found = look.found_in(cycle) if cycle else []
    people = {person for one in found for person in (one.first, one.second)}
    files = look.files_by_person(cycle, people, request.user) if cycle else {}
    hidden = Application.objects.exclude(pk__in=in_sight(request.user)).values("applicant")
    joined = Pair.objects.filter(status=Pair.Status.MERGED).exclude(
        Q(first__in=hidden) | Q(second__in=hidden)
    )
    context = {
        "cycle": cycle,
        "pairs": [
            (one, files[one.first], files[one.second])
            for one in found
            if one.first in files and one.second in files
        ],
        "joined": joined.select_related("first", "second", "stays").order_by("-pk")[:50],
    }
    return render(request, "desk/duplicates.html", context)


def two(request: Asked, first: int, second: int) -> tuple[Pair, list[User]]:
    """Two applicants all of whose files this member of the office may see, or 404."""
    people = list(User.objects.filter(pk__in=[first, second], roles=[]).order_by("pk"))
    files = Application.objects.filter(applicant__in=people)
    if len(people) < 2 or files.count() > in_sight(request.user).filter(pk__in=files).count():
        raise Http404
    pair = Pair.objects.filter(first=people[0], second=people[1]).first()
    return pair or Pair(first=people[0], second=people[1]), people


@only(coordinates)
@require_safe
def pair_compare(request: Asked, first: int, second: int) -> HttpResponse:
    """Two accounts side by side."""
    pair, people = two(request, first, second)
    return compared(request, pair, MergeForm(people=people), WhyForm(prefix="apart"))


def compared(
    request: Asked, pair: Pair, merge_form: Any, apart_form: Any, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    sides = [
        (user, user.applications.select_related("cycle").prefetch_related("documents"))
        for user in (pair.first, pair.second)
    ]
    context = {"pair": pair, "sides": sides, "form": merge_form, "apart_form": apart_form}
    return render(request, "desk/pair_compare.html", context, status=status)


@only(coordinates)
@require_POST
def pair_merge(request: Asked, first: int, second: int) -> HttpResponse:
    """One person: join the accounts."""
    pair, people = two(request, first, second)
    form = MergeForm(request.POST, people=people)
    if not form.is_valid():
        return compared(request, pair, form, WhyForm(prefix="apart"), status=422)
    merging.merge(merging.pair_of(*people), by=request.user, **form.cleaned_data)
    messages.success(request, _("The accounts are one now. Both addresses are told."))
    return redirect("pair_compare", first, second)


@only(coordinates)
@require_POST
def pair_apart(request: Asked, first: int, second: int) -> HttpResponse:
    """Two people: the pair leaves the list."""
    pair, people = two(request, first, second)
    form = WhyForm(request.POST, prefix="apart")
    if not form.is_valid():
        return compared(request, pair, MergeForm(people=people), form, status=422)
    merging.tell_apart(merging.pair_of(*people), by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted: two people."))
    return redirect("duplicates")


@only(coordinates)
@require_POST
def pair_separate(request: Asked, first: int, second: int) -> HttpResponse:
    """Undo: two accounts again."""
    pair, people = two(request, first, second)
    form = WhyForm(request.POST, prefix="apart")
    if not form.is_valid():
        return compared(request, pair, MergeForm(people=people), form, status=422)
    merging.separate(merging.pair_of(*people), by=request.user, **form.cleaned_data)
    messages.success(request, _("The accounts are separate again."))
    return redirect("pair_compare", first, second)
