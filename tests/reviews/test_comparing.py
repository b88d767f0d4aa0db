"""Comparing what changed with the staff: due, proposed once, withdrawn when its ground is gone."""

from typing import Any

import pytest

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.models import Cycle
from reviews import comparing, conflicts
from reviews.models import Conflict, Ties
from reviews.tasks import detect_conflicts
from tests import factories
from tests.reviews import factories as judging


@pytest.fixture
def tied(application: Application, david: User) -> Ties:
    """David comes from where Amina studied."""
    return Ties.objects.create(person=david, institutions="Universite de la Teranga")


def found() -> list[tuple[str, str]]:
    return list(Conflict.objects.order_by("pk").values_list("origin", "status"))


def test_it_proposes_once(tied: Ties, cycle: Cycle, django_assert_num_queries: Any) -> None:
    detect_conflicts()
    assert found() == [("degree", "proposed")]
    row = Conflict.objects.get()
    assert (row.where, row.evidence) == ("degree", "Université de la Teranga")
    assert row.known == "Universite de la Teranga"
    with django_assert_num_queries(7):
        detect_conflicts()
    comparing.detect(cycle)
    assert found() == [("degree", "proposed")]


def test_it_looks_again_when_something_changed(tied: Ties, cycle: Cycle, bruno: User) -> None:
    assert comparing.detect_due() == 1
    assert comparing.detect_due() == 0
    factories.submitted(bruno, cycle)
    assert comparing.detect_due() == 1
    tied.person.full_name = "David Ndiaye"
    tied.person.save()
    assert comparing.detect_due() == 1
    assert comparing.detect_due() == 0


def test_a_proposal_whose_ground_vanished_goes(tied: Ties, cycle: Cycle) -> None:
    comparing.detect(cycle)
    tied.institutions = ""
    tied.save()
    comparing.detect(cycle)
    assert found() == []


def test_what_was_judged_stays(tied: Ties, cycle: Cycle, claire: User) -> None:
    comparing.detect(cycle)
    conflicts.dismiss(Conflict.objects.get(), by=claire, why="Long ago")
    comparing.detect(cycle)
    assert found() == [("degree", "dismissed")]
    tied.institutions = ""
    tied.save()
    comparing.detect(cycle)
    assert found() == [("degree", "dismissed")]


def test_a_pair_kept_apart_is_not_proposed_again(
    tied: Ties, application: Application, cycle: Cycle, claire: User
) -> None:
    conflicts.state(application, tied.person, words="x", by=claire)
    comparing.detect(cycle)
    assert found() == [("stated", "confirmed")]


def test_the_evidence_follows(tied: Ties, cycle: Cycle) -> None:
    comparing.detect(cycle)
    tied.institutions = "Teranga\nUniversité de la Teranga (Dakar)"
    tied.save()
    comparing.detect(cycle)
    assert Conflict.objects.get().known == "Teranga"


def test_a_withdrawn_file_is_compared_no_more(
    tied: Ties, application: Application, cycle: Cycle
) -> None:
    comparing.detect(cycle)
    lifecycle.withdraw(application, by=application.applicant)
    comparing.detect(cycle)
    assert found() == []


def test_referees_named_since_count(application: Application, cycle: Cycle, david: User) -> None:
    factories.referee(application, name="David Chen", email="d@chen.example")
    comparing.detect(cycle)
    assert found() == [("referee", "proposed")]


def test_three_files_cost_as_many_queries_as_one(
    tied: Ties, cycle: Cycle, person: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(13):
        assert comparing.detect(cycle) == 1
    for name in ("one", "two"):
        factories.submitted(person(name), cycle)
    Conflict.objects.all().delete()
    with django_assert_num_queries(13):
        assert comparing.detect(cycle) == 3


def test_old_cycles_rest(db: None) -> None:
    judging.cycle(opens=-400, closes=-300)
    assert comparing.detect_due() == 0
