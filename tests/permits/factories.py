"""People on their way to a permit, by the verbs."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.clock import day_of
from cycles.models import Cycle
from followup import student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from permits import steps, telling
from permits.days import Said
from permits.models import Kind, PermitGuide, PermitStep, PermitTerms, State
from permits.telling import Status
from tests.followup.factories import NUMBER, World

WEEKS = {Kind.CAQ: (3, 6), Kind.STUDY: (6, 12), Kind.COOP: (6, 10)}


def today() -> date:
    """Today in Montréal."""
    return day_of(timezone.now())


def ago(days: int) -> date:
    """A day that is past."""
    return today() - timedelta(days=days)


def accepted(world: World, who: User, status: str = "none") -> Application:
    """Who said yes, with this status in Canada."""
    application = world.accepted(who).decision.application
    application.canada_status = status
    application.save(update_fields=["canada_status"])
    return Application.objects.select_related("cycle", "applicant").get(pk=application.pk)


def admitted(application: Application, by: User) -> UdemFile:
    """UdeM's letter is there."""
    udem_file = UdemFile.objects.get(offer__decision__application=application)
    facts = Facts(number=NUMBER, filed_on=today())
    return student_centre.record_step(udem_file, Filing.ADMITTED, facts, by=by)


def guides(cycle: Cycle) -> None:
    """Delays of all that is asked of an authority."""
    for kind, (shortest, longest) in WEEKS.items():
        PermitGuide.objects.create(
            cycle=cycle,
            kind=kind,
            weeks_min=shortest,
            weeks_max=longest,
            source_fr="Selon la page officielle",
            source_en="By the official page",
            link_fr=f"https://example.org/fr/{kind}",
            link_en=f"https://example.org/en/{kind}",
        )


def terms(cycle: Cycle, **fields: Any) -> PermitTerms:
    """All that our letter says."""
    values = {
        "internship_hours": 1200,
        "signer": "Camille Roy",
        "signer_title_fr": "Responsable des admissions",
        "signer_title_en": "Head of admissions",
    }
    return PermitTerms.objects.create(cycle=cycle, **{**values, **fields})


def reported(application: Application, kind: Kind, to: State, **said: Any) -> PermitStep:
    """A step as the person reports it."""
    by, at = application.applicant, timezone.now()
    return steps.report(application, kind, to, Said(**said), by=by, at=at)


def told(application: Application, status: str, **said: Any) -> None:
    """The status as the person confirms it."""
    telling.confirm(application, Status(status, **said), by=application.applicant)
