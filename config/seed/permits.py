"""Two people of last year who come from abroad: one well on their way to the permits, one who is late.

The delays, the amounts and the hours are this demonstration's: a deployment has none until its office writes them.
"""

from datetime import datetime, timedelta

from accounts.models import User
from applications.models import Application
from applications.models.application import CanadaStatus
from config.seed import pretence
from cycles.clock import day_of
from cycles.models import Cycle
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from permits import steps, telling
from permits.days import Said
from permits.models import Change, Kind, PermitGuide, PermitTerms, State
from permits.telling import Status

WEEKS = {Kind.FUNDS: (1, 2), Kind.CAQ: (4, 6), Kind.STUDY: (8, 12), Kind.COOP: (8, 12)}


def settings(cycle: Cycle) -> None:
    """What the office of the demonstration wrote."""
    PermitTerms.objects.create(
        cycle=cycle,
        funds_one=24_617,
        funds_two=34_814,
        funds_as_of=cycle.opens_at.date(),
        funds_fr="S’y ajoutent les droits de scolarité et le voyage.",
        funds_en="Tuition and travel come on top.",
        internship_hours=910,
        signer="Claire Desrosiers",
        signer_title_fr="Coordonnatrice des admissions",
        signer_title_en="Admissions coordinator",
    )
    for kind, (shortest, longest) in WEEKS.items():
        PermitGuide.objects.create(
            cycle=cycle,
            kind=kind,
            weeks_min=shortest,
            weeks_max=longest,
            source_fr="délai inventé pour la démonstration",
            source_en="a delay made up for the demonstration",
        )


def permits(cycle: Cycle, *, released: datetime, office: User) -> None:
    """The two people, as far as last year has people who applied to UdeM for a program with an internship."""
    files = UdemFile.objects.filter(
        offer__decision__application__cycle=cycle,
        status__in=(Filing.TO_FILE, Filing.FILED),
        program__internship_required=True,
    ).select_related("offer__decision__application__applicant")
    for index, udem_file in enumerate(files.order_by("-status", "pk")[:2]):
        application = udem_file.offer.decision.application
        admitted = released + timedelta(days=40 + index)
        _admitted(udem_file, office, at=admitted)
        _from_abroad(application, at=admitted + timedelta(days=1))
        if index == 0:
            _on_the_way(application, at=admitted)


def _admitted(udem_file: UdemFile, office: User, *, at: datetime) -> None:
    """UdeM's letter is there."""
    number = udem_file.number or f"20{540_000 + udem_file.pk}"
    facts = Facts(number=number, filed_on=udem_file.filed_on or day_of(at), decided_on=day_of(at))
    with pretence.at(at):
        student_centre.record_step(udem_file, Filing.ADMITTED, facts, by=office)


def _from_abroad(application: Application, *, at: datetime) -> None:
    """Confirmed, or corrected, and the funds gathered."""
    other = application.canada_status != CanadaStatus.NONE
    status = Status(CanadaStatus.NONE, Change.MISTAKE if other else "")
    with pretence.at(at):
        telling.confirm(application, status, by=application.applicant)
        person = application.applicant
        steps.report(application, Kind.FUNDS, State.READY, Said(), by=person, at=at)


def _on_the_way(application: Application, *, at: datetime) -> None:
    """The CAQ obtained within five weeks, the study permit asked for two days later."""
    day = day_of(at)
    reports = (
        (3, Kind.CAQ, State.ASKED, Said(asked_on=day + timedelta(days=3))),
        (
            38,
            Kind.CAQ,
            State.OBTAINED,
            Said(
                obtained_on=day + timedelta(days=38), valid_until=day + timedelta(days=38 + 2 * 365)
            ),
        ),
        (40, Kind.STUDY, State.ASKED, Said(asked_on=day + timedelta(days=40))),
        (40, Kind.COOP, State.ASKED, Said(asked_on=day + timedelta(days=40))),
    )
    for after, kind, to, said in reports:
        moment = at + timedelta(days=after, hours=1)
        with pretence.at(moment):
            steps.report(application, kind, to, said, by=application.applicant, at=moment)
