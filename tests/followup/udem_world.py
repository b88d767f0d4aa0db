"""Files at UdeM at each step, by the verbs."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from cycles.clock import day_of
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from followup.working_days import documents_due
from tests.followup.factories import World

CONDITION = "A final transcript."


def today() -> date:
    """In Montréal."""
    return day_of(timezone.now())


def asked() -> Facts:
    """UdeM asked for documents today."""
    return Facts(documents_asked_on=today(), documents_due_on=documents_due(today()))


def answered(**more: object) -> Facts:
    """UdeM answered today."""
    known = {"decided_on": today(), "accept_by": today() + timedelta(days=21)}
    return Facts(**{**known, **more})  # type: ignore[arg-type]


FACTS = {
    Filing.DOCUMENTS: asked,
    Filing.ADMITTED: answered,
    Filing.CONDITIONAL: lambda: answered(condition=CONDITION),
    Filing.REFUSED: lambda: Facts(decided_on=today()),
    Filing.CLOSED: lambda: Facts(decided_on=today()),
    Filing.ACCEPTED: lambda: Facts(accepted_on=today()),
}


def at(world: World, person: User, status: Filing) -> UdemFile:
    """A file that is at this step."""
    if status == Filing.TO_FILE:
        return world.accepted(person).udem_file
    row = world.filed(person)
    if status == Filing.ACCEPTED:
        row = student_centre.report(row, Filing.ADMITTED, answered(), by=person)
    if status in FACTS:
        return student_centre.report(row, status, FACTS[status](), by=person)
    if status != Filing.FILED:
        ended = Facts(ended_on=today())
        return student_centre.record_step(row, status, ended, by=world.claire)
    return row


def number_of(row: UdemFile) -> str:
    """Of the file at Mila."""
    return str(row.offer.decision.application.number)


def conditional() -> tuple[Filing, Facts]:
    """UdeM admitted today, on a condition."""
    return Filing.CONDITIONAL, FACTS[Filing.CONDITIONAL]()
