"""Telling those who check the lists, as the timetable does it: no transaction is open around it."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from retention import reminding
from tests import factories
from tests.followup.factories import World


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_the_timetable_lists_and_tells(person: Any, amina: User) -> None:
    """The letters of the week are queued in a transaction of their own."""
    world = World(person)
    draft = factories.draft(amina, world.cycle)
    assert reminding.list_and_tell(at=draft.cycle.closes_at + timedelta(days=91)) == 2
