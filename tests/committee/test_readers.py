"""What readers take: kept, counted against what is needed, and said by coordinators alone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from committee.models import Plan, Readership
from committee.models.readership import USUAL_CAPACITY
from committee.permissions import plans
from committee.readers import Typed, balance, lines, set_readerships
from cycles.models import Cycle
from reviews import decisions
from tests import factories
from tests.committee import factories as committee
from tests.reviews import factories as judging


def typed(reader: User, **fields: object) -> Typed:
    usual = {"capacity": 4, "programs": frozenset(), "away": False}
    languages = {"reads_french": True, "reads_english": True}
    return Typed(**{"reader": reader.pk, **usual, **languages, **fields})  # type: ignore[arg-type]


def test_only_coordinators_say_it(
    cycle: Cycle, readers: list[User], claire: User, dominique: User, amina: User
) -> None:
    for by in (readers[0], dominique, amina):
        with pytest.raises(Refused) as refused:
            set_readerships(cycle, [typed(readers[0])], by=by)
        assert refused.value.forbidden
        assert not plans(by, None)
        assert not Plan.objects.visible_to(by).exists()
    assert plans(claire, None)


def test_by_name_with_what_is_usual(
    cycle: Cycle, readers: list[User], six: list[Application], claire: User
) -> None:
    judging.assigned(six[0], readers[0], by=claire)
    committee.takes(cycle, readers[3], by=claire, capacity=3)
    rows = lines(cycle)
    assert [str(row.reader).split()[0] for row in rows] == ["Ana", "David", "Émile", "Zoé"]
    assert [row.load for row in rows] == [0, 1, 0, 0]
    assert [row.readership.takes for row in rows] == [3, *[USUAL_CAPACITY] * 3]


def test_what_is_needed_against_what_can_be_taken(
    cycle: Cycle, readers: list[User], six: list[Application], claire: User
) -> None:
    """Two readings a file; one has one, one has three by hand, one is decided; one reader is beyond."""
    judging.assigned(six[0], readers[0], by=claire)
    for reader in readers[:3]:
        judging.assigned(six[1], reader, by=claire)
    decisions.propose(six[2], "decline", by=claire)
    set_readerships(cycle, [typed(readers[0], capacity=1), typed(readers[1], away=True)], by=claire)
    sums = balance(cycle, lines(cycle))
    assert (sums.given, sums.missing, sums.needed) == (4, 1 + 0 + 3 * 2, 11)
    assert (sums.readers, sums.capacity) == (3, 2 + 1 + 15 + 15)
    assert sums.is_enough


def test_only_changes_are_written_and_recorded(
    cycle: Cycle, readers: list[User], claire: User, gilles: User
) -> None:
    msc = factories.program().pk
    rows = [typed(readers[0]), typed(readers[1], programs=frozenset({msc})), typed(gilles)]
    assert set_readerships(cycle, rows, by=claire) == 2
    assert set_readerships(cycle, rows, by=claire) == 0
    assert set_readerships(cycle, [typed(readers[1])], by=claire) == 1
    kept = Readership.objects.get(reader=readers[1])
    assert list(kept.programs.all()) == []
    assert str(kept) == f"{readers[1].pk}, {cycle.pk}"
    told = AuditEntry.objects.about(kept).values_list("details__programs", flat=True)
    assert list(told) == [[msc], []]


def test_saving_costs_the_same_for_one_and_for_all(
    cycle: Cycle, readers: list[User], claire: User
) -> None:
    costs = []
    for some in (readers[:1], readers):
        rows = [typed(reader, capacity=len(some)) for reader in some]
        with CaptureQueriesContext(connection) as looked:
            set_readerships(cycle, rows, by=claire)
        costs.append(len(looked))
    assert costs == [9, 9]


def test_the_database_judges_last(cycle: Cycle, readers: list[User], claire: User) -> None:
    plan = committee.asked(cycle, by=claire)
    wrong: list[dict[str, object]] = [
        {"kind": "another"},
        {"status": "ready"},
        {"status": "lost"},
        {"most": 3},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError):
            _try(plan, **fields)
    assert str(plan) == f"{cycle.pk}, The readings that are missing"


def _try(plan: Plan, **fields: object) -> None:
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**fields)
