"""What the EDI officer opened, laid out to be judged: labels instead of codes, a budget by line with its totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from scholarships import abouts, budgets
from scholarships.declaring import Declared
from scholarships.held import lines_of

OF_BUDGET = frozenset({"income", "expenses", "circumstances"})
OF_DECLARATION = frozenset({"chosen", "words"})


@dataclass(frozen=True)
class Sums:
    """One side of a budget: each line with its amount, and their total."""

    title: str
    lines: list[tuple[str, Decimal]]
    total_label: str
    total: Decimal


@dataclass(frozen=True)
class Laid:
    """The two sides of a budget and what is left of them, where it is one; then each label with its text."""

    lines: list[tuple[str, str]]
    sums: list[Sums] = field(default_factory=list)
    balance: Decimal | None = None


@sensitive_variables()
def laid_out(kind: str, said: Mapping[str, Any]) -> Laid:
    """An entry of this kind in the words of the page; a part that has no words of its own comes as it was kept."""
    if kind == abouts.BUDGET:
        return _budget(said)
    if kind == abouts.DECLARATION:
        return Laid([*_declaration(said), *_rest(said, OF_DECLARATION)])
    return Laid(list(lines_of(said)))


@sensitive_variables()
def _budget(said: Mapping[str, Any]) -> Laid:
    told = budgets.read(said)
    sums = [
        Sums(_("Income of a year"), told.income, _("Total income"), told.total_income),
        Sums(_("Expenses of a year"), told.expenses, _("Total expenses"), told.total_expenses),
    ]
    own = [(_("Circumstances"), told.circumstances)] if told.circumstances else []
    return Laid([*own, *_rest(said, OF_BUDGET)], sums, told.balance)


@sensitive_variables()
def _declaration(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = dict(Declared.choices)
    if chosen := [str(labels.get(code, code)) for code in said.get("chosen", ())]:
        yield _("Declared"), "\n".join(chosen)
    if words := said.get("words"):
        yield _("In the person’s own words"), str(words)


@sensitive_variables()
def _rest(said: Mapping[str, Any], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What an earlier form may have kept under another name."""
    yield from lines_of({name: value for name, value in said.items() if name not in known})
