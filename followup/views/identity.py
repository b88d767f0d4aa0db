"""Who one is at UdeM: told, put right, erased; by the person alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.asking import Asked
from accounts.door import never_kept
from followup import identifying
from followup.models import Identity
from followup.udem_forms import IdentityForm
from followup.views.udem import application_of, own_file


@never_kept
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def udem_identity(request: Asked, number: str) -> HttpResponse:
    """Birth date, citizenships, permanent code: each with its reason, none compulsory."""
    application = application_of(own_file(request, number))
    identity = Identity.objects.visible_to(request.user).filter(application=application).first()
    posted = request.method == "POST"
    form = IdentityForm(request.POST if posted else None, identity=identity)
    if posted and form.is_valid():
        identifying.tell(application, by=request.user, **form.told)
        messages.success(request, _("Kept, sealed. You can change or erase it at any time."))
        return redirect("udem_file", number)
    context = {"form": form, "application": application, "identity": identity}
    return render(request, "followup/udem_identity.html", context, status=422 if posted else 200)


@require_POST
def udem_identity_erase(request: Asked, number: str) -> HttpResponse:
    """Forget it."""
    application = application_of(own_file(request, number))
    identifying.erase(application, by=request.user)
    messages.success(request, _("Your date of birth, citizenship and permanent code are erased."))
    return redirect("udem_file", number)
