"""The scene of the desk's tests: a cycle, Amina's application in it, and Claire's browser."""

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from tests import factories


@pytest.fixture
def cycle(db: None) -> Cycle:
    """One that takes applications."""
    return factories.cycle()


@pytest.fixture
def application(cycle: Cycle, amina: User) -> Application:
    """Amina's, submitted."""
    return factories.submitted(amina, cycle)


@pytest.fixture
def office(claire: User) -> Client:
    """Claire's browser."""
    browser = Client()
    browser.force_login(claire)
    return browser


@pytest.fixture
def home(amina: User) -> Client:
    """Amina's browser."""
    browser = Client()
    browser.force_login(amina)
    return browser
