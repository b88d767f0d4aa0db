"""The world of these tests."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Role, User
from tests.enrolment.factories import Enrolled


@pytest.fixture
def world(person: Any) -> Enrolled:
    """A cycle that is open now, with its staff."""
    return Enrolled(person)


@pytest.fixture
def celia(person: Callable[..., User]) -> User:
    """A second coordinator."""
    return person("celia", Role.COORDINATOR)
