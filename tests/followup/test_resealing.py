"""Replacing a key without an outage, and a lost key said at start."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from followup import identifying, resealing
from followup.checks import keys_open_what_is_sealed
from followup.models import Filing, Identity, UdemFile
from tests.followup.factories import NUMBER, World
from tests.followup.test_identifying import TOLD
from tests.followup.udem_world import at

pytestmark = pytest.mark.django_db
OLD, NEW = "the-old-key-of-these-tests", "the-new-key-of-these-tests"


def tokens() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.number, i.birth, i.countries, i.code FROM followup_udemfile u, followup_identity i"
        )
        return str(cursor.fetchone())


def test_a_key_is_replaced(world: World, amina: User, settings: Any) -> None:
    settings.SEALING_KEYS = [OLD]
    row = at(world, amina, Filing.FILED)
    identifying.tell(row.offer.decision.application, by=amina, **TOLD)
    settings.SEALING_KEYS = [NEW, OLD]
    assert keys_open_what_is_sealed(None, ["default"]) == []
    before = tokens()
    out = StringIO()
    call_command("reseal", stdout=out)
    assert "followup.UdemFile.number: 1 looked at, 1 sealed anew." in out.getvalue()
    assert "followup.Identity.code: 1 looked at, 1 sealed anew." in out.getvalue()
    after = tokens()
    assert before != after
    # Begun again, there is nothing left to do.
    out = StringIO()
    call_command("reseal", stdout=out)
    assert "1 sealed anew" not in out.getvalue()
    assert tokens() == after
    settings.SEALING_KEYS = [NEW]
    assert UdemFile.objects.numbered(NUMBER).get().number == NUMBER
    assert Identity.objects.coded("DIAS99041702").get().citizenships == ["SN", "FR"]


def test_in_batches(world: World, amina: User, settings: Any) -> None:
    row = at(world, amina, Filing.FILED)
    identifying.tell(row.offer.decision.application, by=amina, **TOLD)
    column = next(one for one in resealing.columns() if str(one) == "followup.Identity.birth")
    assert column.mark == ""
    assert list(resealing.reseal(column, batch=1)) == [(1, 0)]


def test_a_wrong_key_is_said_at_start(world: World, amina: User, settings: Any) -> None:
    at(world, amina, Filing.FILED)
    assert keys_open_what_is_sealed(None, ["default"]) == []
    assert keys_open_what_is_sealed(None, None) == []
    settings.SEALING_KEYS = [NEW]
    (error,) = keys_open_what_is_sealed(None, ["default"])
    assert error.id == "mila.E004"
    assert "followup.UdemFile.number" in error.msg
    assert NUMBER not in error.msg


def test_a_database_without_tables_yet_is_no_trouble() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE followup_identity RENAME TO elsewhere")
    column = next(one for one in resealing.columns() if str(one) == "followup.Identity.birth")
    assert list(resealing._opens(column, "default")) == []
