"""A reader beside the group, told to that reader alone; and the group's spread, told without any name.

Nothing of the group shows before four readers have scored every anchor file, and its figures move by four
readers at a time: nobody can tell what the last one gave by looking before and after.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import fmean, median
from typing import Any

from accounts.models import User
from committee.models import Anchor, AnchorReading
from cycles.models import Cycle
from reviews.models import Assignment, Criterion, Review
from reviews.scoring import weighted_mean

BY = 4
# Below a quarter of a point, two readers read alike.
ALIKE = 0.25
# Real marks are compared ten by ten, once there are twenty.
WINDOW = 10

Values = Mapping[str, int | None]


@dataclass(frozen=True)
class Group:
    """Those whose values count together: anchor's id → the values of each reader, without their names."""

    size: int = 0
    finished: frozenset[int] = frozenset()
    values: Mapping[int, Sequence[Values]] = field(default_factory=dict, repr=False)

    @property
    def is_large_enough(self) -> bool:
        """Whether anything of it may be shown."""
        return self.size >= BY

    def of(self, anchor: Anchor, criterion: Criterion) -> list[int]:
        """What the group gave, without those who could not judge; nothing when fewer than four could."""
        told = (each.get(str(criterion.pk)) for each in self.values.get(anchor.pk, ()))
        judged = [value for value in told if value is not None]
        return judged if len(judged) >= BY else []


def group_of(cycle: Cycle) -> Group:
    """Everyone who scored every anchor file of the cycle, in the order of finishing, by fours; two queries."""
    anchors = set(Anchor.objects.complete().filter(cycle=cycle).values_list("pk", flat=True))
    rows = AnchorReading.objects.filter(anchor__in=anchors)
    told: dict[int, dict[int, tuple[Any, datetime]]] = defaultdict(dict)
    for reader, anchor, values, at in rows.values_list("reader", "anchor", "values", "done_at"):
        told[reader][anchor] = (values, at)
    finished = {
        reader: max(at for _values, at in own.values())
        for reader, own in told.items()
        if len(own) == len(anchors)
    }
    ordered = sorted(finished, key=lambda reader: (finished[reader], reader))
    counted = ordered[: len(ordered) // BY * BY]
    values = {anchor: [told[reader][anchor][0] for reader in counted] for anchor in anchors}
    return Group(len(counted), frozenset(finished), values)


@dataclass(frozen=True)
class Cell:
    """One criterion of one anchor file: the reader's value, the group's median, what the committee agreed on."""

    anchor: Anchor
    own: int | None
    median: float | None
    reference: int | None


@dataclass(frozen=True)
class Row:
    """One criterion over all anchor files."""

    criterion: Criterion
    cells: list[Cell]

    @property
    def apart(self) -> float | None:
        """How far above the group the reader is, in points; None where nothing can be compared."""
        told = [
            cell.own - cell.median
            for cell in self.cells
            if cell.own is not None and cell.median is not None
        ]
        return fmean(told) if told else None

    @property
    def halves(self) -> int:
        """The same, without its sign, in half points, four at most."""
        return min(4, round(abs(self.apart or 0) * 2))

    @property
    def is_alike(self) -> bool:
        """Whether the reader reads as the others do, taken together."""
        return self.apart is not None and abs(self.apart) < ALIKE

    @property
    def swings(self) -> bool:
        """Whether they do so only because one file makes up for another: a whole point off in both directions."""
        gaps = [c.own - c.median for c in self.cells if c.own is not None and c.median is not None]
        return self.is_alike and min(gaps) <= -1 and max(gaps) >= 1

    @property
    def is_stricter(self) -> bool:
        """Whether the reader gives less."""
        return (self.apart or 0) < 0


def compared(lines: Sequence[Any], criteria: Sequence[Criterion], group: Group) -> list[Row]:
    """Each criterion with its cells; `lines` are the reader's own (`calibration.lines_of`)."""

    def cell(line: Any, criterion: Criterion) -> Cell:
        key, given = str(criterion.pk), group.of(line.anchor, criterion)
        return Cell(
            anchor=line.anchor,
            own=line.reading.values.get(key),
            median=median(given) if given else None,
            reference=line.anchor.reference.get(key),
        )

    return [Row(each, [cell(line, each) for line in lines if line.reading]) for each in criteria]


@dataclass(frozen=True)
class Spread:
    """How one criterion is read by the group: how many of their values are within half a point of the median."""

    criterion: Criterion
    alike: int | None
    widest: Anchor | None


def spreads(cycle: Cycle, group: Group) -> list[Spread]:
    """For coordinators: in percent, by criterion, with the file on which readers differ the most. No names."""
    anchors = list(Anchor.objects.complete().filter(cycle=cycle))
    return [_spread(each, anchors, group) for each in cycle.criteria.all()]


def _spread(criterion: Criterion, anchors: list[Anchor], group: Group) -> Spread:
    given = {anchor: group.of(anchor, criterion) for anchor in anchors}
    far = {
        anchor: [abs(value - median(values)) for value in values]
        for anchor, values in given.items()
        if values
    }
    every = [distance for distances in far.values() for distance in distances]
    if not every:
        return Spread(criterion, None, None)
    alike = round(100 * sum(distance <= 0.5 for distance in every) / len(every))
    widest = max(far, key=lambda anchor: fmean(far[anchor]))
    return Spread(criterion, alike, widest if fmean(far[widest]) > 0 else None)


@dataclass(frozen=True)
class Drift:
    """The means of a reader's real marks, ten by ten in the order of handing in, beside their anchor files."""

    anchors: Decimal | None
    windows: list[Decimal]

    @property
    def shift(self) -> Decimal:
        """The last ten against the first ten, in points."""
        return self.windows[-1] - self.windows[0]

    @property
    def is_steady(self) -> bool:
        """Whether that is too little to say anything: files differ too."""
        return abs(self.shift) < Decimal("0.5")


def drift_of(reader: User, cycle: Cycle, lines: Sequence[Any]) -> Drift | None:
    """How this reader's marks move, once twenty are handed in; two queries, one reader, nobody else's rows."""
    rows = Review.objects.filter(
        assignment__in=Assignment.objects.of(reader).filter(application__cycle=cycle),
        handed_in_at__isnull=False,
    )
    marks = list(rows.order_by("handed_in_at", "pk").values_list("mark", flat=True))
    if len(marks) < 2 * WINDOW:
        return None
    starts = range(0, len(marks) - WINDOW + 1, WINDOW)
    # What is left over joins the last ten: no window is smaller than ten.
    ends = [*starts[1:], len(marks)]
    windows = [mean(marks[start:end]) for start, end in zip(starts, ends, strict=True)]
    weights = dict(cycle.criteria.values_list("pk", "weight"))
    own = [
        weighted_mean((weights[pk], line.reading.values.get(str(pk))) for pk in weights)
        for line in lines
        if line.reading
    ]
    judged = [mark for mark in own if mark is not None]
    return Drift(mean(judged) if judged else None, windows)


def mean(marks: Sequence[Any]) -> Decimal:
    """The mean of marks, which have three decimals."""
    return Decimal(sum(marks)) / len(marks)
