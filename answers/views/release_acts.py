"""What may be done to a release: each act has its address."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import directs
from answers.forms import FingerprintForm, HourForm
from answers.freeing import free_the_rest
from answers.release import (
    approve_release,
    cancel_release,
    hold_release,
    release,
    resume_release,
)
from answers.views.releases import release_or_404
from audit.moves import Refused
from desk.forms import WhyForm
from reviews.permissions import works_on_files


def _judged(form: Form) -> Form:
    """The form, if what was typed in it will do. Raises Refused with what is wrong."""
    if not form.is_valid():
        raise Refused(" ".join(str(text) for texts in form.errors.values() for text in texts))
    return form


@only(directs)
@require_POST
def release_approve(request: Asked, pk: int) -> HttpResponse:
    """Approve the list for an hour, or for another one."""
    row, form = release_or_404(request, pk), _judged(HourForm(request.POST))
    approve_release(row, by=request.user, at=form.cleaned_data["at"])
    messages.success(request, _("Approved. It becomes visible by itself at its hour."))
    return redirect("release_show", pk)


@only(directs)
@require_POST
def release_resume(request: Asked, pk: int) -> HttpResponse:
    """Approve anew what was on hold."""
    row, form = release_or_404(request, pk), _judged(HourForm(request.POST))
    resume_release(row, by=request.user, at=form.cleaned_data["at"])
    messages.success(request, _("Resumed. It becomes visible by itself at its hour."))
    return redirect("release_show", pk)


@only(directs)
@require_POST
def release_go(request: Asked, pk: int) -> HttpResponse:
    """Show every answer to its applicant, now; clicking twice does it once."""
    row = release_or_404(request, pk)
    _judged(FingerprintForm(request.POST, release=row))
    done = release(row, by=request.user)
    text = ngettext(
        "%(count)s answer is visible to its applicant. The letters are leaving.",
        "%(count)s answers are visible to their applicants. The letters are leaving.",
        done.size,
    )
    messages.success(request, text % {"count": done.size})
    return redirect("release_show", pk)


@only(works_on_files)
@require_POST
def release_hold(request: Asked, pk: int) -> HttpResponse:
    """Stop the clock."""
    row, form = release_or_404(request, pk), _judged(WhyForm(request.POST))
    hold_release(row, by=request.user, why=form.cleaned_data["why"])
    messages.info(request, _("On hold: nothing becomes visible until a director resumes it."))
    return redirect("release_show", pk)


@only(works_on_files)
@require_POST
def release_cancel(request: Asked, pk: int) -> HttpResponse:
    """Unfreeze the list: nothing was shown to anybody."""
    row, form = release_or_404(request, pk), _judged(WhyForm(request.POST))
    cancel_release(row, by=request.user, why=form.cleaned_data["why"])
    messages.info(request, _("Cancelled: nothing was shown to anybody."))
    return redirect("releases")


@only(works_on_files)
@require_POST
def release_free(request: Asked, pk: int) -> HttpResponse:
    """Let the letters leave that wait behind those that did not arrive."""
    row, form = release_or_404(request, pk), _judged(WhyForm(request.POST))
    freed = free_the_rest(row, by=request.user, why=form.cleaned_data["why"])
    text = ngettext("%(count)s letter is leaving.", "%(count)s letters are leaving.", freed)
    messages.success(request, text % {"count": freed})
    return redirect("release_show", pk)
