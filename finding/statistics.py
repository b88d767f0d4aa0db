"""Yearly figures across cycles: how many came how far, by program and by who they are; never a small number.

One look-up reads every cycle. Outcomes are told once a cycle's answers are released, registrations once it is closed;
who the people are, once nothing of it changes from one day to the next: a difference of two days would tell of one.
Self-identification is not among it, and has figures of its own.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Language
from applications.models import Application, Choice, Degree, Submission
from applications.models.application import CanadaStatus
from cycles.models import Cycle, Program
from desk.models import Check
from enrolment.models import Closing
from finding.regions import REGIONS, UNKNOWN, region_of
from finding.small import OTHERS, Told, told, told_as_far
from followup.models import Filing, Reply
from reviews.models import Decision, Outcome, Release

SECONDS = 600
STAGES: dict[str, Promise] = {
    "started": pgettext_lazy("stage of figures", "Started"),
    "submitted": pgettext_lazy("stage of figures", "Submitted"),
    "complete": pgettext_lazy("stage of figures", "Complete"),
    "read": pgettext_lazy("stage of figures", "Read"),
    "offered": pgettext_lazy("stage of figures", "Offered"),
    "accepted": pgettext_lazy("stage of figures", "Said yes"),
    "filed": pgettext_lazy("stage of figures", "Filed at UdeM"),
    "registered": pgettext_lazy("stage of figures", "Registered"),
}
OUTCOMES = frozenset({"offered", "accepted", "filed", "registered"})
# Of who the people are, these stages alone: with more of them, hardly a group is large enough between two.
BY_PEOPLE = ("submitted", "offered", "registered")
NOT_FILED = (Filing.TO_FILE,)
PROGRAM = "program"
DIMENSIONS: dict[str, Promise] = {
    PROGRAM: gettext_lazy("Program of first choice"),
    "region": gettext_lazy("Region of the last studies"),
    "language": gettext_lazy("Language of correspondence"),
    "canada": gettext_lazy("Status in Canada"),
}


@dataclass(frozen=True)
class Table:
    """One cycle by one dimension, as it may be told: `lines` are labels with a number for each of its stages."""

    cycle: Cycle
    dimension: str
    stages: list[str]
    view: Told
    lines: list[tuple[str, list[int | None]]]

    @property
    def title(self) -> Promise:
        """What the rows are."""
        return DIMENSIONS[self.dimension]

    @property
    def heads(self) -> list[Promise]:
        """What the columns are."""
        return [STAGES[stage] for stage in self.stages]

    @property
    def rows(self) -> list[tuple[str, list[int | None]]]:
        """The lines with a cell for each column; nothing in it where the groups are too small to be told apart."""
        return [
            (label, [*counts, *[None] * (len(self.stages) - len(counts))])
            for label, counts in self.lines
        ]

    @property
    def sentence(self) -> str:
        """What the table says first."""
        label, counts = max(self.lines, key=lambda line: line[1][0] or 0)
        words = {"stage": STAGES[self.stages[0]], "label": label, "n": counts[0]}
        return _("%(stage)s: the largest group is “%(label)s”, with %(n)s people.") % words


@dataclass(frozen=True)
class Year:
    """One cycle: its totals at each stage (None: not told), and its tables."""

    cycle: Cycle
    is_released: bool
    is_closed: bool
    totals: dict[str, int | None]
    tables: list[Table]

    @property
    def told(self) -> list[Table]:
        """The tables that have something to say."""
        return [table for table in self.tables if table.lines]

    @property
    def untold(self) -> list[str]:
        """By what the groups are too small to be told apart: the names of those tables, in one sentence."""
        names = [str(table.title) for table in self.tables if not table.lines]
        return [name[:1].lower() + name[1:] for name in names]


def _exists(rows: Any) -> Any:
    return Exists(rows.filter(application=OuterRef("pk")))


def _counted() -> Any:
    """Everyone, in groups that share cycle, program, region, language and status; each stage within the one before."""
    last = Degree.objects.filter(application=OuterRef("pk")).exclude(country="")
    first = Choice.objects.filter(application=OuterRef("pk")).order_by("rank").values("program_id")
    accepted = Decision.objects.filter(
        application=OuterRef("pk"), is_current=True, status=Decision.Status.RELEASED
    ).filter(Q(outcome=Outcome.ACCEPT) | Q(offer__called_at__isnull=False))
    yes = accepted.filter(offer__status=Reply.ACCEPTED)
    filed = yes.filter(offer__udem_file__isnull=False).exclude(
        offer__udem_file__status__in=NOT_FILED
    )
    rows = Application.objects.order_by().annotate(
        to_program=Subquery(first[:1]),
        studied=Coalesce(
            Subquery(last.order_by("-end_year", "-pk").values("country")[:1]), Value("")
        ),
        at_submitted=_exists(Submission.objects.all()),
        at_complete=_exists(Check.objects.standing()),
        at_offered=Exists(accepted),
        at_accepted=Exists(yes),
        at_filed=Exists(filed),
        at_registered=Exists(yes.filter(offer__udem_file__status=Filing.REGISTERED)),
        spoke=F("applicant__language"),
        readings=F("standing__handed_in"),
    )
    submitted = Q(at_submitted=True)
    offered = submitted & Q(at_offered=True)
    # Whoever has an offer was read and found complete, whatever was ticked on the way.
    read = submitted & Q(readings__gte=F("cycle__reviews_per_file")) | offered
    complete = submitted & Q(at_complete=True) | read
    reached = {
        "submitted": submitted,
        "complete": complete,
        "read": read,
        "offered": offered,
        "accepted": offered & Q(at_accepted=True),
        "filed": offered & Q(at_filed=True),
        "registered": offered & Q(at_registered=True),
    }
    counts = {f"n_{stage}": Count("pk", filter=which) for stage, which in reached.items()}
    keys = ("cycle_id", "to_program", "studied", "spoke", "canada_status")
    return rows.values(*keys).annotate(n_started=Count("pk"), **counts)


KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    PROGRAM: lambda row: row["to_program"] or 0,
    "region": lambda row: region_of(row["studied"]),
    "language": lambda row: row["spoke"],
    "canada": lambda row: row["canada_status"] or UNKNOWN,
}


def years() -> list[Year]:
    """Every published cycle, the newest first; as of ten minutes ago at most."""
    groups = caches["pages"].get("statistics")
    if groups is None:
        groups = list(_counted())
        caches["pages"].set("statistics", groups, SECONDS)
    by_cycle: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in groups:
        by_cycle[row["cycle_id"]].append(row)
    done = Release.objects.filter(kind=Release.Kind.FIRST, status=Release.Status.DONE)
    released = set(done.values_list("cycle", flat=True))
    over = Closing.objects.filter(status=Closing.Status.CLOSED)
    closed = set(over.values_list("cycle", flat=True))
    programs = {row.pk: row.short for row in Program.objects.all()}
    return [
        _year(cycle, by_cycle[cycle.pk], cycle.pk in released, cycle.pk in closed, programs)
        for cycle in Cycle.objects.published().order_by("-opens_at")
    ]


def _year(
    cycle: Cycle,
    rows: list[dict[str, Any]],
    is_released: bool,
    is_closed: bool,
    programs: dict[int, str],
) -> Year:
    stages = [stage for stage in STAGES if is_released or stage not in OUTCOMES]
    funnel = _table(cycle, PROGRAM, rows, stages, programs)
    totals = dict(zip(stages, funnel.view.totals, strict=False)) if rows else {}
    people = [stage for stage in BY_PEOPLE if is_closed or stage != "registered"]
    tables = [_table(cycle, one, rows, people, programs) for one in DIMENSIONS if one != PROGRAM]
    shown = [funnel, *(tables if is_released else [])]
    every = {stage: totals.get(stage) for stage in STAGES}
    return Year(cycle, is_released, is_closed, every, shown if rows else [])


def _table(
    cycle: Cycle,
    dimension: str,
    rows: list[dict[str, Any]],
    stages: list[str],
    programs: dict[int, str],
) -> Table:
    """The groups of a dimension, as they may be told."""
    counts: dict[Any, list[int]] = {}
    for row in rows:
        sums = counts.setdefault(KEYS[dimension](row), [0] * len(stages))
        for at, stage in enumerate(stages):
            sums[at] += row[f"n_{stage}"]
    view = told_as_far(counts) if dimension == PROGRAM else told(counts)
    labels = _labels(dimension, programs)
    order = [*labels, OTHERS]
    keys = sorted(view.rows, key=lambda key: order.index(key) if key in order else len(order))
    lines = []
    for key in keys:
        told_row = view.rows[key]
        # A stage that is told in total only has its column all the same.
        cells: list[int | None] = [*told_row, *[None] * (len(stages) - len(told_row))]
        lines.append((str(labels.get(key, _("Other groups, together"))), cells))
    return Table(cycle, dimension, stages, view, lines)


def _labels(dimension: str, programs: dict[int, str]) -> dict[Any, Any]:
    labels: dict[str, dict[Any, Any]] = {
        PROGRAM: {**programs, 0: _("No program yet")},
        "region": dict(REGIONS),
        "language": dict(Language.choices),
        "canada": {**dict(CanadaStatus.choices), UNKNOWN: REGIONS[UNKNOWN]},
    }
    return labels[dimension]
