"""Legal holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import directs
from retention import holding
from retention.forms import HoldForm, WhyForm
from retention.models import Hold
from retention.permissions import keeps_records
from retention.views.lists import overview


@only(keeps_records)
@require_POST
def hold_set(request: Asked) -> HttpResponse:
    """Keep a file whatever its age."""
    form = HoldForm(request.POST, by=request.user)
    if not form.is_valid() or form.application is None:
        return overview(request, form, status=422)
    holding.hold(form.application, why=form.cleaned_data["why"], by=request.user)
    messages.success(
        request, _("The file is held: nothing of it is destroyed until the hold is lifted.")
    )
    return redirect("retention")


@only(directs)
@require_POST
def hold_lift(request: Asked, pk: int) -> HttpResponse:
    """Let a file go again."""
    row = get_object_or_404(Hold.objects.visible_to(request.user), pk=pk)
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, in a few words."))
        return redirect("retention")
    holding.lift(row, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, _("The hold is lifted: the file’s own time counts again."))
    return redirect("retention")
