"""Many files and many marks at once, for the ranked list: written as rows, without the verbs' trail."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from applications.models import Application, Choice
from cycles.models import Cycle
from reviews import standings
from reviews.models import Assignment, Review
from tests import factories
from tests.reviews import factories as judging


def asking(cycle: Cycle, number: int, *, first: int = 0) -> list[Application]:
    """Bare files that ask for the M.Sc."""
    files = judging.filed(number, cycle, first=first)
    msc = factories.program()
    Choice.objects.bulk_create(Choice(application=file, program=msc, rank=1) for file in files)
    return files


def marked(files: list[Application], reader: User, marks: list[float], *, by: User) -> None:
    """The reader handed in one mark a file."""
    rows = Assignment.objects.bulk_create(
        Assignment(
            application=file,
            reviewer=reader,
            assigned_by=by,
            due_on=date(2027, 3, 1),
            status=Assignment.Status.HANDED_IN,
        )
        for file in files
    )
    Review.objects.bulk_create(
        Review(
            assignment=row,
            mark=Decimal(str(mark)),
            recommendation="accept",
            handed_in_at=timezone.now(),
        )
        for row, mark in zip(rows, marks, strict=True)
    )
    standings.refresh(files)
