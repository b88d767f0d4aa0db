"""Which steps a person has before them, by where they stand in Canada. What is unsure is asked, never presumed away."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import CanadaStatus
from permits.models import Allows, Kind, PermitPath


class Path(StrEnum):
    """The ways there are."""

    NONE = "none"
    PROTECTED = "protected"
    HOLDER = "holder"
    ABROAD = "abroad"


PATHS = {
    CanadaStatus.CITIZEN: Path.NONE,
    CanadaStatus.RESIDENT: Path.NONE,
    CanadaStatus.PROTECTED: Path.PROTECTED,
    CanadaStatus.STUDY: Path.HOLDER,
    CanadaStatus.WORK: Path.HOLDER,
    CanadaStatus.NONE: Path.ABROAD,
}


@dataclass(frozen=True)
class Told:
    """Where a person stands: as they confirmed it, or else as the application told."""

    status: str
    allows: str = Allows.UNSURE
    permit_until: date | None = None
    is_confirmed: bool = False

    @property
    def path(self) -> Path:
        """The way that follows from the status; nobody who told none is sent on one."""
        return PATHS[CanadaStatus(self.status)] if self.status else Path.NONE

    @property
    def label(self) -> str:
        """The status in words."""
        if self.status == CanadaStatus.NONE:
            # "None of these" says nothing away from the other answers.
            return _("No status in Canada for now")
        return str(CanadaStatus(self.status).label) if self.status else ""

    def ends_before(self, day: date) -> bool:
        """Whether the present permit ends before that day."""
        return self.permit_until is not None and self.permit_until < day


def told_by(application: Application, confirmed: PermitPath | None) -> Told:
    """What counts for this file."""
    if confirmed is None:
        return Told(application.canada_status)
    return Told(confirmed.canada_status, confirmed.allows, confirmed.permit_until, True)


def kinds_of(told: Told, *, internship: bool, starts_on: date) -> list[Kind]:
    """The steps of this person, in order; `internship`: whether the program has a compulsory one."""
    coop = [Kind.COOP] if internship else []
    whole = [Kind.FUNDS, Kind.CAQ, Kind.STUDY, *coop]
    if told.path == Path.NONE:
        return []
    if told.path == Path.PROTECTED:
        after = {Allows.YES: [], Allows.UNSURE: [Kind.VERIFY], Allows.NO: whole}
        return [Kind.PROOF, *after[Allows(told.allows)]]
    if told.path == Path.ABROAD or told.allows == Allows.NO:
        return whole
    if told.allows == Allows.UNSURE:
        return [Kind.VERIFY, *whole]
    # It allows the program: what is left is the CAQ of this level, and an extension where it ends too early.
    extension = [Kind.STUDY] if told.ends_before(starts_on) else []
    return [Kind.CAQ, *extension, *coop]
