"""Messages: the applicant's page, and the office's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import coordinates
from applications.models import Application
from applications.opening import opened
from applications.views.draft import kept_typing, own_application
from desk import talking
from desk.file import latest
from desk.forms import MessageForm
from desk.views.file import seen


@require_http_methods(["GET", "HEAD", "POST"])
def application_messages(request: Asked, number: str) -> HttpResponse:
    """What the applicant and the office wrote to each other, and a field to write."""
    application = own_application(request, number)
    return _thread(request, application, "application_messages")


@only(coordinates)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_messages(request: Asked, number: str) -> HttpResponse:
    """The same thread, for the office."""
    application = seen(request, number)
    if request.method != "POST":
        opened(latest(application) or application, by=request.user, document="messages")
    return _thread(request, application, "desk_messages")


def _thread(request: Asked, application: Application, page: str) -> HttpResponse:
    """The page; a message that was refused keeps its text."""
    posted = request.method == "POST"
    form = MessageForm(request.POST if posted else kept_typing(request))
    if posted and form.is_valid():
        talking.write(application, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your message is sent."))
        return redirect(page, application.number)
    thread = talking.thread_of(application, reader=request.user)
    context = {
        "application": application,
        "form": form,
        "thread": thread,
        "waits": any(row.is_unanswered for row in thread),
        "office": page == "desk_messages",
    }
    return render(request, f"desk/{page}.html", context, status=422 if posted else 200)


@only(coordinates)
@require_POST
def desk_settle(request: Asked, number: str) -> HttpResponse:
    """What the applicant wrote needs no answer."""
    application = seen(request, number)
    count = talking.settle(application, by=request.user)
    said = ngettext(
        "%(count)s message needs no answer.", "%(count)s messages need no answer.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("desk_messages", number)
