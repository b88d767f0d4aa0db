"""Category 3: a year's budget, income and expenses by line, and the circumstances; totals are worked out here and in the browser.

Amounts are Canadian dollars for one year of studies, kept as text with two decimals, so that they add up to the cent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from audit.moves import Refused
from scholarships import applying, confidences
from scholarships.models import Candidacy

CENT, MOST = Decimal("0.01"), Decimal(1_000_000)
WORDS = 500
Amounts = Mapping[str, Decimal]


class Income(models.TextChoices):
    """Where money comes from."""

    WORK = "work", gettext_lazy("Work")
    FAMILY = "family", gettext_lazy("Help from family")
    AID = "aid", gettext_lazy("Loans and government aid")
    AWARDS = "awards", gettext_lazy("Other scholarships")
    SAVINGS = "savings", gettext_lazy("Savings that can be used")
    OTHER = "other_income", gettext_lazy("Other income")


class Expense(models.TextChoices):
    """Where money goes."""

    TUITION = "tuition", gettext_lazy("Tuition and fees")
    HOUSING = "housing", gettext_lazy("Housing")
    FOOD = "food", gettext_lazy("Food")
    TRANSPORT = "transport", gettext_lazy("Transport")
    HEALTH = "health", gettext_lazy("Health and insurance")
    DEPENDANTS = "dependants", gettext_lazy("Children and people in one’s care")
    MATERIAL = "material", gettext_lazy("Books, computer, Internet")
    PERMITS = "permits", gettext_lazy("Permits and travel to Montréal")
    DEBTS = "debts", gettext_lazy("Repayment of debts")
    OTHER = "other_expense", gettext_lazy("Other expenses")


@dataclass(frozen=True)
class Budget:
    """A budget as its person, and whoever it is disclosed to, reads it: label and amount a line, and the totals."""

    income: list[tuple[str, Decimal]]
    expenses: list[tuple[str, Decimal]]
    circumstances: str

    @property
    def total_income(self) -> Decimal:
        """All that comes in."""
        return total(dict(self.income))

    @property
    def total_expenses(self) -> Decimal:
        """All that goes out."""
        return total(dict(self.expenses))

    @property
    def balance(self) -> Decimal:
        """What is left over, or lacks."""
        return self.total_income - self.total_expenses


def total(amounts: Amounts) -> Decimal:
    """The sum, with two decimals."""
    return sum(amounts.values(), Decimal(0)).quantize(CENT)


def read(said: Mapping[str, Any]) -> Budget:
    """A budget out of what the vault holds."""
    return Budget(
        income=_lines(Income, said.get("income", {})),
        expenses=_lines(Expense, said.get("expenses", {})),
        circumstances=said.get("circumstances", ""),
    )


@sensitive_variables("income", "expenses", "circumstances", "said")
@transaction.atomic
def keep(
    candidacy: Candidacy,
    *,
    income: Amounts,
    expenses: Amounts,
    circumstances: str,
    by: User,
    at: datetime,
) -> None:
    """Keep the budget in the vault, for the first time or anew, until the close. Raises Refused."""
    row = applying.writable(candidacy, by=by, at=at)
    if not expenses:
        raise Refused(_("Write at least one expense."))
    amounts = [*income.values(), *expenses.values()]
    known = set(income) <= set(Income.values) and set(expenses) <= set(Expense.values)
    if not known or not all(0 <= amount < MOST for amount in amounts):
        raise Refused(_("This cannot be recorded."))
    if sentence := applying.too_long(circumstances, WORDS):
        raise Refused(sentence)
    said = {
        "income": _kept(income),
        "expenses": _kept(expenses),
        "circumstances": circumstances.strip(),
    }
    confidences.keep(row, said, by=by, at=at)


def _kept(amounts: Amounts) -> dict[str, str]:
    return {code: str(amount.quantize(CENT)) for code, amount in amounts.items()}


def _lines(labels: type[models.TextChoices], kept: Mapping[str, str]) -> list[tuple[str, Decimal]]:
    return [
        (str(labels(code).label), Decimal(kept[code])) for code in labels.values if code in kept
    ]
