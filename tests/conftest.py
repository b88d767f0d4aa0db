"""What every test may ask for: strict templates, folders of its own, and the fixed cast."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from accounts.demo import Character
from accounts.models import Language, Role, User
from config.embedded import Postgres, Valkey
from tests import torture
from tests.cast import settled
from tests.emptying import emptied
from tests.engines import STARTED
from tests.strict_templates import strict

Settle = Callable[..., User]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was counted under torture."""
    if torture.FULL and torture.told:
        terminalreporter.section("counted")
        for line in torture.told:
            terminalreporter.write_line(line)


def pytest_sessionfinish() -> None:
    """The browser that the files of this process shared ends with them."""
    if browser := sys.modules.get("tests.journeys.browser"):
        browser.SHARED.end()


# What is loaded by now stays until the end: no use in looking it through again at every collection.
gc.freeze()


TransactionTestCase._fixture_teardown = emptied  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> Iterator[None]:
    """An unknown variable in one of our templates fails the test."""
    with strict():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with the vault in it, which has migrations and a role of its own."""
    # Where no test of the run names the vault, Django leaves it pointing at the database of the demonstration.
    connections["vault"].settings_dict["NAME"] = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        call_command("migrate_vault", verbosity=0)
    yield
    with django_db_blocker.unblock():
        connections["vault"].close()


@pytest.fixture(autouse=True)
def in_french() -> Iterator[None]:
    """Every test begins in the product's first language, whatever page the one before asked for."""
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> None:
    """Uploaded files of one test are seen by no other."""
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder with a short name, for sockets, that the database's own user can pass through."""
    folder = Path(tempfile.mkdtemp(dir=os.environ[STARTED], prefix=""))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def durable_postgres(short_path: Path) -> Iterator[Postgres]:
    """A PostgreSQL of this test alone, as careful as in production, that it may kill."""
    Postgres(short_path / "postgres", durable=False).prepare()  # the first files need no such care
    server = Postgres(short_path / "postgres")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def own_valkey(short_path: Path) -> Iterator[Valkey]:
    """A Valkey of this test alone that it may flush or kill."""
    server = Valkey(short_path / "valkey")
    server.start()
    yield server
    server.kill()


# The fixed cast. Staff have an authenticator, so that `client.force_login` gets past the second factor.
@pytest.fixture
def person(db: None) -> Settle:
    """Makes one more person: `person("zoe", Role.REVIEWER, language="en")`."""

    def make(name: str, *roles: Role, language: str = "fr", full_name: str = "") -> User:
        return settled(Character(name, full_name or name.title(), Language(language), roles))

    return make


@pytest.fixture
def amina(person: Settle) -> User:
    """Applies."""
    return person("amina", full_name="Amina Benali")


@pytest.fixture
def bruno(person: Settle) -> User:
    """Applies too, in English, and must see nothing of hers."""
    return person("bruno", language="en", full_name="Bruno Costa")


@pytest.fixture
def claire(person: Settle) -> User:
    """Coordinates."""
    return person("claire", Role.COORDINATOR, full_name="Claire Gagné")


@pytest.fixture
def dominique(person: Settle) -> User:
    """Directs."""
    return person("dominique", Role.DIRECTOR, full_name="Dominique Roy")


@pytest.fixture
def david(person: Settle) -> User:
    """Reviews."""
    return person("david", Role.REVIEWER, language="en", full_name="David Chen")


@pytest.fixture
def elise(person: Settle) -> User:
    """Is a referee: an account without a role."""
    return person("elise", full_name="Élise Fortin")


@pytest.fixture
def gilles(person: Settle) -> User:
    """Sits on a scholarship panel."""
    return person("gilles", Role.PANELIST, full_name="Gilles Tremblay")


@pytest.fixture
def fatou(person: Settle) -> User:
    """Is the EDI officer."""
    return person("fatou", Role.EDI_OFFICER, full_name="Fatou Diop")


@pytest.fixture
def adam(person: Settle) -> User:
    """Administers."""
    return person("adam", Role.ADMINISTRATOR, full_name="Adam Novak")
