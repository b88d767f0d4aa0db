"""What a cycle is made of, without anybody in it: written to a file from one database, read from it into another.

Programs, dates, pieces, questions, declarations, rubric, calibration texts, margins, rules of the waitlist, what is told of
permits, rounds of scholarships, own words of letters. Never an account, an application, or anything that hangs on one.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction

from accounts.demo import settle_all
from audit.models import subject_of
from cycles.models import Course, Cycle
from notifications.letter_text import LetterText

# By the way from each to its cycle; a row comes after those that it points at.
PARTS = (
    ("cycles.Course", ""),  # all of them: they are the same for every cycle
    ("cycles.Program", "intakes__cycle"),
    ("cycles.Cycle", "pk"),
    ("cycles.Intake", "cycle"),
    ("cycles.Piece", "cycle"),
    ("cycles.Declaration", "cycle"),
    ("cycles.Question", "cycle"),
    ("cycles.QuestionVersion", "question__cycle"),
    ("reviews.Criterion", "cycle"),
    ("committee.Anchor", "cycle"),
    ("answers.Margin", "cycle"),
    ("followup.CallRules", "cycle"),
    ("permits.PermitTerms", "cycle"),
    ("permits.PermitGuide", "cycle"),
    ("scholarships.Round", "cycle"),
    ("scholarships.Measure", "round__cycle"),
)


def parts_of(cycle: Cycle) -> Iterator[models.Model]:
    """Every row of a cycle's settings."""
    for name, way in PARTS:
        rows = apps.get_model(name)._default_manager.filter(**({way: cycle.pk} if way else {}))
        yield from rows.distinct().order_by("pk")
    yield from LetterText.objects.filter(scope=subject_of(cycle)).order_by("pk")


def without_people(row: models.Model) -> models.Model:
    """The same row, by nobody: who wrote it stays behind."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.related_model is get_user_model():
            setattr(row, field.attname, None)
    return row


def write(cycle: Cycle, file: Path) -> None:
    """Its settings as a file; reads only."""
    rows = [without_people(row) for row in parts_of(cycle)]
    file.write_text(serializers.serialize("json", rows), encoding="utf-8")


@transaction.atomic
def read(name: str) -> str:
    """The staff of the demonstration and the cycle of a file, published, in an empty database; the cycle's code."""
    writer = settle_all()[-1]
    Course.objects.all().delete()  # those that a new database is born with
    every = list(serializers.deserialize("json", Path(name).read_text(encoding="utf-8")))
    for row in every:
        for field in row.object._meta.concrete_fields:
            missing = getattr(row.object, field.attname) is None and not field.null
            if missing and field.is_relation:
                setattr(row.object, field.attname, writer.pk)
        row.save()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(
            no_style(), list({type(row.object) for row in every})
        ):
            cursor.execute(sql)
    cycle = Cycle.objects.get()
    Cycle.objects.filter(pk=cycle.pk).update(is_published=True)
    return cycle.code


def counted(file: Path) -> dict[str, int]:
    """How many rows of each kind a file has."""
    found: dict[str, int] = {}
    for row in json.loads(file.read_text(encoding="utf-8")):
        found[row["model"]] = found.get(row["model"], 0) + 1
    return found
