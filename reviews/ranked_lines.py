"""The lines of one page of the ranked list: what each says of its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from applications.models import Application
from reviews.deserving import APART, SETTLED, WIDE
from reviews.drawing import Bar, Mark, bar, marks_of
from reviews.models import Decision, Estimate, Standing
from reviews.ranking import MEAN, Listing

SURE, HOPELESS = 995, 5


@dataclass(frozen=True)
class Line:
    """One line of the ranked list. `chance` is in per cent; None when it is not known."""

    application: Application
    standing: Standing | None
    decision: Decision | None
    rank: int
    bar: Bar | None
    chance: float | None
    is_apart: bool
    deserves: bool
    is_alone: bool
    is_last_seat: bool

    @property
    def is_sure(self) -> bool:
        """Whether hardly a draw left it without a seat."""
        return self.chance is not None and self.chance * 10 > SURE

    @property
    def is_hopeless(self) -> bool:
        """Whether hardly a draw gave it a seat."""
        return self.chance is not None and self.chance * 10 < HOPELESS


def lines(
    applications: Iterable[Application],
    listing: Listing,
    *,
    ranks: Mapping[int, int],
    seats: int | None,
    cut: Decimal | None,
    estimate: Estimate | None,
) -> list[Line]:
    """The lines of one page. `ranks`: by file, empty when the list is not in order of rank."""
    rows = list(applications)
    marks = marks_of(row.pk for row in rows)
    places = [ranks.get(row.pk, 0) for row in rows]
    lasts = _lasts(places, seats or 0)
    return [
        _line(row, listing, marks[row.pk], rank, last, cut, estimate)
        for row, rank, last in zip(rows, places, lasts, strict=True)
    ]


def _lasts(places: list[int], seats: int) -> list[bool]:
    """Behind which lines the seats end: the last one that has a seat when the next has none."""
    following = [*places[1:], 0]
    return [
        0 < place <= seats and (after > seats or place == seats)
        for place, after in zip(places, following, strict=False)
    ]


def _line(
    row: Application,
    listing: Listing,
    marks: list[Mark],
    rank: int,
    last: bool,
    cut: Decimal | None,
    estimate: Estimate | None,
) -> Line:
    standing: Standing | None = getattr(row, "standing", None)
    current: list[Decision] = row.current_decisions  # type: ignore[attr-defined]
    decision = current[0] if current else None
    # Worked out from so little, it would be taken for more than it is.
    told = standing is not None and estimate is not None and not estimate.is_thin
    thousandths = standing.chance(listing.program.code) if standing and told else None
    is_apart = bool(standing and standing.apart >= APART)
    near = bool(standing and listing.program.pk in (standing.near or []))
    settled = decision is not None and decision.status in SETTLED
    return Line(
        application=row,
        standing=standing,
        decision=decision,
        rank=rank,
        bar=bar(standing, marks, cut=cut, by_mean=listing.order == MEAN),
        chance=None if thousandths is None else thousandths / 10,
        is_apart=is_apart,
        deserves=near and not settled and (is_apart or _is_wide(standing)),
        is_alone=bool(estimate and marks) and all(_apart_from_most(estimate, one) for one in marks),
        is_last_seat=last,
    )


def _is_wide(standing: Standing | None) -> bool:
    """Whether little is known of a file."""
    if standing is None or standing.adjusted_low is None or standing.adjusted_high is None:
        return False
    return standing.adjusted_high - standing.adjusted_low >= WIDE


def _apart_from_most(estimate: Estimate | None, mark: Mark) -> bool:
    """Whether this reader shares no file with most readers, however indirectly."""
    scale = estimate.scale_of(mark.reader) if estimate else None
    return bool(scale and scale.circle)
