"""The yearly statistics: the cycles beside each other, then each by program and by who the people are."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from accounts.door import only
from finding.permissions import works_in_office
from finding.small import fewest
from finding.statistics import STAGES, Year, years

# A bar of the drawing: the width of the whole, in its own units.
WIDE, HIGH = 400, 14
DRAWN = ("submitted", "offered", "registered")


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing."""

    y: int
    width: int
    stage: str
    label: str


def _bars(told: list[Year]) -> list[tuple[Year, list[Bar], int]]:
    """Three bars a cycle, on one scale."""
    most = max((year.totals["submitted"] or 0 for year in told), default=0) or 1
    found = []
    for year in told:
        bars = [
            Bar(at * (HIGH + 2), round(WIDE * count / most), stage, f"{STAGES[stage]} {count}")
            for at, stage in enumerate(DRAWN)
            if (count := year.totals[stage]) is not None
        ]
        found.append((year, bars, (HIGH + 2) * len(DRAWN)))
    return found


def _sentence(told: list[Year]) -> str:
    """What the drawing says: the newest cycle against the one before."""
    known = [(year.cycle.name, count) for year in told if (count := year.totals["submitted"])]
    if not known:
        return _("No cycle has enough applications to be told yet.")
    (name, count), *others = known
    words: dict[str, Any] = {"name": name, "n": count}
    if not others:
        return _("%(name)s: %(n)s applications submitted.") % words
    words |= {"before": others[0][0], "m": others[0][1]}
    return _("%(name)s: %(n)s applications submitted; %(before)s: %(m)s.") % words


@only(works_in_office)
@require_safe
def statistics(request: Asked) -> HttpResponse:
    """Every cycle, with nothing in it from which a number under five could be worked out."""
    told = years()
    context = {
        "years": told,
        "stages": STAGES.values(),
        "drawn": _bars(told),
        "sentence": _sentence(told),
        "fewest": fewest(),
        "wide": WIDE,
        "high": HIGH,
    }
    return render(request, "finding/statistics.html", context)
