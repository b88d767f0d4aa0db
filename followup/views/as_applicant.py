"""The applicant's page as they see it now, for the coordination: to look at, with a reason, and nothing else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from audit.moves import record
from desk.forms import WhyForm
from desk.views.file import seen
from followup import situation
from followup.views.home import shown


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def as_applicant(request: Asked, number: str) -> HttpResponse:
    """Ask why, write it in the trail, then show what the applicant may know, and not a word more.

    The page is the answer to the form: looking again asks again, and is written again.
    """
    application = seen(request, number)
    posted = request.method == "POST"
    form = WhyForm(request.POST if posted else None)
    if posted and form.is_valid():
        why = form.cleaned_data["why"]
        record("view_as_applicant", application, by=request.user, why=why)
        # Through the applicant's eyes: what is not released is not there for them.
        eyes = application.applicant
        one = situation.of_application(application, eyes, at=request.arrived_at)
        context = {**shown(one), "why": why, "application": application}
        context["cards"] = [card for card in context["cards"] if not card.is_private]
        return render(request, "followup/as_applicant.html", context)
    context = {
        "form": form,
        "application": application,
        "title": _("See the page of this person"),
        "lead": _(
            "You see it as they do, and can change nothing there. They can read that you looked."
        ),
        "button": _("See the page"),
        "grave": False,
    }
    return render(request, "desk/why.html", context, status=422 if posted else 200)
