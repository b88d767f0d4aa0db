"""What people will read, before anybody does: the applicant's page for each answer, for somebody who does not exist."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from applications.models import Status
from applications.preview import Preview
from followup.situation import Situation
from followup.views.home import shown
from reviews.models import Decision, Outcome, Release
from reviews.permissions import works_on_files


@only(works_on_files)
@require_safe
def release_reads(request: Asked, pk: int, outcome: str) -> HttpResponse:
    """The page of one answer. The person is gone with the transaction, and the decision was never written."""
    release = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    if outcome not in Outcome.values:
        raise Http404
    cycle, at = release.cycle, request.arrived_at
    release.released_at = at
    with Preview(cycle, list(cycle.programs.all())[:1]).draft() as application:
        application.status = Status.SUBMITTED
        program = None if outcome == Outcome.DECLINE else application.chosen[0]
        answer = Decision(
            application=application,
            outcome=outcome,
            program=program,
            status=Decision.Status.RELEASED,
            release=release,
        )
        one = Situation(cycle, at, application, answer)
        context = {**shown(one), "release": release, "answer": Outcome(outcome).label}
        return render(request, "followup/release_reads.html", context)
