"""What a page, comparing, applying and undoing cost in queries: the same at 50 people and at 5,000."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cycles.models import Cycle
from followup.models import UdemFile
from reconciliation import applying, comparing, exporting, receiving, undoing, words
from reconciliation.models import UdemList
from tests.reconciliation.factories import WORDS, Somebody, received, row, settled, table

pytestmark = pytest.mark.django_db
PAGES = (
    ("udem_lists", "", 7),
    ("udem_list", "", 6),
    ("udem_list_lines", "show=doubtful", 10),
    ("udem_list_changes", "show=all", 7),
)
ACTS = {"compare": 26, "apply": 22, "undo": 22, "export": 4}


def people(count: int) -> list[Somebody]:
    return [
        Somebody(
            f"Nom{index}",
            f"Prenom{index}",
            f"{20400000 + 7 * index}",
            date(1970, 1, 1) + timedelta(days=index),
            filed=True,
        )
        for index in range(count)
    ]


def lines(crowd: list[Somebody]) -> str:
    """Four of five are certain, with a new step; the fifth has another birth date."""
    said = [{"Statut": "Admis"}, {"Statut": "Admis"}, {"Statut": "Refusé"}, {}]
    rows = [
        row(one, **{"Date de naissance": "2001-09-09"})
        if index % 5 == 4
        else row(one, **said[index % 4], **{"Date du statut": "2027-02-20"})
        for index, one in enumerate(crowd)
    ]
    return table(rows)


def counted(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def compare(udem_list: UdemList, by: User) -> None:
    content = receiving.table_of(receiving.bytes_of(udem_list))
    comparing.compare(udem_list, receiving.guessed(content), "dmy", by=by)


@pytest.mark.parametrize("count", [50, 5_000])
def test_costs(cycle: Cycle, claire: User, count: int) -> None:
    crowd = people(count)
    settled(crowd, cycle, by=claire)
    words.learn(WORDS, by=claire)
    udem_list = received(cycle, lines(crowd), by=claire)
    # What autovacuum does in a minute: without it PostgreSQL plans for the empty tables of before.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = {"compare": counted(lambda: compare(udem_list, claire))}
    assert udem_list.lines.filter(verdict="doubtful").count() == count // 5
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = {}
    client = Client()
    client.force_login(claire)
    for name, query, _cost in PAGES:
        address = reverse(name, args=[udem_list.pk] if name != "udem_lists" else [])
        client.get(f"{address}?{query}")
        pages[name] = counted(lambda at=f"{address}?{query}": client.get(at))  # type: ignore[misc]
    udem_list.refresh_from_db()
    held = UdemList.objects.get(pk=udem_list.pk)
    told["apply"] = counted(lambda: applying.write(held, by=claire, at=held.received_at))
    assert UdemFile.objects.filter(status__in=("admitted", "refused")).count() >= count // 2
    told["undo"] = counted(lambda: undoing.undo(udem_list, why="Wrong.", by=claire))
    assert not UdemFile.objects.exclude(status="filed").exists()
    told["export"] = counted(lambda: exporting.export(cycle, "csv", by=claire))
    assert pages == {name: cost for name, _query, cost in PAGES}
    assert told == ACTS
