"""Rows of a cycle's configuration, for the tests of this folder."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.models import Cycle, Question
from reviews.models import Criterion
from tests import factories


def question(cycle: Cycle, code: str = "been", **fields: Any) -> Question:
    """A yes-or-no question, unless said otherwise."""
    values = {"kind": "yes_no", "label_fr": f"{code} ?", "label_en": f"{code}?"}
    return Question.objects.create(cycle=cycle, code=code, **{**values, **fields})


def criterion(cycle: Cycle, **fields: Any) -> Criterion:
    """A line of the rubric."""
    values: dict[str, Any] = {"name_fr": "Études", "name_en": "Studies", "weight": 3}
    return Criterion.objects.create(cycle=cycle, **{**values, **fields})


def coming(**fields: Any) -> Cycle:
    """A cycle that lacks nothing, and that nobody has seen yet."""
    now = timezone.now()
    values = {"code": "A28", "opens_at": now + timedelta(days=10), "is_published": False}
    row = factories.cycle(closes=50, **{**values, **fields})
    criterion(row)
    return row
