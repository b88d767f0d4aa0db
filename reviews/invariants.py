"""What must be true of judging at any moment, whatever was killed."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from audit.invariants import invariant, off_the_trail
from reviews.models import ACTIVE, Assignment, Conflict, Decision, Release, Review, Standing
from reviews.standings import figures

ROUNDING = Decimal("0.0006")
NONE = Value(Decimal(-1), output_field=DecimalField())


@invariant
def statuses_are_on_the_trail() -> Iterator[str]:
    """No status was written behind the trail's back."""
    judged = (Assignment.objects, Conflict.objects, Decision.objects, Release.objects)
    for rows in (manager.all() for manager in judged):
        for row in off_the_trail(rows):
            yield f"{row._meta.label_lower}:{row.pk} is {row.status}, and the trail says otherwise."


@invariant
def reviews_are_whole() -> Iterator[str]:
    """What was handed in has a mark and a time, and nothing else has."""
    handed_in = Q(assignment__status=Assignment.Status.HANDED_IN)
    marked = Q(handed_in_at__isnull=False, mark__isnull=False)
    for pk in Review.objects.filter(handed_in & ~marked).values_list("pk", flat=True):
        yield f"Review {pk} was handed in without a mark."
    open_again = Q(assignment__status=Assignment.Status.ASSIGNED, handed_in_at__isnull=False)
    for pk in Review.objects.filter(open_again).values_list("pk", flat=True):
        yield f"Review {pk} is a draft with a time of handing in."


@invariant
def standings_add_up() -> Iterator[str]:
    """What is kept beside each file is what its reviews say."""
    told = {f"true_{name}": Coalesce(figure, NONE) for name, figure in figures().items()}
    kept = {f"kept_{name}": Coalesce(F(name), NONE) for name in ("mean", "lowest", "highest")}
    same = Q(
        asked=F("true_asked"),
        handed_in=F("true_handed_in"),
        kept_mean__gte=F("true_mean") - ROUNDING,
        kept_mean__lte=F("true_mean") + ROUNDING,
        kept_lowest=F("true_lowest"),
        kept_highest=F("true_highest"),
    )
    rows = Standing.objects.annotate(**told, **kept).exclude(same)
    for pk in rows.values_list("pk", flat=True):
        yield f"The standing of application {pk} is not what its reviews say."


@invariant
def corrected_scores_are_whole() -> Iterator[str]:
    """Where there is a mean there is a corrected score: inside its bounds, or the mean until it is worked out."""
    waiting = Q(adjusted_low__isnull=True, adjusted_high__isnull=True, near__isnull=True)
    inside = Q(adjusted_low__lte=F("adjusted"), adjusted_high__gte=F("adjusted"))
    rows = Standing.objects.exclude(
        Q(mean__isnull=True, adjusted__isnull=True) & waiting
        | Q(mean__isnull=False) & (Q(adjusted=F("mean")) & waiting | inside)
    )
    for pk in rows.values_list("pk", flat=True):
        yield f"The corrected score of application {pk} is not what it may be."


@invariant
def nobody_reads_in_conflict() -> Iterator[str]:
    """A confirmed conflict leaves no reading that counts."""
    kept = Conflict.objects.confirmed().filter(
        application=OuterRef("application"), person=OuterRef("reviewer")
    )
    rows = Assignment.objects.filter(Exists(kept), status__in=ACTIVE)
    for pk in rows.values_list("pk", flat=True):
        yield f"Assignment {pk} counts, and its reader is in conflict with the file."
