"""Every list of the office takes at most twelve queries, however many lines it has; the search too."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from applications.sought import sealed
from finding import keeping
from finding.lists import LISTS
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
MOST = 12
# Bare, and with words that are looked for where a list can be searched.
COSTS: dict[str, tuple[int, int | None]] = {
    "board": (11, 11),
    "completeness_board": (12, 12),
    "decisions": (12, None),
    "followup_board": (11, 12),
    "letters": (10, 12),
    "statistics": (9, None),
}


def test_every_list_takes_the_same_few_queries(
    person: Settle, claire: User, dominique: User, david: User
) -> None:
    cycle = judging.cycle()
    browser = Client()
    browser.force_login(claire)
    keeping.keep(LISTS["board"], "Kept", {"state": "draft"}, by=claire)
    word = "A27"
    told: list[dict[str, Any]] = []
    for count in (1, 3):
        for index in range(count):
            file = factories.submitted(person(f"p{count}{index}"), cycle)
            judging.reviewed(file, david, 4, 3, 5, by=claire)
        costs: dict[str, Any] = {}
        for key, listed in LISTS.items():
            asked = [{}, {"q": sealed(word)}] if "q" in listed.filters else [{}]
            taken = []
            for words in asked:
                browser.get(reverse(key), words)
                caches["pages"].clear()
                with CaptureQueriesContext(connection) as queries:
                    assert browser.get(reverse(key), words).status_code == 200
                taken.append(len(queries))
            costs[key] = (taken[0], taken[1] if len(taken) > 1 else None)
        told.append(costs)
    assert told == [COSTS, COSTS]
    assert all((cost or 0) <= MOST for costs in COSTS.values() for cost in costs)
