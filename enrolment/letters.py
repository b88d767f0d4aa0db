"""The letters of the board and of the handing over. None of them carries a UdeM number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from applications.models import Application
from cycles.models import Cycle, Program
from enrolment.models import Deferral
from notifications import outbox
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed

# Never the outcome: something waits on the person's page.
FOLLOW_UP_REMINDER = Letter("follow_up_reminder")
WELCOME = Letter("welcome")
DEFERRAL_RECORDED = Letter("deferral_recorded")


def about(application: Application) -> dict[str, Any]:
    """What each of these letters knows."""
    return {"application": application, "cycle": application.cycle}


def reminder(
    application: Application, kind: str, due: date | None, *, batch: object = ""
) -> Addressed:
    """One person's copy of a reminder; `due`: the day of the step, where it has one that is still to come."""
    return Addressed(
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{FOLLOW_UP_REMINDER.name}:{batch}:{application.pk}",
        context={**about(application), "kind": str(kind), "due": due},
    )


def welcome(applications: Iterable[tuple[Application, Program]]) -> int:
    """Welcome to your program, and what comes before the first day; how many letters were queued."""
    copies = [
        Addressed(
            address=application.applicant.email,
            language=application.applicant.language,
            about=application,
            key=welcome_key(application.pk),
            context=welcome_context(application, program),
        )
        for application, program in applications
    ]
    return outbox.queue_all(WELCOME, copies)


def welcome_context(application: Application, program: Program) -> dict[str, Any]:
    """What the welcome says."""
    starts_on = application.begins_on or application.cycle.starts_on
    return {**about(application), "program": program, "starts_on": starts_on}


def welcome_key(application: int) -> str:
    """One welcome for a file, for ever."""
    return f"{WELCOME.name}:{application}"


def tell_deferral(deferral: Deferral) -> OutgoingEmail:
    """Your place is kept for another year; here is what that means."""
    application = deferral.application
    return outbox.queue(
        DEFERRAL_RECORDED,
        address=application.applicant.email,
        language=application.applicant.language,
        about=application,
        key=f"{DEFERRAL_RECORDED.name}:{deferral.pk}",
        context=deferral_context(application, deferral.to_cycle, deferral.program),
    )


def deferral_context(application: Application, to: Cycle, program: Program) -> dict[str, Any]:
    """What the letter of a deferral says."""
    return {**about(application), "program": program, "to_cycle": to}
