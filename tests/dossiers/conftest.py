"""The scene of most tests of dossiers: a cycle that has closed, and Amina's file in it."""

import pytest
from django.core.cache import cache, caches

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from tests import factories
from tests.dossiers import factories as dossiers


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> None:
    """No cover and no place in the files of another test."""
    caches["pages"].clear()
    cache.clear()


@pytest.fixture
def cycle() -> Cycle:
    """One that still takes files."""
    return factories.cycle()


@pytest.fixture
def application(cycle: Cycle, amina: User) -> Application:
    """Amina's, submitted before the close: a CV of two pages and a transcript of one."""
    row = factories.draft(amina, cycle)
    dossiers.attach(row, "cv", dossiers.document(2, "cv"), 2)
    factories.submit(row)
    row.refresh_from_db()
    dossiers.close(cycle)
    return row
