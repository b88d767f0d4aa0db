"""What follows from the steps of a list: the letters, and whoever asked to hear of them."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from followup import student_centre_bulk
from followup.models import UdemFile
from notifications.models import OutgoingEmail
from reconciliation import undoing
from tests.reconciliation.factories import Somebody, applied, row, settled, table

pytestmark = pytest.mark.django_db
ZOE = Somebody("Levesque", "Zoe", "20480001", date(1999, 5, 4), filed=True)
LUC = Somebody("Roy", "Luc", "20480002", date(1998, 3, 2), filed=True)
MIA = Somebody("Costa", "Mia", "", date(2000, 1, 2))
ADMITTED = {"Statut": "Admis", "Date du statut": "2027-02-20"}


@pytest.fixture
def files(cycle: Cycle, claire: User) -> list[UdemFile]:
    return settled([ZOE, LUC, MIA], cycle, by=claire)


def test_consequences_hear_of_every_new_step(
    files: list[UdemFile], cycle: Cycle, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(student_centre_bulk, "_consequences", [])
    student_centre_bulk.after_steps(lambda rows, at: heard.extend(rows))
    udem_list = applied(cycle, table([row(ZOE, **ADMITTED), row(LUC)]), by=claire)
    assert [(one.udem_file.pk, one.was) for one in heard] == [(files[0].pk, "filed")]
    undoing.undo(udem_list, why="Wrong.", by=claire)
    assert len(heard) == 1


def test_whoever_steps_gets_the_letter_once_a_day(
    files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    letters = OutgoingEmail.objects.filter(letter="udem_step_changed")
    # Mia's line says nothing new; Luc has left.
    Application.objects.filter(last_names="Roy").update(status="withdrawn")
    text = table([row(ZOE, **ADMITTED), row(LUC, **ADMITTED), row(MIA, Statut="")])
    udem_list = applied(cycle, text, by=claire)
    (letter,) = letters
    application = files[0].offer.decision.application
    assert (letter.address, letter.language) == (application.applicant.email, "fr")
    assert application.number in letter.subject
    for hidden in (ZOE.number, "Admis", "admis à"):
        assert hidden not in letter.subject + letter.text
    undoing.undo(udem_list, why="Wrong.", by=claire)
    applied(cycle, text, by=claire)
    assert letters.count() == 1


def test_a_yes_to_what_we_know_writes_to_nobody(
    files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    applied(cycle, table([row(LUC)]), by=claire)
    assert UdemFile.objects.get(pk=files[1].pk).confirmed_at
    assert not OutgoingEmail.objects.filter(letter="udem_step_changed").exists()
