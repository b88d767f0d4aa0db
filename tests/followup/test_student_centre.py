"""The steps at UdeM: the person reports, the office confirms, and a mistake is put back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.moves import Refused
from cycles.clock import day_of
from followup import student_centre
from followup.models import Filing
from followup.student_centre import Facts
from tests.followup.factories import World

pytestmark = pytest.mark.django_db
LATER = Facts(condition="A final transcript.")


def test_the_person_reports_and_the_office_confirms(world: World, amina: User) -> None:
    today = day_of(timezone.now())
    udem_file = world.filed(amina)
    said = Facts(documents_asked_on=today, documents_due_on=today + timedelta(days=14))
    row = student_centre.report(udem_file, Filing.DOCUMENTS, said, by=amina)
    assert (row.status, row.documents_asked_on, row.confirmed_at) == ("documents", today, None)
    again = student_centre.report(udem_file, Filing.DOCUMENTS, said, by=amina)
    assert again.status == Filing.DOCUMENTS
    row = student_centre.record_step(row, Filing.DOCUMENTS, Facts(), by=world.claire)
    assert row.confirmed_at
    row = student_centre.report(row, Filing.CONDITIONAL, LATER, by=amina)
    assert (row.condition, row.confirmed_at) == (LATER.condition, None)


def test_steps_are_not_skipped_by_the_person(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    with pytest.raises(Refused):
        student_centre.report(udem_file, Filing.ACCEPTED, Facts(), by=amina)
    with pytest.raises(Refused) as refused:
        student_centre.report(udem_file, Filing.REGISTERED, Facts(), by=amina)
    assert refused.value.forbidden


def test_only_its_person_reports(world: World, amina: User, bruno: User) -> None:
    udem_file = world.filed(amina)
    for stranger in (bruno, world.claire, world.dominique):
        with pytest.raises(Refused) as refused:
            student_centre.report(udem_file, Filing.ADMITTED, Facts(), by=stranger)
        assert refused.value.forbidden


def test_only_the_coordination_records(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    for to in (Filing.REGISTERED, Filing.FILED):
        for other in (amina, world.dominique):
            with pytest.raises(Refused) as refused:
                student_centre.record_step(udem_file, to, Facts(), by=other)
            assert refused.value.forbidden


def test_a_record_is_put_back(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    before = student_centre.facts_of(udem_file)
    wrong = Facts(number="20480000", condition="Another person’s.")
    row = student_centre.record_step(udem_file, Filing.CONDITIONAL, wrong, by=world.claire)
    row = student_centre.put_back(row, before, by=world.claire, why="The wrong line.")
    row.refresh_from_db()
    assert student_centre.facts_of(row) == before
    assert row.number_mark
