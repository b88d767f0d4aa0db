"""What a measurement is: several runs, their median and their spread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """The same thing measured several times; the unit is the reader's to know."""

    runs: tuple[float, ...]

    @classmethod
    def of(cls, runs: Iterable[float]) -> "Figure":
        """A figure of at least one run. Raises ValueError for none."""
        kept = tuple(runs)
        if not kept:
            raise ValueError("A figure needs at least one run.")
        return cls(kept)

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest."""
        return min(self.runs), max(self.runs)

    def text(self, unit: str) -> str:
        """`34 ms (31–38)`."""
        low, high = self.spread
        return f"{short(self.median)} {unit} ({short(low)}–{short(high)})"


def short(value: float) -> str:
    """Three significant digits at most, thousands apart: `1,234`, `34.5`, `0.042`."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2f}" if size >= 1 else f"{value:.3g}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0–1) of the values does not exceed: of 20, the 19th is the p95."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[min(rank, len(ordered)) - 1]


def ratios(ours: Figure, floor: Figure) -> Figure:
    """Run by run, for measurements that took turns on the same machine."""
    return Figure.of(a / b for a, b in zip(ours.runs, floor.runs, strict=True))


@dataclass(frozen=True)
class Row:
    """One line of the table. `met`: whether the aim is reached; `beats`: whether the peer is not better."""

    work: str
    ours: str
    floor: str = "–"
    ratio: str = "–"
    aim: str = "–"
    queries: str = "–"
    peer: str = "–"
    met: bool | None = None
    beats: bool | None = None
    limit: str = ""

    @property
    def verdict(self) -> str:
        """What the last column says."""
        if self.beats is False:
            return "**worse than the peer**"
        if self.met is None:
            return "measured"
        return "met" if self.met else "**missed**"
