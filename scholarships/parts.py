"""The confidential part of each category that has one: its form, its page, the verb that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from scholarships import budgets, declaring
from scholarships.forms.budget import BudgetForm
from scholarships.forms.declaration import DeclarationForm
from scholarships.models import Candidacy, Category


@dataclass(frozen=True)
class Part:
    """What differs between categories; the address is one, so that it tells nothing."""

    form: type[Any]
    keep: Callable[..., None]
    template: str
    title: Any
    purpose: Any
    erase: Any


PARTS: dict[str, Part] = {
    Category.WOMEN_IN_AI: Part(
        DeclarationForm,
        declaring.declare,
        "scholarships/declaration.html",
        _("My declaration"),
        _(
            "This scholarship is kept for people whom the field has left out. Your declaration has one purpose: to know "
            "that you are eligible. It is compared with nothing, and nobody asks you to prove it."
        ),
        _("Take my declaration back"),
    ),
    Category.SOCIOECONOMIC: Part(
        BudgetForm,
        budgets.keep,
        "scholarships/budget.html",
        _("My budget"),
        _(
            "These figures have one purpose: that the EDI officer judges how great the need is. Round amounts will do; "
            "a proof is asked only of the few who are shortlisted."
        ),
        _("Erase my budget"),
    ),
}


def part_of(candidacy: Candidacy) -> Part | None:
    """The confidential part of this application; None where its category asks for nothing."""
    return PARTS.get(candidacy.round.category)
