"""Figures of self-identification for the EDI officer: stage by stage, each given out once its stage is over, and for ever.

The stages lie within each other: who submitted; whom the release selected; who of these said yes; who of these registered.
People called from the waitlist later are in the first stage alone, as a stage is given out once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.permissions import protects
from applications.models import Application
from audit.models import subject_of
from audit.moves import Refused
from cycles.clock import end_of
from cycles.models import Cycle
from enrolment.models import Closing
from followup.models import Filing, Offer, Reply
from reviews.models import Decision, Outcome, Release
from scholarships.abouts import IDENTIFICATION, identification_of
from scholarships.dimensions import DIMENSIONS, PREFER_NOT, QUESTIONS, Dimension
from scholarships.vault import counting
from scholarships.vault.counting import Figures

FOUR_FIFTHS = 0.8
Applications = QuerySet[Application]


@dataclass(frozen=True)
class Stage:
    """A step of the selection: who came as far, since when that cannot change, and when that is likely."""

    code: str
    label: Promise
    people: Callable[[Cycle], Applications]
    is_over: Callable[[Cycle, datetime], bool]
    expected: Callable[[Cycle], date | datetime | None]


def _submitted(cycle: Cycle) -> Applications:
    return Application.objects.filter(cycle=cycle, submissions__isnull=False).distinct()


def _selected(cycle: Cycle) -> Applications:
    accepted = Decision.objects.released().filter(outcome=Outcome.ACCEPT)
    return Application.objects.filter(cycle=cycle, pk__in=accepted.values("application"))


def _accepted(cycle: Cycle) -> Applications:
    offers = Offer.objects.filter(status=Reply.ACCEPTED)
    return _selected(cycle).filter(pk__in=offers.values("decision__application"))


def _registered(cycle: Cycle) -> Applications:
    offers = Offer.objects.filter(status=Reply.ACCEPTED, udem_file__status=Filing.REGISTERED)
    return _selected(cycle).filter(pk__in=offers.values("decision__application"))


def _has_closed(cycle: Cycle, at: datetime) -> bool:
    late = Application.objects.filter(cycle=cycle, late_until__gt=at)
    return at > cycle.closes_at + timedelta(minutes=cycle.grace_minutes) and not late.exists()


def _is_released(cycle: Cycle, at: datetime) -> bool:
    kinds = Release.objects.filter(cycle=cycle, kind=Release.Kind.FIRST)
    done = kinds.filter(status=Release.Status.DONE)
    return done.exists() and not kinds.unfinished().exists()


def _has_replied(cycle: Cycle, at: datetime) -> bool:
    waits = Offer.objects.filter(decision__application__in=_selected(cycle), status=Reply.OPEN)
    return at > end_of(cycle.reply_by) and not waits.exists()


def _is_closed(cycle: Cycle, at: datetime) -> bool:
    return Closing.objects.filter(cycle=cycle, status=Closing.Status.CLOSED).exists()


STAGES: tuple[Stage, ...] = (
    Stage(
        "submitted",
        pgettext_lazy("stage of figures", "Submitted"),
        _submitted,
        _has_closed,
        lambda cycle: cycle.closes_at,
    ),
    Stage(
        "selected",
        gettext_lazy("Selected by Mila"),
        _selected,
        _is_released,
        lambda cycle: cycle.release_on,
    ),
    Stage(
        "accepted",
        gettext_lazy("Said yes"),
        _accepted,
        _has_replied,
        lambda cycle: cycle.reply_by,
    ),
    Stage("registered", gettext_lazy("Registered"), _registered, _is_closed, lambda cycle: None),
)


def scope_of(cycle: Cycle) -> str:
    """How the vault names a cycle."""
    return subject_of(cycle)


def given(cycle: Cycle, *, by: User) -> dict[str, list[Figures]]:
    """What was given out so far, by question. Raises Refused for anybody but the EDI officer."""
    return counting.published(scope_of(cycle), QUESTIONS, by=by)


def next_stage(cycle: Cycle, reached: int, *, at: datetime) -> tuple[Stage | None, bool]:
    """The stage after those given out, and whether it is over."""
    if reached >= len(STAGES):
        return None, False
    return STAGES[reached], STAGES[reached].is_over(cycle, at)


def give_out(cycle: Cycle, *, by: User, at: datetime) -> Stage:
    """Count the next stage and give its figures out, for ever. Raises Refused while it is not over."""
    if not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)
    reached = len(given(cycle, by=by)[QUESTIONS[0].code])
    stage, is_over = next_stage(cycle, reached, at=at)
    if stage is None:
        raise Refused(_("Every stage of this cycle has its figures."))
    if not is_over:
        raise Refused(_("This stage is not over: its figures could be told apart from later ones."))
    # What was given out before is not counted again: the vault has it.
    people = stage.people(cycle).values_list("pk", flat=True)
    subjects: list[list[str]] = [[] for _earlier in range(reached)]
    subjects.append([identification_of(pk) for pk in people])
    counting.counts_all(scope_of(cycle), IDENTIFICATION, QUESTIONS, subjects, by=by)
    return stage


@dataclass(frozen=True)
class Cell:
    """One answer at one stage: how many, their share in percent, the ratio; None where that is hidden."""

    count: int | None
    share: int | None
    ratio: float | None


@dataclass(frozen=True)
class Line:
    """One answer, through the stages: how many, None where that is hidden; and how it fared from each to the next."""

    code: str
    label: Promise | str
    counts: list[int | None]
    shares: list[int | None]
    ratios: list[float | None]

    @property
    def cells(self) -> list[Cell]:
        """Stage by stage."""
        rows = zip(self.counts, self.shares, self.ratios, strict=True)
        return [Cell(*row) for row in rows]


@dataclass(frozen=True)
class Impact:
    """How often people of one answer went on, compared with the answer that went on most often."""

    stage: Promise
    option: str
    most: str
    ratio: float

    @property
    def is_low(self) -> bool:
        """Under four fifths."""
        return self.ratio < FOUR_FIFTHS

    @property
    def sentence(self) -> str:
        """The ratio in words."""
        told: dict[str, Any] = {
            "stage": self.stage,
            "option": self.option,
            "most": self.most,
            "ratio": number_format(self.ratio, 2),
        }
        return _("%(stage)s: “%(option)s” went on %(ratio)s times as often as “%(most)s”.") % told


@dataclass(frozen=True)
class Table:
    """The figures of one question."""

    dimension: Dimension
    figures: list[Figures]

    @property
    def stages(self) -> list[tuple[Stage, int | None]]:
        """The stages given out, each with how many answered."""
        return [(stage, row.total) for stage, row in zip(STAGES, self.figures, strict=False)]

    @property
    def says_something(self) -> bool:
        """Whether there is a cell to see at all."""
        return any(row.total is not None for row in self.figures)

    @property
    def sentence(self) -> str:
        """What the figures say first: the answer that most gave at the last stage of which something is known."""
        known = [number for number, row in enumerate(self.figures) if row.total is not None]
        number = known[-1]
        told = [line for line in self.lines if line.counts[number] is not None]
        words: dict[str, Any] = {"stage": STAGES[number].label, "n": self.figures[number].total}
        if not told:
            return _("%(stage)s: %(n)s people answered; each answer is hidden.") % words
        most = max(told, key=lambda line: line.counts[number] or 0)
        words |= {"answer": most.label, "percent": most.shares[number]}
        return (
            _(
                "%(stage)s: of the %(n)s people who answered, the largest share that is shown chose "
                "“%(answer)s” (%(percent)s%%)."
            )
            % words
        )

    @cached_property
    def lines(self) -> list[Line]:
        """Each answer in the order of the question."""
        return [self._line(code, label) for code, label in self.dimension.told]

    def _line(self, code: str, label: Promise | str) -> Line:
        counts = [row.cells.get(code) for row in self.figures]
        shares = [
            None if count is None or not row.total else round(100 * count / row.total)
            for count, row in zip(counts, self.figures, strict=True)
        ]
        ratios = [None, *(self._ratio(number, code) for number in range(1, len(self.figures)))]
        return Line(code, label, counts, shares, ratios)

    def _ratio(self, number: int, code: str) -> float | None:
        most = self._most(number)
        if not most or code == PREFER_NOT:
            return None
        return counting.ratio(self.figures[number], self.figures[number - 1], code, most)

    def _most(self, number: int) -> str:
        """The answer whose people went on most often to this stage; none where fewer than two can be told."""
        chosen, among = self.figures[number], self.figures[number - 1]
        rates: dict[str, float] = {}
        for code, _label in self.dimension.told:
            on, of = chosen.cells.get(code), among.cells.get(code)
            if code != PREFER_NOT and on is not None and of:
                rates[code] = on / of
        return max(rates, key=lambda code: rates[code]) if len(rates) > 1 else ""

    @cached_property
    def impacts(self) -> list[Impact]:
        """One sentence for each ratio that the cells allow, but for the answer that others are compared with."""
        labels = {code: str(label) for code, label in self.dimension.told}
        found = []
        for number in range(1, len(self.figures)):
            most = self._most(number)
            for line in self.lines:
                ratio = line.ratios[number]
                if ratio is not None and line.code != most:
                    stage = STAGES[number].label
                    found.append(Impact(stage, labels[line.code], labels[most], ratio))
        return found


def tables(cycle: Cycle, *, by: User) -> list[Table]:
    """Every question with what was given out of it. Raises Refused for anybody but the EDI officer."""
    found = given(cycle, by=by)
    return [Table(one, found[one.code]) for one in DIMENSIONS]
