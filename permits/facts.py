"""All that is known of the permits of some files, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import GONE
from cycles.clock import day_of
from cycles.models import Cycle
from followup.models import ADMITTED, Filing, Reply, UdemFile
from permits.figures import dollars_text
from permits.models import Kind, PermitGuide, PermitPath, PermitStep, PermitTerms, State
from permits.paths import Path, Told, kinds_of, told_by
from permits.plan import Line, Weeks, lines

Sorted = defaultdict[int, dict[Kind, Any]]

# From here nobody comes to study this year.
OVER = (Filing.REFUSED, Filing.CLOSED, Filing.DEFERRED, Filing.NOT_REGISTERED)


@dataclass(frozen=True)
class Facts:
    """Of one file: what was told, what was reported, what the office wrote for its year."""

    application: Application
    cycle: Cycle
    told: Told
    confirmed: PermitPath | None = None
    udem_file: UdemFile | None = None
    steps: dict[Kind, PermitStep] = field(default_factory=dict)
    guides: dict[Kind, PermitGuide] = field(default_factory=dict)
    terms: PermitTerms = field(default_factory=PermitTerms)

    @property
    def starts_on(self) -> date:
        """The start of this person's term."""
        days = self.cycle.starts
        return self.application.start_on if self.application.start_on in days else days[0]

    @property
    def is_going(self) -> bool:
        """Whether the person accepted our offer and may still come to study."""
        return (
            self.udem_file is not None
            and self.udem_file.status not in OVER
            and self.application.status not in GONE
        )

    @property
    def needs_any(self) -> bool:
        """Whether the person needs permits at all."""
        return self.told.path != Path.NONE

    @property
    def is_admitted(self) -> bool:
        """Whether UdeM's letter is there."""
        return self.udem_file is not None and self.udem_file.status in ADMITTED

    @property
    def internship(self) -> bool:
        """Whether the program has a compulsory internship."""
        return self.udem_file is not None and self.udem_file.program.internship_required

    @property
    def kinds(self) -> list[Kind]:
        """The steps of this person; none while there is nothing to follow."""
        if not self.is_going:
            return []
        return kinds_of(self.told, internship=self.internship, starts_on=self.starts_on)

    @property
    def weeks(self) -> Weeks:
        """The longest usual delay of each step that has one."""
        return {kind: guide.weeks_max for kind, guide in self.guides.items()}

    @property
    def funds(self) -> list[tuple[str, str]]:
        """The amounts that the office wrote, in words."""
        amounts = (
            (_("One adult"), self.terms.funds_one),
            (_("Two adults"), self.terms.funds_two),
        )
        return [(label, dollars_text(amount)) for label, amount in amounts if amount]

    def state(self, kind: Kind) -> State:
        """How far a step is."""
        return State(self.steps[kind].status) if kind in self.steps else State.TO_DO

    def lines(self, at: datetime) -> list[Line]:
        """The calendar at that moment, in Montréal's days."""
        return lines(
            self.starts_on,
            {kind: self.state(kind) for kind in self.kinds},
            self.weeks,
            months=self.terms.months_max,
            admitted=self.is_admitted,
            today=day_of(at),
        )


def facts_of(applications: Sequence[Application]) -> dict[int, Facts]:
    """The facts of each file by its id, in six queries; one more than once counts once."""
    ids = [application.pk for application in applications]
    cycles = Cycle.objects.in_bulk({application.cycle_id for application in applications})
    files = _udem_files(ids)
    paths = {row.application_id: row for row in PermitPath.objects.filter(application__in=ids)}
    terms = {row.cycle_id: row for row in PermitTerms.objects.filter(cycle__in=cycles)}
    steps: Sorted = defaultdict(dict)
    for step in PermitStep.objects.filter(application__in=ids):
        steps[step.application_id][Kind(step.kind)] = step
    guides: Sorted = defaultdict(dict)
    for guide in PermitGuide.objects.filter(cycle__in=cycles):
        guides[guide.cycle_id][Kind(guide.kind)] = guide
    return {
        application.pk: Facts(
            application,
            cycles[application.cycle_id],
            told_by(application, paths.get(application.pk)),
            paths.get(application.pk),
            files.get(application.pk),
            steps[application.pk],
            guides[application.cycle_id],
            terms.get(application.cycle_id) or PermitTerms(cycle_id=application.cycle_id),
        )
        for application in applications
    }


def facts_in(
    cycle: Cycle, applications: Sequence[Application], files: Mapping[int, UdemFile]
) -> dict[int, Facts]:
    """The same for one cycle and files at UdeM that are read already: two queries, and of each row what dates a step."""
    paths, steps = _reported([application.pk for application in applications])
    guides, terms = _written_for(cycle)
    return {
        application.pk: Facts(
            application,
            cycle,
            told_by(application, paths.get(application.pk)),
            paths.get(application.pk),
            files.get(application.pk),
            steps[application.pk],
            guides,
            terms,
        )
        for application in applications
    }


def _reported(ids: Sequence[int]) -> tuple[dict[int, PermitPath], Sorted]:
    """What these people confirmed and reported, in one query."""
    some = Q(permit_path__isnull=False) | Q(permit_steps__isnull=False)
    rows = Application.objects.filter(some, pk__in=ids).values_list(
        *("pk", "permit_path__canada_status", "permit_path__allows", "permit_path__permit_until"),
        *("permit_steps__kind", "permit_steps__status"),
    )
    paths: dict[int, PermitPath] = {}
    steps: Sorted = defaultdict(dict)
    for pk, canada, allows, until, kind, status in rows:
        if canada is not None:
            paths[pk] = PermitPath(canada_status=canada, allows=allows, permit_until=until)
        if kind is not None:
            steps[pk][Kind(kind)] = PermitStep(kind=kind, status=status)
    return paths, steps


def _written_for(cycle: Cycle) -> tuple[dict[Kind, PermitGuide], PermitTerms]:
    """The delays that the office wrote for a cycle, in one query."""
    rows = Cycle.objects.filter(pk=cycle.pk).values_list(
        "permit_terms__months_max", "permit_guides__kind", "permit_guides__weeks_max"
    )
    guides: dict[Kind, PermitGuide] = {}
    terms = PermitTerms()
    for months, kind, weeks in rows:
        if months is not None:
            terms = PermitTerms(months_max=months)
        if kind is not None:
            guides[Kind(kind)] = PermitGuide(kind=kind, weeks_max=weeks)
    return guides, terms


def _udem_files(ids: Sequence[int]) -> dict[int, UdemFile]:
    """The files at UdeM of those who accepted; without the sealed number, which nothing here reads."""
    rows = (
        UdemFile.objects.filter(offer__decision__application__in=ids, offer__status=Reply.ACCEPTED)
        .select_related("program", "offer__decision")
        .defer("number")
    )
    return {row.offer.decision.application_id: row for row in rows}
