"""A set-up that could lose confirmed work is refused."""

from typing import Any

import pytest
from django.core.checks import Tags, run_checks

from config.system_checks import careful_database


@pytest.mark.django_db
def test_a_careless_database_is_refused(settings: Any) -> None:
    settings.CARELESS_DATABASE_ALLOWED = False
    found = run_checks(tags=[Tags.database], databases=["default"])
    assert {error.id for error in found} == {"mila.E001"}
    assert {str(error.msg).split()[3] for error in found} == {
        "fsync",
        "synchronous_commit",
        "full_page_writes",
    }


def test_without_a_database_there_is_nothing_to_ask(settings: Any) -> None:
    settings.CARELESS_DATABASE_ALLOWED = False
    assert careful_database(None) == []


def test_the_tests_own_engine_is_let_off() -> None:
    assert careful_database(None, ["default"]) == []


@pytest.mark.parametrize(("lease", "ids"), [(180, set()), (179, {"mila.E002"})])
def test_a_lease_outlives_three_deliveries(settings: Any, lease: int, ids: set[str]) -> None:
    settings.OUTBOX_DEADLINE, settings.OUTBOX_LEASE = 60, lease
    assert {error.id for error in run_checks() if str(error.id).startswith("mila.")} == ids
