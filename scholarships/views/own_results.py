"""What became of one's own scholarship applications: the same page for everybody until the results are shown."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import applies
from scholarships.models import Candidacy, Result


@only(applies)
@require_safe
def scholarship_result(request: Asked) -> HttpResponse:
    """Each of one's applications that was handed in, with its result once it is shown, and the way to its award."""
    own = Candidacy.objects.own(request.user).submitted()
    own = own.select_related("round", "application", "award")
    rows = list(own.order_by("-round__closes_at", "round__category"))
    # Asked in one query whatever there is, so that neither the page nor its time tells of a result before its day.
    shown = Result.objects.filter(candidacy__in=rows, status=Result.Status.SHOWN)
    results = {result.candidacy_id: result for result in shown.select_related("announcement")}
    told = [(row, results.get(row.pk), hasattr(row, "award")) for row in rows]
    context = {"rows": told}
    return render(request, "scholarships/scholarship_result.html", context)
