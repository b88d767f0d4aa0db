"""What became of one's own scholarship applications: the same page for everybody until the results are shown."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import applies
from scholarships.models import Candidacy
from scholarships.outcomes import outcome_of


@only(applies)
@require_safe
def scholarship_result(request: Asked) -> HttpResponse:
    """Each of one's applications that was handed in, with its result once it is shown."""
    own = Candidacy.objects.own(request.user).submitted()
    # Asked in one query whatever there is, so that neither the page nor its time tells of a result before its day.
    own = own.select_related("round", "application", "result", "award")
    rows = [
        (row, outcome_of(row, request.arrived_at))
        for row in own.order_by("-round__closes_at", "round__category")
    ]
    return render(request, "scholarships/scholarship_result.html", {"rows": rows})
