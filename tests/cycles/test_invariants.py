"""What `check_invariants` says of a year's configuration."""

import pytest

from accounts.models import User
from cycles import wordings
from cycles.invariants import conditions_look_back, wordings_are_numbered
from cycles.models import Question
from tests import factories
from tests.cycles.factories import question

pytestmark = pytest.mark.django_db


def test_a_condition_that_cannot_be_met_is_told() -> None:
    cycle = factories.cycle()
    first = question(cycle, "first", position=1)
    second = question(cycle, "second", position=2, shown_if=first, shown_when="yes")
    assert conditions_look_back() == []
    Question.objects.filter(pk=first.pk).update(position=3)
    (sentence,) = conditions_look_back()
    assert sentence.startswith(f"cycles.question:{second.pk}: ")
    Question.objects.filter(pk=second.pk).update(is_retired=True)
    assert conditions_look_back() == []


def test_a_wording_that_was_lost_is_told(adam: User) -> None:
    row = question(factories.cycle())
    for words in ("Un ?", "Deux ?"):
        row = wordings.revise(row, by=adam, label_fr=words)
    assert wordings_are_numbered() == []
    row.versions.filter(version=1).delete()
    assert wordings_are_numbered() == [f"cycles.question:{row.pk}: an earlier wording is missing."]
