"""Who is kept apart from which file: what assigning, by hand or by the optimiser, must never break."""

from applications.models import Application
from cycles.models import Cycle
from reviews.models import Assignment


def kept_apart(cycle: Cycle) -> set[tuple[int, int]]:
    """Every (application's id, person's id) of a cycle that must not meet as file and reader; two queries."""
    declared = Assignment.objects.filter(
        application__cycle=cycle, status=Assignment.Status.CONFLICT
    ).values_list("application_id", "reviewer_id")
    own = Application.objects.filter(cycle=cycle).values_list("pk", "applicant_id")
    return {*declared, *own}


def kept_from(application: Application) -> set[int]:
    """The ids of those who must not read this file: `kept_apart` of one file; one query."""
    declared = Assignment.objects.filter(
        application=application, status=Assignment.Status.CONFLICT
    ).values_list("reviewer_id", flat=True)
    return {*declared, application.applicant_id}
