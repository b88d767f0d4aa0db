"""Category 3: the budget of a year by line, the circumstances, and the consent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from applications.forms.figures import Figure
from applications.forms.text import printable
from scholarships.budgets import MOST, WORDS, Expense, Income, total
from scholarships.forms.declaration import agreement
from scholarships.forms.statement import CountedWords
from scholarships.models import Candidacy

PARTS = (("income", Income), ("expenses", Expense))


class BudgetForm(forms.Form):
    """One amount a line; an empty one is not kept."""

    def __init__(
        self, *args: Any, candidacy: Candidacy, said: dict[str, Any] | None, **kwargs: Any
    ) -> None:
        kept = said or {}
        initial: dict[str, Any] = {
            f"{part}-{code}": Decimal(amount)
            for part, _labels in PARTS
            for code, amount in kept.get(part, {}).items()
        }
        initial |= {"circumstances": kept.get("circumstances", ""), "agree": said is not None}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for part, labels in PARTS:
            for code, label in labels.choices:
                self.fields[f"{part}-{code}"] = field = Figure(
                    label=label, min_value=Decimal(0), max_value=MOST - 1, decimal_places=2
                )
                field.widget.attrs["data-sum"] = part
        self.fields["circumstances"] = CountedWords(
            label=_("Circumstances"),
            words=WORDS,
            rows=8,
            validators=[printable],
            help_text=_(
                "What the figures do not say: people in your care, a change of situation, a debt. At most %(limit)s words."
            )
            % {"limit": WORDS},
        )
        self.fields["circumstances"].widget.attrs["dir"] = "auto"
        self.fields["agree"] = agreement(candidacy)

    def clean(self) -> dict[str, Any]:
        """There is something to pay."""
        data = super().clean() or {}
        misread = any(name.startswith("expenses-") for name in self.errors)
        if not misread and not self.amounts("expenses"):
            self.add_error(f"expenses-{Expense.TUITION}", _("Write at least one expense."))
        return data

    def amounts(self, part: str) -> dict[str, Decimal]:
        """The amounts of `income` or `expenses`, by the code of their line; unread ones left out."""
        start = f"{part}-"
        return {
            name.removeprefix(start): value
            for name, value in getattr(self, "cleaned_data", self.initial).items()
            if name.startswith(start) and value is not None
        }

    def said(self) -> dict[str, Any]:
        """What `budgets.keep` takes."""
        return {
            "income": self.amounts("income"),
            "expenses": self.amounts("expenses"),
            "circumstances": self.cleaned_data["circumstances"],
        }

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Each table as the page lays it out: its lines and its total."""
        titles = {"income": _("Income of a year"), "expenses": _("Expenses of a year")}
        totals = {"income": _("Total income"), "expenses": _("Total expenses")}
        return [
            {
                "name": part,
                "title": titles[part],
                "total_label": totals[part],
                "lines": [self[f"{part}-{code}"] for code in labels.values],
                "total": total(self.amounts(part)),
            }
            for part, labels in PARTS
        ]

    @property
    def balance(self) -> Decimal:
        """What is left over, or lacks."""
        return total(self.amounts("income")) - total(self.amounts("expenses"))
