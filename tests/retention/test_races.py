"""A hold and an execution at the same moment, on real connections: the hold comes before, or finds nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from applications.models import Application
from config.processes import wait_for
from retention import executing, holding
from retention.models import Item, Kind
from tests import factories
from tests.followup.factories import World
from tests.retention.factories import approved

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
WHY = "Une plainte est à l’étude."


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def executed(at: datetime) -> int:
    """Execute on a connection of its own."""
    try:
        return executing.execute_approved(at=at)
    finally:
        connection.close()


def test_a_hold_that_is_being_set_is_waited_for(person: Any, amina: User) -> None:
    world = World(person)
    draft = factories.draft(amina, world.cycle)
    at = draft.cycle.closes_at + timedelta(days=91)
    approved(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            holding.hold(draft, why=WHY, by=world.claire)
            running = pool.submit(executed, at)
            assert wait_for(somebody_waits, 20)
        assert running.result(30) == 0
    assert Application.objects.filter(pk=draft.pk).exists()
    assert Item.objects.get().status == "kept"
