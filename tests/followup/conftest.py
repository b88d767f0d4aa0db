"""The world of these tests."""

from typing import Any

import pytest

from accounts.models import User
from tests.followup.factories import World
from tests.followup.waitlists import People


@pytest.fixture
def world(person: Any) -> World:
    """A cycle that is open now, with its staff."""
    return World(person)


@pytest.fixture
def people(person: Any) -> People:
    """So many people more, in French and in English by turns."""

    def make(count: int) -> list[User]:
        return [person(f"p{index}", language=("fr", "en")[index % 2]) for index in range(count)]

    return make
