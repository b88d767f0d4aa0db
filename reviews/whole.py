"""A saved review with all that judging it needs, read at once, and what it still lacks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from applications.models import Application, Submission
from cycles.models import Program
from reviews.advice import lacking
from reviews.models import Assignment, Criterion, Review, Score


@dataclass(frozen=True)
class Kept:
    """One score as it is saved. `value`: 1 to 5, or None for "cannot judge"; `page`: of the dossier, from 1."""

    value: int | None
    page: int | None = None


@dataclass(frozen=True)
class Whole:
    """A review as saved, the rubric, and the codes of the programs that the submission asks for."""

    review: Review
    criteria: list[Criterion]
    scores: dict[int, Kept]
    asked: list[str]


def scores_by(path: str) -> ArraySubquery:
    """The scores of the outer row's review, for `kept_of`; `path`: from a score to the outer row."""
    rows = Score.objects.filter(**{path: OuterRef("pk")}).order_by("pk")
    return ArraySubquery(
        rows.values(told=JSONObject(on="criterion_id", value="value", page="page"))
    )


def kept_of(rows: list[dict[str, Any]]) -> dict[int, Kept]:
    """Criterion's id → what is saved."""
    return {row["on"]: Kept(row["value"], row["page"]) for row in rows}


def asked_by(path: str) -> Subquery:
    """The codes of the programs that the last submission of the outer row's application asks for."""
    rows = Submission.objects.filter(application=OuterRef(path)).order_by("-version")
    return Subquery(rows.values("content__programs")[:1])


def whole_of(assignment: Assignment, application: Application) -> Whole:
    """Read in one query; the rubric in another, unless the cycle holds it already."""
    found = (
        Review.objects.filter(assignment=assignment)
        .annotate(told=scores_by("review"), asked=asked_by("assignment__application"))
        .first()
    )
    review: Any = found or Review()
    return Whole(
        review=review,
        criteria=list(application.cycle.criteria.all()),
        scores=kept_of(review.told) if found else {},
        asked=(review.asked or []) if found else [],
    )


def lacks_of(whole: Whole) -> list[str]:
    """What a review still needs before it can be handed in, in the order of the page."""
    unscored = [criterion for criterion in whole.criteria if criterion.pk not in whole.scores]
    reasons = [
        _("Not scored yet: %(criterion)s.") % {"criterion": criterion.name}
        for criterion in unscored
    ]
    if not unscored and all(whole.scores[row.pk].value is None for row in whole.criteria):
        reasons.append(_("Score at least one criterion."))
    return [*reasons, *_lacks_advice(whole)]


def _lacks_advice(whole: Whole) -> list[str]:
    """The sentences about advice: one for each program where several are asked for."""
    if len(whole.asked) < 2:
        return [] if whole.review.recommendation else [_("Your advice is missing.")]
    if not (codes := lacking(whole.review.advice, whole.asked)):
        return []
    names = [program.short for program in Program.objects.filter(code__in=codes)]
    return [_("Your advice is missing: %(program)s.") % {"program": name} for name in names]
