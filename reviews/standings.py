"""The only writer of standings."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Avg, Count, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from applications.models import Application
from reviews.models import ACTIVE, Assignment, Review, Standing


def _of_file(rows: models.QuerySet[models.Model], path: str, sum_up: models.Aggregate) -> Subquery:
    """One figure over the rows of the outer query's file."""
    grouped = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Subquery(grouped.annotate(figure=sum_up).values("figure"))


def figures() -> dict[str, models.expressions.Combinable]:
    """What a standing says, worked out from the assignments and the reviews."""
    asked = Assignment.objects.filter(status__in=ACTIVE)
    answered = asked.filter(status=Assignment.Status.HANDED_IN)
    marked = Review.objects.filter(assignment__status=Assignment.Status.HANDED_IN)
    return {
        "asked": Coalesce(_of_file(asked, "application", Count("pk")), 0),
        "handed_in": Coalesce(_of_file(answered, "application", Count("pk")), 0),
        "mean": _of_file(marked, "assignment__application", Avg("mark")),
        "lowest": _of_file(marked, "assignment__application", Min("mark")),
        "highest": _of_file(marked, "assignment__application", Max("mark")),
    }


@transaction.atomic
def refresh(applications: Iterable[Application]) -> None:
    """Work out anew where these files stand; in four queries, however many they are."""
    files = list(applications)
    Standing.objects.bulk_create(
        [Standing(application=file, cycle_id=file.cycle_id) for file in files],
        ignore_conflicts=True,
    )
    rows = Standing.objects.filter(pk__in=[file.pk for file in files])
    # Locked first, summed next: the sum sees what a reader who handed in just before us committed.
    list(rows.order_by("pk").select_for_update().values_list("pk"))
    rows.update(**figures())
