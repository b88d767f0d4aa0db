"""Discussing a file, among those who handed in their review, coordinators and directors."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.door import only
from accounts.models import User
from applications.models import Application
from committee import remarks
from committee.forms.remark import RemarkForm
from committee.models import Remark
from committee.permissions import may_discuss
from committee.sight import discussed_by
from committee.threads import name_for, reviews_of, thread_of
from reviews.models import Assignment
from reviews.permissions import works_on_files


def discussed(request: HttpRequest, number: str) -> Application:
    """A file that this person may discuss now, or 404."""
    rows = discussed_by(request.user).select_related("cycle")
    return get_object_or_404(rows, number=number)


@only(may_discuss)
@require_safe
def discussion(request: HttpRequest, number: str) -> HttpResponse:
    """What was said about a file, beside the reviews that were handed in."""
    return _page(request, discussed(request, number), RemarkForm())


def _page(request: HttpRequest, application: Application, form: RemarkForm) -> HttpResponse:
    reader = cast(User, request.user)
    mine = Assignment.objects.of(reader).filter(application=application).first()
    context = {
        "application": application,
        "name": name_for(application, reader),
        "works_on_files": works_on_files(reader),
        "assignment": mine,
        "thread": thread_of(application, reader=reader),
        "reviews": reviews_of(application),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "committee/discussion.html", context, status=status)


@only(may_discuss)
@require_POST
def discussion_say(request: HttpRequest, number: str) -> HttpResponse:
    """Add a remark."""
    application = discussed(request, number)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, application, form)
    remarks.say(application, form.cleaned_data["text"], by=cast(User, request.user))
    messages.success(request, _("Said. You can correct it for ten minutes."))
    return redirect("discussion", number)


def own(request: HttpRequest, pk: int) -> Remark:
    """One's own remark about a file that one may still discuss, or 404."""
    rows = Remark.objects.visible_to(request.user).filter(author_id=request.user.pk)
    return get_object_or_404(rows.select_related("application__cycle"), pk=pk)


@only(may_discuss)
@require_http_methods(["GET", "HEAD", "POST"])
def remark_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's words, within ten minutes."""
    remark = own(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = RemarkForm(typed, initial={"text": remark.text})
    if form.is_valid():
        remarks.correct(remark, form.cleaned_data["text"], by=cast(User, request.user))
        messages.success(request, _("Corrected."))
        return redirect("discussion", remark.application.number)
    context = {"remark": remark, "form": form}
    status = 422 if form.errors else 200
    return render(request, "committee/remark_correct.html", context, status=status)


@only(may_discuss)
@require_POST
def remark_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's words back; that something was said stays visible."""
    remark = own(request, pk)
    remarks.withdraw(remark, by=cast(User, request.user))
    messages.info(request, _("Withdrawn: nobody reads it any more."))
    return redirect("discussion", remark.application.number)
