"""Two to four files side by side: what was submitted, and what their readers gave them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from applications.content import Content
from applications.models import Application, Choice, Submission
from applications.models.referee import Referee, RefereeStatus
from applications.opening import opened_all
from cycles.models import Program
from reviews.dossier import Dossier, by_code, dossier
from reviews.drawing import Bar, Mark, bar
from reviews.models import Assignment, Criterion, Decision, Estimate, Review, Standing
from reviews.models.assignment import conflicting
from reviews.models.review import HIGHEST

LEAST, MOST = 2, 4


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of one file: the readers' values, and how long the bar of their mean is, of 100."""

    criterion: Criterion
    values: list[tuple[User, int | None]]
    length: str
    mean: Decimal | None


@dataclass(frozen=True)
class Side:
    """One column. `others` are the numbers that stay when it is removed."""

    application: Application
    dossier: Dossier | None
    standing: Standing | None
    decision: Decision | None
    bar: Bar | None
    criteria: list[CriterionLine]
    reviews: list[Review]
    letters: int
    referees: int
    chances: list[tuple[Program, float]]
    others: list[str]

    @property
    def told(self) -> Content | None:
        """The frozen content in words; None for a file without a submission."""
        return self.dossier.told if self.dossier else None

    @property
    def programs(self) -> list[Program]:
        """What the file asks for, the first choice first."""
        return self.dossier.programs if self.dossier else []


def compared(numbers: list[str], *, user: User) -> list[Application]:
    """The files of these numbers in this order; fewer when one cannot be seen, is not submitted, or hidden by a conflict."""
    decisions = Decision.objects.filter(is_current=True).select_related("program")
    rows = (
        Application.objects.visible_to(user)
        .filed()
        .exclude(pk__in=conflicting(user))
        .filter(number__in=numbers)
        .select_related("cycle__estimate", "standing")
        .prefetch_related(
            Prefetch("referees", Referee.objects.counted()),
            Prefetch("decisions", decisions, to_attr="current_decisions"),
            Prefetch("choices", Choice.objects.select_related("program")),
            "cycle__criteria",
        )
    )
    found = {row.number: row for row in rows}
    return [found[number] for number in numbers if number in found]


def sides(applications: list[Application], *, by: User) -> list[Side]:
    """The columns, in a number of queries that does not depend on how many they are; each opening is recorded."""
    pks = [row.pk for row in applications]
    submissions = {
        row.application_id: row
        for row in Submission.objects.filter(application__in=pks)
        .order_by("application_id", "-version")
        .distinct("application_id")
    }
    opened_all(submissions.values(), by=by)
    reviews = _reviews(pks)
    programs = by_code()
    numbers = [row.number for row in applications]
    return [
        _side(row, submissions.get(row.pk), reviews[row.pk], programs, numbers)
        for row in applications
    ]


def _reviews(pks: Iterable[int]) -> dict[int, list[Review]]:
    """What was handed in, by file, without notes that their readers keep for themselves."""
    rows = (
        Review.objects.filter(
            assignment__application__in=list(pks),
            assignment__status=Assignment.Status.HANDED_IN,
        )
        .defer("private_notes")
        .select_related("assignment__reviewer", "recommended_program")
        .prefetch_related("scores")
        .order_by("handed_in_at", "pk")
    )
    by_file: dict[int, list[Review]] = defaultdict(list)
    for row in rows:
        by_file[row.assignment.application_id].append(row)
    return by_file


def _side(
    row: Application,
    submission: Submission | None,
    reviews: list[Review],
    programs: dict[str, Program],
    numbers: list[str],
) -> Side:
    standing: Standing | None = getattr(row, "standing", None)
    current: list[Any] = row.current_decisions  # type: ignore[attr-defined]
    referees = list(row.referees.all())
    marks = [Mark(one.assignment.reviewer_id, one.mark or Decimal(0)) for one in reviews]
    estimate: Estimate | None = getattr(row.cycle, "estimate", None)
    # As on the ranked list: worked out from so little, it would be taken for more than it is.
    told = (
        {choice.program: standing.chance(choice.program.code) for choice in row.choices.all()}
        if standing and estimate and not estimate.is_thin
        else {}
    )
    return Side(
        application=row,
        dossier=dossier(submission.content, blind=False, programs=programs) if submission else None,
        standing=standing,
        decision=current[0] if current else None,
        bar=bar(standing, marks),
        criteria=[_criterion(one, reviews) for one in row.cycle.criteria.all()],
        reviews=reviews,
        letters=sum(one.status == RefereeStatus.RECEIVED for one in referees),
        referees=len(referees),
        chances=[(program, share / 10) for program, share in told.items() if share is not None],
        others=[number for number in numbers if number != row.number],
    )


def _criterion(criterion: Criterion, reviews: list[Review]) -> CriterionLine:
    values = [
        (review.assignment.reviewer, score.value)
        for review in reviews
        for score in review.scores.all()
        if score.criterion_id == criterion.pk
    ]
    given = [value for _reader, value in values if value is not None]
    mean = Decimal(sum(given)) / len(given) if given else None
    length = "0" if mean is None else f"{100 * mean / HIGHEST:.1f}"
    return CriterionLine(criterion, values, length, mean)
