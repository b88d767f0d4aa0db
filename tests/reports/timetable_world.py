"""One world in which every errand has letters to send, soon; and what it must not change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application, Referee
from audit.timetable import Errand, registered
from cycles.clock import day_of
from cycles.models import Cycle
from desk.models import Request
from followup import filing, offers, student_centre
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Assignment, Decision
from scholarships.models import Category
from tests import factories
from tests.desk.factories import asked
from tests.followup import factories as answers
from tests.followup import udem_world
from tests.reviews import factories as judging
from tests.scholarships.factories import (
    a_candidacy,
    a_panel,
    a_result,
    a_round,
    an_award,
    closed,
)

LETTERED = (
    *("remind_drafts", "remind_referees", "remind_of_pieces"),
    *("write_to_readers", "remind_of_replies", "remind_of_udem", "end_waitlists"),
    *("remind_of_udem_documents", "remind_of_udem_offer"),
    *("remind_of_permits", "warn_of_late_permits", "remind_of_awards"),
    "remind_panels",
)


@dataclass
class Due:
    """The staff, and the files that something is due for; `count` of each kind."""

    claire: User
    drafts: list[Application]
    referees: list[Referee]
    pieces: list[Request]
    readings: list[Assignment]
    waiting: list[Decision]
    accepted: list[Decision]


def build(person: Any, *, count: int = 1) -> Due:
    """This year's cycle is open; last year's answers are out and wait for replies."""
    claire, dominique = person("claire", Role.COORDINATOR), person("dominique", Role.DIRECTOR)
    david = person("david", Role.REVIEWER, language="en")
    cycle = judging.cycle(closes=20)
    now = timezone.now()
    past = last_year()

    def many(name: str) -> list[User]:
        languages = ("fr", "en")
        return [person(f"{name}{index}", language=languages[index % 2]) for index in range(count)]

    drafts = [factories.draft(one, cycle) for one in many("begins")]
    files = [factories.submitted(one, cycle) for one in many("sent")]
    referees = [factories.referee(file) for file in files]
    pieces = [asked(file, by=claire) for file in files]
    readings = [judging.assigned(file, david, by=claire) for file in files]
    given = [
        answers.decided(
            factories.submitted(one, past), "accept", claire=claire, dominique=dominique
        )
        for one in [*many("waits"), *many("accepts"), *many("documents"), *many("admitted")]
    ]
    for one in many("queues"):
        answers.decided(
            factories.submitted(one, past), "waitlist", claire=claire, dominique=dominique
        )
    answers.release_all(past, claire=claire, dominique=dominique)
    Application.objects.update(created_at=now - timedelta(days=20), saved_at=now)
    for decision in given[count:]:
        decision.refresh_from_db()
        offers.accept(decision, by=decision.application.applicant, at=now)
    a_panel_that_reads(past, [decision.application for decision in given[:count]], person)
    for index, decision in enumerate(given[2 * count :]):
        at_udem(decision, Filing.DOCUMENTS if index < count else Filing.ADMITTED)
    awards_of(past, given[:count], claire, dominique)
    return Due(claire, drafts, referees, pieces, readings, given[:count], given[count : 2 * count])


def a_panel_that_reads(cycle: Cycle, files: list[Application], person: Any) -> None:
    """A scholarship round that has closed, which three people read until next week."""
    due = day_of(timezone.now()) + timedelta(days=8)
    row = closed(a_round(cycle, Category.EDI_RESEARCH, reading_due_on=due))
    a_panel(row, *(person(name, Role.PANELIST) for name in ("gilles", "hana", "ines")))
    for file in files:
        a_candidacy(row, file)


def last_year() -> Cycle:
    """The cycle whose answers are out, and whose limits are to come."""
    day = {after: day_of(timezone.now()) + timedelta(days=after) for after in (1, 10, 12, 13)}
    return factories.cycle(
        code="A26",
        opens=-99,
        closes=1,
        documents_due_on=day[1],
        reviews_due_on=day[1],
        release_on=day[1],
        reply_by=day[10],
        udem_safe_on=day[12],
        udem_official_on=day[13],
        waitlist_ends_on=day[1] + timedelta(days=89),
        starts_on=day[1] + timedelta(days=199),
    )


def awards_of(cycle: Cycle, waiting: list[Decision], claire: User, dominique: User) -> None:
    """An award that waits for a reply, to those who also have an offer to reply to."""
    row = a_round(cycle, Category.EDI_RESEARCH, awards=None, budget=100_000)
    for decision in waiting:
        candidacy = a_candidacy(row, decision.application)
        an_award(a_result(candidacy, by=claire, approved_by=dominique))


def at_udem(decision: Decision, step: Filing) -> None:
    """An application to UdeM, which asks for documents, or admits."""
    person, today = decision.application.applicant, day_of(timezone.now())
    row = UdemFile.objects.get(offer__decision=decision)
    filing.report_filing(row, by=person, number=f"204{row.pk:05}", filed_on=today)
    student_centre.report(row, step, udem_world.FACTS[step](), by=person)


def errand(name: str) -> Errand:
    """The errand of that name."""
    return registered()[name]


def moments(name: str) -> list[datetime]:
    """When letters of this errand fall due, from now on."""
    letters = errand(name).letters
    assert letters is not None
    return list(letters.moments(timezone.now()))


def everything() -> dict[str, int]:
    """How many rows every table has but that of sessions, and the last letter."""
    models = [model for model in apps.get_models() if model is not Session]
    counts = {model._meta.label: model._default_manager.count() for model in models}
    last = OutgoingEmail.objects.order_by("pk").last()
    return {**counts, "last letter": last.pk if last else 0}
