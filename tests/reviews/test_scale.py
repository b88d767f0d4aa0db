"""The queue, the ranked list and the search cost the same at 100, at 10,000 and at 100,000 files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from cycles.models import Cycle
from reviews import board, queue, ranking
from tests import factories
from tests.reviews.crowd import grow

pytestmark = pytest.mark.django_db
SIZES = (100, 10_000, 100_000)
BIG = (
    "reviews_assignment",
    "applications_application",
    "applications_submission",
    "reviews_standing",
)
# Of more than 5,000 files the board counts only twice a minute.
COSTS = {"queue": 12, "ranking": 12, "search": 10}
COUNTING = 1


def cost(client: Client, address: str) -> int:
    """How many queries a page takes, once it has been asked before."""
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def whole_reads(rows: "QuerySet[Any]") -> set[str]:
    """The big tables that PostgreSQL would read from end to end for these rows."""
    plan = rows.explain()
    return {table for table in BIG if f"Seq Scan on {table}" in plan}


def test_pages_cost_the_same_at_any_size(
    cycle: Cycle, person: Callable[..., User], claire: User, david: User
) -> None:
    readers = [david, *(person(f"reader{index}", Role.REVIEWER) for index in range(19))]
    program = factories.program()
    office, reader = Client(), Client()
    office.force_login(claire)
    reader.force_login(david)
    costs, before = {}, 0
    for size in SIZES:
        grow(cycle, program, first=before + 1, last=size, readers=readers, by=claire)
        before = size
        costs[size] = {
            "queue": cost(reader, "/queue/"),
            "ranking": cost(office, f"/decisions/?program={program.code}"),
            "search": cost(office, "/files/?q=prenom"),
        }
    small = {**COSTS, "search": COSTS["search"] + COUNTING}
    assert costs == {100: small, 10_000: COSTS, 100_000: COSTS}
    pages = {
        "queue": queue.files_of(david, cycle)[:51],
        "ranking": ranking.ranked(ranking.Listing(cycle, program, claire))[:51],
        "a name": board.files(cycle, claire, words="4f1c")[:51],
        "the files": board.files(cycle, claire)[:51],
    }
    read_whole = {name: tables for name, rows in pages.items() if (tables := whole_reads(rows))}
    assert read_whole == {}
