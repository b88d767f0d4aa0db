"""One reminder to each member of a panel with something left, three mornings before its last day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cycles.clock import at_hour, day_of
from notifications.models import OutgoingEmail
from scholarships import announcing_errands, judging, panel_reminding
from scholarships.models import Seat
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    made = Panel(person, reading_due_on=day_of(timezone.now()) + timedelta(days=10))
    made.read(made.candidate("amina"), made.gilles, 4, 4)
    return made


def letters() -> list[str]:
    rows = OutgoingEmail.objects.filter(letter="panel_reminder").order_by("address")
    return list(rows.values_list("address", flat=True))


def test_who_has_something_left_is_reminded_once(panel: Panel) -> None:
    due = panel.round.reading_due_on
    assert due is not None
    (moment,) = panel_reminding.moments(timezone.now())
    assert moment == at_hour(due - timedelta(days=3), 9)
    assert panel_reminding.remind(at=moment - timedelta(minutes=1)) == 0
    assert panel_reminding.remind(at=moment) == 2
    assert panel_reminding.remind(at=moment + timedelta(hours=1)) == 0
    assert letters() == ["hana@example.com", "ines@example.com"]
    text = OutgoingEmail.objects.filter(letter="panel_reminder")[0].text
    assert "S" + str(panel.round.pk) not in text
    assert panel_reminding.remind(at=at_hour(due + timedelta(days=1), 9)) == 0
    assert panel_reminding.moments(moment) == []


def test_a_panel_that_cannot_read_or_a_person_who_left_is_not(panel: Panel) -> None:
    (moment,) = panel_reminding.moments(timezone.now())
    panel.panel[1].roles = []
    panel.panel[1].save()
    assert panel_reminding.owed(moment) == []
    panel.round.panel_size = 3
    Seat.objects.create(round=panel.round, person=panel.person("jules", "panelist"))
    people = {one.seat.person.email for one in panel_reminding.owed(moment)}
    assert people == {"ines@example.com", "jules@example.com"}


def test_the_timetable_reads_it_beforehand(panel: Panel) -> None:
    (moment,) = panel_reminding.moments(timezone.now())
    would = announcing_errands.due(moment)
    assert [one.letter for one in would] == ["panel_reminder"] * 2
    copy = announcing_errands.read(would[0].row, moment)
    assert copy is not None
    assert copy[2]["left"] == 1
    own = Seat.objects.get(person=panel.gilles)
    assert announcing_errands.read(own.pk, moment) is None
    judging.take_back(panel.round.candidacies.get(), by=panel.gilles)
    assert announcing_errands.read(own.pk, moment) is not None
    panel.round.reading_due_on = None
    panel.round.save()
    assert announcing_errands.read(own.pk, moment) is None
    assert announcing_errands.read(0, moment) is None
