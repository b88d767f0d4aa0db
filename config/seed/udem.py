"""Last year's files at UdeM, at several of their steps, as their people and the office told them."""

from collections.abc import Callable
from datetime import date, timedelta

from accounts.models import User
from config.seed import pretence
from config.seed.judging import Staff
from cycles.clock import at_hour, start_of
from cycles.models import Cycle
from followup import identifying, student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from followup.working_days import documents_due

CONDITION = {
    "fr": "Fournir le relevé de notes final et la preuve du diplôme.",
    "en": "Provide the final transcript and proof of the degree.",
}
Story = Callable[[UdemFile, User, Staff, date], None]


def follow(cycle: Cycle, who: Staff) -> None:
    """Each file that was reported goes on its own way."""
    rows = UdemFile.objects.filter(
        offer__decision__application__cycle=cycle, status=Filing.FILED
    ).select_related("offer__decision__application__applicant")
    for index, row in enumerate(rows.order_by("pk")):
        person, filed_on = row.offer.decision.application.applicant, row.filed_on
        assert filed_on is not None
        tell_who(row, person, index, filed_on)
        STORIES[index % len(STORIES)](row, person, who, filed_on)


def tell_who(row: UdemFile, person: User, index: int, filed_on: date) -> None:
    """Most tell who they are at UdeM."""
    if index % 3 == 2:
        return
    with pretence.at(at_hour(filed_on + timedelta(days=1), 12)):
        identifying.tell(
            row.offer.decision.application,
            birth=date(1999 + index % 4, 1 + index % 12, 3 + index),
            citizenships=[("CA", "FR", "SN")[index % 3]],
            code="",
            by=person,
        )


def _say(row: UdemFile, to: Filing, facts: Facts, person: User, day: date) -> None:
    with pretence.at(start_of(day) + timedelta(hours=13)):
        student_centre.report(row, to, facts, by=person)


def documents(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """UdeM asks for documents two days later."""
    asked = filed_on + timedelta(days=2)
    due = documents_due(asked)
    told = Facts(documents_asked_on=asked, documents_due_on=due)
    _say(row, Filing.DOCUMENTS, told, person, asked)


def admitted(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """UdeM admits a month later."""
    documents(row, person, who, filed_on)
    day = filed_on + timedelta(days=30)
    with pretence.at(start_of(day - timedelta(days=20)) + timedelta(hours=9)):
        student_centre.say_sent(row, day - timedelta(days=20), by=person)
    told = Facts(decided_on=day, accept_by=day + timedelta(days=21))
    _say(row, Filing.ADMITTED, told, person, day)


def conditional(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """UdeM admits on a condition."""
    day = filed_on + timedelta(days=34)
    words = CONDITION["en" if person.language == "en" else "fr"]
    told = Facts(decided_on=day, condition=words, accept_by=day + timedelta(days=21))
    _say(row, Filing.CONDITIONAL, told, person, day)


def refused(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """UdeM refuses."""
    day = filed_on + timedelta(days=41)
    _say(row, Filing.REFUSED, Facts(decided_on=day), person, day)


def accepted(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """The person accepts UdeM's offer."""
    admitted(row, person, who, filed_on)
    day = filed_on + timedelta(days=33)
    _say(row, Filing.ACCEPTED, Facts(accepted_on=day), person, day)


def registered(row: UdemFile, person: User, who: Staff, filed_on: date) -> None:
    """The office reads on UdeM's list that the person is registered."""
    accepted(row, person, who, filed_on)
    day = filed_on + timedelta(days=120)
    with pretence.at(at_hour(day, 10)):
        student_centre.record_step(
            row,
            Filing.REGISTERED,
            Facts(ended_on=day),
            by=who.coordinator,
            why="Liste de l’UdeM.",
        )


STORIES: tuple[Story, ...] = (registered, conditional, refused, admitted, documents, accepted)
