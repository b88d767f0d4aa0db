"""The register of confidentiality incidents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.asking import Asked
from accounts.door import only
from retention import incidents as register
from retention.forms import IncidentForm
from retention.models import Incident
from retention.permissions import writes_incidents


@only(writes_incidents)
@require_safe
def incidents(request: Asked) -> HttpResponse:
    """All of them."""
    rows = Incident.objects.visible_to(request.user).select_related("written_by")
    return render(request, "retention/incidents.html", {"rows": rows})


@only(writes_incidents)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_add(request: Asked) -> HttpResponse:
    """Enter one."""
    return _edit(request, Incident())


@only(writes_incidents)
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: Asked, pk: int) -> HttpResponse:
    """What is known of one, completed until it is closed."""
    return _edit(request, get_object_or_404(Incident.objects.visible_to(request.user), pk=pk))


def _edit(request: Asked, row: Incident) -> HttpResponse:
    closed = row.closed_on is not None
    form = IncidentForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        register.save(form.instance, by=request.user)
        messages.success(request, _("Entered in the register."))
        return redirect("incidents")
    context = {"form": form, "row": row, "closed": closed}
    return render(request, "retention/incident.html", context, status=422 if form.errors else 200)
