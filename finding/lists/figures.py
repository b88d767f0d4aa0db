"""The yearly statistics as a list that can be taken away: what the page tells, and no more."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from finding.lists.listed import Column, Filters, Listed, Rows
from finding.permissions import works_in_office
from finding.statistics import OUTCOMES, STAGES, years


def _rows(user: Any, filters: Filters) -> Rows:
    lines = list(_lines())
    return Rows(len(lines), ((0, line) for line in lines))


def _lines() -> Iterator[tuple[str, str, str, str, int | str]]:
    """Cycle, dimension, group, stage, number: a line for each number that is told, and for each total that is not."""
    for year in years():
        everyone = _("Everyone")
        for stage, total in year.totals.items():
            if year.is_released or stage not in OUTCOMES:
                number = _("hidden") if total is None else total
                yield year.cycle.name, "", everyone, str(STAGES[stage]), number
        for table in year.tables:
            for label, counts in table.lines:
                for head, count in zip(table.heads, counts, strict=False):
                    if count is not None:
                        yield year.cycle.name, str(table.title), label, str(head), count


def _part(number: int) -> Callable[[Any], Any]:
    return lambda line: line[number]


STATISTICS = Listed(
    "statistics",
    gettext_lazy("Yearly statistics"),
    works_in_office,
    (),
    (
        Column("cycle", gettext_lazy("Cycle"), _part(0)),
        Column("by", pgettext_lazy("figures", "By"), _part(1)),
        Column("group", gettext_lazy("Group"), _part(2)),
        Column("stage", gettext_lazy("Stage"), _part(3)),
        Column("people", gettext_lazy("People"), _part(4)),
    ),
    _rows,
    of_cycle=False,
)
