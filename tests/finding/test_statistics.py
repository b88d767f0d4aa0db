"""Figures over the years: what each stage counts, what is told when, and never a small number; the same in the export."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Choice, Degree, Submission
from cycles.models import Cycle
from finding.lists.figures import STATISTICS
from finding.small import OTHERS
from finding.statistics import Year, years
from tests import factories
from tests.reviews import factories as judging
from tests.scholarships.answering import selected

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Nothing of the test before."""
    caches["pages"].clear()


def crowd(
    cycle: Cycle, number: int, country: str, *, first: int = 0, **fields: Any
) -> list[Application]:
    """Submitted files whose last studies were in a country."""
    files = judging.filed(number, cycle, first=first)
    msc, now = factories.program(), timezone.now()
    Choice.objects.bulk_create(Choice(application=row, program=msc, rank=1) for row in files)
    Degree.objects.bulk_create(
        Degree(application=row, country=country, end_year=2020) for row in files
    )
    Application.objects.filter(pk__in=[row.pk for row in files]).update(
        **{"country": "CA", **fields}
    )
    Submission.objects.bulk_create(
        Submission(
            application=row,
            version=1,
            revision=1,
            receipt=f"R-{row.number}",
            at=now,
            content={},
            sha256="",
            notice_version="1",
        )
        for row in files
    )
    return files


def one() -> Year:
    """The only cycle."""
    (year,) = years()
    return year


def test_a_cycle_is_told_by_region_once_it_is_released_and_small_groups_together(
    claire: User, dominique: User
) -> None:
    cycle = judging.cycle()
    chosen: list[Application] = []
    for at, (country, number, offers) in enumerate(
        [("CA", 40, 12), ("SN", 20, 7), ("FR", 9, 3), ("MX", 2, 1), ("AU", 1, 0)]
    ):
        chosen += crowd(cycle, number, country, first=at * 100, canada_status="none")[:offers]
    before = one()
    assert (before.totals["started"], before.totals["submitted"]) == (72, 72)
    assert before.totals["offered"] is None
    assert [table.dimension for table in before.tables] == ["program"]
    selected(chosen, claire=claire, dominique=dominique)
    caches["pages"].clear()
    year = one()
    assert (year.totals["offered"], year.totals["registered"]) == (23, 0)
    tables = {table.dimension: table for table in year.tables}
    region = tables["region"]
    assert region.stages == ["submitted", "offered"], "registrations wait for the closing"
    # Twelve people of three regions would be four with an offer: the next region hides them.
    assert region.view.rows == {"canada": [40, 12], OTHERS: [32, 11]}
    for table in year.tables:
        for _label, counts in table.lines:
            assert all(count is None or count == 0 or count >= 5 for count in counts)
    # One group alone is not told apart from everyone.
    assert tables["language"].lines == []


def test_the_page_and_the_export_say_the_same_and_take_few_queries(
    client: Client, claire: User, amina: User
) -> None:
    cycle = judging.cycle()
    crowd(cycle, 6, "CA", first=0)
    client.force_login(claire)
    page = client.get(reverse("statistics"))
    assert page.status_code == 200
    assert "6" in page.content.decode()
    lines = [line for _file, line in STATISTICS.rows(claire, {}).lines]
    assert ("Automne 2027", "", "Tout le monde", "Demandes soumises", 6) in lines
    assert not any(stage == "Offres faites" for *_rest, stage, _n in lines)
    costs = []
    for number in (0, 2):
        for index in range(number):
            crowd(judging.cycle(code=f"A3{index}"), 5, "CA", first=0)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as taken:
            client.get(reverse("statistics"))
        costs.append(len(taken))
    assert costs == [9, 9]
    client.force_login(amina)
    assert client.get(reverse("statistics")).status_code == 403
