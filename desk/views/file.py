"""One file at the office's desk: what is there, what lacks, and the acts on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from applications.opening import opened
from applications.views.draft import kept_typing
from desk import addressing, checking, closing
from desk.file import latest, page_of
from desk.forms import AddressForm, WhyForm
from desk.sight import in_sight
from notifications import ledger
from notifications.models import OutgoingEmail
from papers.handing import cleaned, handed


def seen(request: Asked, number: str) -> Application:
    """A file that this member of the office may see, or 404; their own and their conflicts are hidden."""
    rows = in_sight(request.user).select_related("applicant", "cycle", "office_check")
    return get_object_or_404(rows, number=number)


@only(coordinates)
@require_safe
def desk_file(request: Asked, number: str) -> HttpResponse:
    """Everything that the office needs to know whether a file is complete."""
    application = seen(request, number)
    submission = latest(application)
    opened(submission or application, by=request.user)
    context = page_of(application, submission, request.user)
    return render(request, "desk/desk_file.html", {**context, "resend_form": WhyForm()})


@only(coordinates)
@require_safe
def desk_document(request: Asked, number: str, pk: int) -> HttpResponseBase:
    """A document of the file, as a download; what came for a request too."""
    application = seen(request, number)
    row = get_object_or_404(application.documents.all(), pk=pk)
    answer = cleaned(request, row.sha256, label=f"{application.number}-{row.slot}.pdf")
    if handed(answer):
        opened(latest(application) or application, by=request.user, document=row.kind)
    return answer


@only(coordinates)
@require_POST
def desk_complete(request: Asked, number: str) -> HttpResponse:
    """Say that everything is there."""
    application = seen(request, number)
    checking.mark_complete(application, by=request.user)
    messages.success(request, _("Complete: %(number)s.") % {"number": application.number})
    return redirect("desk_file", number)


def ask_why(
    request: Asked,
    application: Application,
    act: Callable[..., Any],
    *,
    form: Any = None,
    **words: Any,
) -> HttpResponse:
    """The page that asks the reason of an act, and the act once it is given; `words` are the page's."""
    posted = request.method == "POST"
    form = (form or WhyForm)(request.POST if posted else kept_typing(request))
    if posted and form.is_valid():
        act(by=request.user, **form.cleaned_data)
        messages.success(request, words["done"])
        return redirect("desk_file", application.number)
    context = {"grave": False, **words, "form": form, "application": application}
    return render(request, "desk/why.html", context, status=422 if posted else 200)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_check_again(request: Asked, number: str) -> HttpResponse:
    """Take "complete" back."""
    application = seen(request, number)
    return ask_why(
        request,
        application,
        lambda **said: checking.check_again(application, **said),
        title=_("To check again"),
        lead=_("The file is no longer marked complete. The applicant is not told."),
        button=_("To check again"),
        done=_("The file is to check again."),
    )


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_close(request: Asked, number: str) -> HttpResponse:
    """Close a file that stayed incomplete."""
    application = seen(request, number)
    return ask_why(
        request,
        application,
        lambda **said: closing.close_incomplete(application, **said),
        title=_("Close as incomplete"),
        lead=_(
            "The file leaves every list and is not read. The applicant gets your reason by e-mail, as you "
            "write it. You can take the file up again."
        ),
        button=_("Close as incomplete"),
        done=_("The file is closed, and the applicant is told."),
        grave=True,
    )


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_take_up(request: Asked, number: str) -> HttpResponse:
    """Take a closed file up again."""
    application = seen(request, number)
    return ask_why(
        request,
        application,
        lambda **said: closing.take_up_again(application, **said),
        title=_("Take up again"),
        lead=_("What was submitted counts again, and the applicant is told."),
        button=_("Take up again"),
        done=_("The file is taken up again, and the applicant is told."),
    )


@only(coordinates)
@require_POST
def desk_resend(request: Asked, number: str, pk: int) -> HttpResponse:
    """Let a letter that did not arrive leave once more."""
    application = seen(request, number)
    letter = get_object_or_404(OutgoingEmail.objects.about(application), pk=pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        ledger.resend(letter, by=request.user, **form.cleaned_data)
        messages.success(request, _("The letter leaves again."))
    else:
        messages.error(request, " ".join(map(str, form.errors["why"])))
    return redirect("desk_file", number)


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_address(request: Asked, number: str) -> HttpResponse:
    """Put the applicant's e-mail address right."""
    application = seen(request, number)
    return ask_why(
        request,
        application,
        lambda **said: addressing.correct(application, **said),
        form=AddressForm,
        title=_("Correct the e-mail address"),
        lead=_(
            "Make sure first that you speak with the right person. Both addresses are told, the person is signed "
            "out everywhere, and letters that came back leave again to the right address."
        ),
        button=_("Correct the address"),
        done=_("The address is corrected, and both addresses are told."),
    )
