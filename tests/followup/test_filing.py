"""The report of the application to UdeM, and its correction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of
from followup import filing
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from tests.followup.factories import NUMBER, World

pytestmark = pytest.mark.django_db


def today() -> date:
    return day_of(timezone.now())


def report(udem_file: UdemFile, by: User, **changes: Any) -> UdemFile:
    values = {"number": NUMBER, "filed_on": today(), **changes}
    return filing.report_filing(udem_file, by=by, **values)


def test_report_records_and_confirms_without_the_number(world: World, amina: User) -> None:
    udem_file = report(world.accepted(amina).udem_file, amina)
    assert (udem_file.status, udem_file.number) == (Filing.FILED, NUMBER)
    assert udem_file.filed_on == today()
    letter = OutgoingEmail.objects.get(letter="udem_filed")
    trail = AuditEntry.objects.about(udem_file).get()
    for told in (letter.text, letter.subject, letter.key, str(trail.details), str(udem_file)):
        assert NUMBER not in told


def test_reported_twice_alike_is_one_report(world: World, amina: User) -> None:
    udem_file = world.accepted(amina).udem_file
    assert report(udem_file, amina) == report(udem_file, amina, number=f"{NUMBER[:4]} {NUMBER[4:]}")
    assert AuditEntry.objects.about(udem_file).count() == 1
    assert OutgoingEmail.objects.filter(letter="udem_filed").count() == 1


def test_another_report_is_a_correction(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    with pytest.raises(Refused):
        report(udem_file, amina, number="99999")
    for _click in range(2):
        udem_file = filing.correct_filing(udem_file, by=amina, number="ab-12345", filed_on=today())
    assert udem_file.number == "AB12345"
    verbs = [entry.verb for entry in AuditEntry.objects.about(udem_file)]
    assert verbs == ["file_udem", "correct_filing"]


def test_nothing_to_correct_before_a_report(world: World, amina: User) -> None:
    udem_file = world.accepted(amina).udem_file
    with pytest.raises(Refused):
        filing.correct_filing(udem_file, by=amina, number=NUMBER, filed_on=today())


@pytest.mark.parametrize("verb", [filing.report_filing, filing.correct_filing])
def test_nobody_reports_for_another(world: World, amina: User, bruno: User, verb: Any) -> None:
    udem_file = world.accepted(amina).udem_file
    for stranger in (bruno, world.claire):
        with pytest.raises(Refused) as refusal:
            verb(udem_file, by=stranger, number=NUMBER, filed_on=today())
        assert refusal.value.forbidden


@pytest.mark.parametrize("number", ["", "123", "1" * 21, "12é45", "<b>12345", "١٢٣٤٥"])
def test_a_number_that_cannot_be_one_is_refused(world: World, amina: User, number: str) -> None:
    udem_file = world.accepted(amina).udem_file
    with pytest.raises(Refused) as refusal:
        report(udem_file, amina, number=number)
    assert refusal.value.reasons
    udem_file.refresh_from_db()
    assert udem_file.status == Filing.TO_FILE


@pytest.mark.parametrize("days", [-1, 3])
def test_a_day_that_cannot_be_is_refused(world: World, amina: User, days: int) -> None:
    udem_file = world.accepted(amina).udem_file
    with pytest.raises(Refused):
        report(udem_file, amina, filed_on=today() + timedelta(days=days))


def test_today_where_the_day_begins_first_is_not_the_future(world: World, amina: User) -> None:
    udem_file = world.accepted(amina).udem_file
    noon = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(hours=17)
    tomorrow = today() + timedelta(days=1)
    assert filing.clean_day(tomorrow, udem_file, now=noon) == tomorrow
    with pytest.raises(ValidationError):
        filing.clean_day(tomorrow, udem_file, now=noon - timedelta(hours=8))


CONDITIONAL = {
    "status": "conditional",
    "number": "12345",
    "number_mark": "m",
    "filed_on": date(2027, 1, 29),
}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        (
            "followup_udem_status_known",
            {
                "status": "lost",
                "number": "12345",
                "number_mark": "m",
                "filed_on": date(2027, 1, 29),
            },
        ),
        ("followup_udem_filed_is_whole", {"status": "filed"}),
        ("followup_udem_filed_is_whole", {"number": "12345", "number_mark": "m"}),
        ("followup_udem_number_marked", {"status": "closed", "number": "12345"}),
        ("followup_udem_number_marked", {"status": "closed", "number_mark": "m"}),
        ("followup_udem_documents_in_order", {"documents_due_on": date(2027, 2, 9)}),
        ("followup_udem_condition_told", CONDITIONAL),
    ],
)
def test_the_database_refuses(
    world: World, amina: User, constraint: str, changes: dict[str, Any]
) -> None:
    udem_file = world.accepted(amina).udem_file
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        UdemFile.objects.filter(pk=udem_file.pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_make_one_report(world: World, amina: User) -> None:
    udem_file = world.accepted(amina).udem_file

    def click(_index: int) -> None:
        try:
            report(udem_file, amina)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(click, range(20)))
    assert OutgoingEmail.objects.filter(letter="udem_filed").count() == 1
    assert AuditEntry.objects.about(udem_file).count() == 1
