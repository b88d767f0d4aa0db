"""The discussion of a file as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from applications.models import Application
from committee.models import Remark
from reviews.models import Assignment, Review
from reviews.permissions import works_on_files


@dataclass(frozen=True)
class Said:
    """One remark, and what who looks may do with it."""

    remark: Remark
    is_mine: bool
    may_change: bool


def thread_of(application: Application, *, reader: Any) -> list[Said]:
    """The remarks of a file, oldest first; one query."""
    now = timezone.now()
    return [
        Said(row, mine := row.author_id == reader.pk, mine and row.may_change(now))
        for row in application.remarks.select_related("author")
    ]


def reviews_of(application: Application) -> list[Review]:
    """What was handed in about a file, without anybody's notes to themselves."""
    rows = Review.objects.filter(
        assignment__application=application, assignment__status=Assignment.Status.HANDED_IN
    )
    return list(
        rows.defer("private_notes")
        .select_related("assignment__reviewer", "recommended_program")
        .prefetch_related("scores__criterion")
        .order_by("handed_in_at", "pk")
    )


def name_for(application: Application, reader: Any) -> str:
    """The person's name; in a blind cycle its readers have the number alone."""
    if application.cycle.is_blind and not works_on_files(reader):
        return application.number
    return application.name or application.number
