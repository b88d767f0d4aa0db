"""What is to be bound is found in the database, at a cost that does not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from cycles.models import Cycle
from dossiers import binding, noticing, scanning, tasks
from dossiers.models import Edition
from papers import checking
from papers.models import CheckedFile
from tests import factories
from tests.conftest import Settle
from tests.desk.factories import accepted
from tests.dossiers import factories as dossiers
from tests.reviews import factories as judging


def waiting() -> set[tuple[int, bool]]:
    """The editions that are to be bound, by file and blindness."""
    rows = Edition.objects.filter(state="waiting")
    return set(rows.values_list("submission__application_id", "is_blind"))


def test_nothing_is_bound_before_the_close(cycle: Cycle, amina: User) -> None:
    factories.submitted(amina, cycle)
    assert noticing.notice() == 0
    dossiers.close(cycle)
    assert noticing.notice() == 1
    assert noticing.notice() == 0


def test_a_file_that_somebody_reads_is_bound_at_once(
    amina: User, bruno: User, david: User, claire: User
) -> None:
    cycle = judging.cycle()
    read, _unread = (factories.submitted(who, cycle) for who in (amina, bruno))
    judging.assigned(read, david, by=claire)
    assert noticing.notice() == 1
    assert waiting() == {(read.pk, False)}


def test_a_late_pass_is_waited_for(application: Application, cycle: Cycle) -> None:
    Application.objects.update(late_until=timezone.now() + timedelta(hours=1))
    assert noticing.notice() == 0
    Application.objects.update(late_until=timezone.now() - timedelta(hours=1))
    assert noticing.notice() == 1


def test_neither_the_withdrawn_nor_an_old_cycle(application: Application, amina: User) -> None:
    lifecycle.withdraw(application, by=amina)
    assert noticing.notice() == 0
    Application.objects.update(status="submitted")
    Application.objects.update(cycle=factories.cycle(code="A20", opens=-500, closes=-400))
    assert noticing.notice() == 0


def test_what_changes_is_noticed_on_the_trail_alone(
    application: Application, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers.bind()
    monkeypatch.setattr(noticing, "following", list)
    assert noticing.notice() == 0
    factories.letter_from(factories.referee(application))
    assert noticing.notice() == 1
    dossiers.bind()
    accepted(application, by=claire)
    assert noticing.notice() == 1


def test_a_check_that_ends_is_noticed_without_the_trail(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.bind_dossiers()
    assert not Edition.objects.get().is_whole
    factories.check()
    monkeypatch.setattr(noticing, "following", list)
    monkeypatch.setattr(noticing, "lately", set)
    assert noticing.notice() == 1
    tasks.bind_dossiers()
    assert Edition.objects.get().is_whole


def test_what_the_trail_does_not_tell_is_found_when_the_slices_have_gone_around(
    cycle: Cycle, person: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [factories.submitted(person(f"one{index}"), cycle) for index in range(3)]
    dossiers.close(cycle)
    monkeypatch.setattr(noticing, "lately", set)
    monkeypatch.setattr(noticing, "SLICE", 2)
    assert [noticing.notice() for _run in range(3)] == [2, 1, 0]
    assert waiting() == {(file.pk, False) for file in files}


def test_a_blind_cycle_has_two_editions_of_each_file(
    application: Application, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cycle.objects.update(is_blind=True)
    assert noticing.notice() == 1, "without names only once it was searched for them"
    checking.check_due()
    scanning.scan_due()
    assert noticing.notice() == 1
    assert waiting() == {(application.pk, False), (application.pk, True)}
    dossiers.bind()
    assert waiting() == set()
    marks = {application.submissions.get().pk: "something is hidden now"}
    monkeypatch.setattr(noticing, "marks_of", lambda _submissions: marks)
    assert noticing.notice() == 1
    assert waiting() == {(application.pk, True)}


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_asks_as_much_for_one_file_as_for_three(
    cycle: Cycle, person: Settle, count: int, django_assert_num_queries: Any
) -> None:
    for index in range(count):
        row = factories.submitted(person(f"one{index}"), cycle)
        factories.letter_from(factories.referee(row))
    dossiers.close(cycle)
    # The end of the trail, and the two kinds of rows that it speaks of; what is unsettled; the slice (2, and 3 to keep
    # where it ended); which files need one; the five of their parts; the writing.
    with django_assert_num_queries(19):
        assert noticing.notice() == count
    dossiers.bind()
    assert CheckedFile.objects.count() >= 1
    with django_assert_num_queries(18):
        assert noticing.notice() == 0


def test_two_workers_never_take_the_same(cycle: Cycle, person: Settle) -> None:
    for index in range(2):
        factories.submitted(person(f"one{index}"), cycle)
    dossiers.close(cycle)
    noticing.notice()
    one, two = binding.take(), binding.take()
    assert one
    assert two
    assert one != two
    assert binding.take() is None
    assert one.tries == 1
    assert one.due_at > timezone.now()
