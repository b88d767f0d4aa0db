"""All that is confidential of one's own, on one page; and its erasure in one act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from scholarships import held


@sensitive_variables()
@require_safe
def confidential_mine(request: Asked) -> HttpResponse:
    """What one said, where it was opened, and the button that erases all of it."""
    context = {
        "kept": held.held(request.user, by=request.user),
        "openings": held.openings(request.user, by=request.user),
    }
    return render(request, "scholarships/confidential_mine.html", context)


@require_POST
def confidential_erase(request: Asked) -> HttpResponse:
    """Delete all of it, at once."""
    gone = held.erase_all(request.user, by=request.user, at=request.arrived_at)
    text = ngettext("%(n)s thing erased, as of now.", "%(n)s things erased, as of now.", gone)
    messages.success(request, text % {"n": gone} if gone else _("There was nothing to erase."))
    return redirect("confidential_mine")
