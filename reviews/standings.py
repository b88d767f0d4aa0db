"""The only writer of standings, with `reviews.estimates`, which adds the corrected scores."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Avg, Case, Count, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Round

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


def _until_estimated(told: dict[str, Any]) -> dict[str, Case]:
    """The corrected score stays while the marks do; when they change it is their mean, until worked out anew."""
    same = Q(handed_in=told["handed_in"]) & Q(mean=Round(told["mean"], 3))

    def kept(name: str, otherwise: Any) -> Case:
        return Case(When(same, then=F(name)), default=otherwise)

    return {
        "adjusted": kept("adjusted", told["mean"]),
        "adjusted_low": kept("adjusted_low", Value(None)),
        "adjusted_high": kept("adjusted_high", Value(None)),
        "chances": kept("chances", Value(None, Standing._meta.get_field("chances"))),
        "near": kept("near", Value(None)),
        "changes": kept("changes", F("changes") + 1),
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
    told = figures()
    rows.update(**told, **_until_estimated(told))
