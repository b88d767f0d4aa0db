"""A cycle in the middle of its reading, made by hand, so that every figure of the dashboard is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application, Choice
from audit.models import ErrandState, subject_of
from cycles.models import Cycle
from desk.models import Check, Message
from notifications.letter_text import LetterText
from notifications.models import OutgoingEmail
from retention.models import Disposal
from reviews import decisions
from reviews.models import Conflict
from scholarships.models import Category
from tests import factories
from tests.desk.factories import asked, received
from tests.reviews import factories as judging
from tests.scholarships.factories import a_round


@dataclass
class Year:
    """The people and the files."""

    cycle: Cycle
    last: Cycle
    claire: User
    dominique: User
    readers: list[User]
    files: list[Application]
    hidden: Application
    at: datetime


def build(person: Any, *, count: int = 1) -> Year:
    """`count` of each thing that waits. Claire may not see one file, which has all of them too."""
    claire, dominique = person("claire", Role.COORDINATOR), person("dominique", Role.DIRECTOR)
    readers = [person(f"reads{index}", Role.REVIEWER) for index in range(max(2, count))]
    last = factories.cycle(
        code="A26", opens=-400, closes=-368, name_fr="Automne 2026", name_en="Fall 2026"
    )
    cycle = judging.cycle(closes=-3)
    now = timezone.now()
    # Three of last year: on the last day, and two days before it.
    for index, row in enumerate(judging.filed(3, last)):
        days = (0, 0, 2)[index]
        _submitted(row, last.closes_at - timedelta(days=days, hours=1), "msc")
    files = judging.filed(5 * count + 1, cycle)
    hidden = files.pop()
    for index, row in enumerate([*files, hidden]):
        # Of each five, three ask for the M.Sc. first; the first of them for the other program too.
        _submitted(
            row,
            cycle.closes_at - timedelta(days=index % 3, hours=1),
            "dess" if index % 5 > 2 else "msc",
        )
    Choice.objects.create(application=files[0], program=factories.program("dess"), rank=2)
    _others(person, cycle, count)
    for index in range(count):
        _busy(files[5 * index : 5 * index + 5], readers, claire, f"{index}")
    _busy([hidden] * 5, readers, claire, "hidden", read=False)
    Conflict.objects.create(
        application=hidden,
        person=claire,
        origin="declared",
        status="confirmed",
        judged_by=dominique,
        judged_at=now,
    )
    _of_the_office(cycle, claire, count)
    decisions.propose(files[0], "accept", factories.program(), by=claire)
    return Year(cycle, last, claire, dominique, readers, files, hidden, now)


def _submitted(row: Application, at: datetime, program: str) -> None:
    Application.objects.filter(pk=row.pk).update(submitted_at=at)
    row.submitted_at = at
    Choice.objects.create(application=row, program=factories.program(program), rank=1)


def _others(person: Any, cycle: Cycle, count: int) -> None:
    """A draft that names no program, and one that was withdrawn."""
    for index in range(count):
        for status in ("draft", "withdrawn"):
            Application.objects.create(
                number=f"{cycle.code}-{status[:1].upper()}{index}",
                applicant=person(f"{status}{index}"),
                cycle=cycle,
                status=status,
            )


def _busy(
    files: list[Application], readers: list[User], claire: User, key: str, *, read: bool = True
) -> None:
    """Read twice and complete; read once; given to one reader; two that nobody reads. What waits hangs on the last."""
    now = timezone.now()
    if read:
        first, second = readers[:2]
        for reader in (first, second):
            judging.reviewed(files[0], reader, 4, 4, 4, by=claire)
        judging.reviewed(files[1], first, 3, 3, 3, by=claire)
        judging.assigned(files[1], second, by=claire)
        judging.assigned(files[2], second, by=claire)
        Check.objects.create(
            application=files[0], status="complete", checked_at=now, checked_by=claire
        )
    asked(files[1], by=claire, days=-2)
    received(asked(files[2], by=claire))
    for days in (0, 2):
        Message.objects.create(
            application=files[3],
            author=files[3].applicant,
            from_office=False,
            text="Bonjour?",
            at=now - timedelta(days=days),
        )
    Conflict.objects.create(application=files[4], person=readers[0], origin="referee")
    bounced(subject_of(files[4]), f"{key}@example.org")


def bounced(about: str, address: str = "someone@example.org") -> OutgoingEmail:
    """A request for a reference that came back."""
    return OutgoingEmail.objects.create(
        key=f"back:{about}",
        letter="reference_request",
        language="fr",
        address=address,
        about=about,
        subject="Une référence",
        text="Bonjour.",
        status="bounced",
        error="550 No such person",
        attempts=1,
        tried_at=timezone.now(),
    )


def _of_the_office(cycle: Cycle, claire: User, count: int) -> None:
    """A timetable that lives, texts of letters that lack a language, a list of records, rounds with and without a budget."""
    now = timezone.now()
    ErrandState.objects.create(name="remind_drafts", ended_at=now)
    for index in range(count):
        LetterText.objects.create(
            scope=subject_of(cycle), letter=f"letter{index}", subject_fr="Objet", text_fr="Bonjour."
        )
    Disposal.objects.create(kind="ended", rule="24 months", size=1)
    a_round(cycle)
    a_round(cycle, Category.SOCIOECONOMIC, budget=None, amount=None)
