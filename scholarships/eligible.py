"""Who is eligible, yes or no, and never why: the panel, the office and the announcement ask here."""

from collections.abc import Iterable

from scholarships.abouts import declaration
from scholarships.models import Candidacy, Category
from scholarships.vault.entries import standing


def eligible(candidacies: Iterable[Candidacy]) -> set[int]:
    """The ids of those that may be read and given an award; their round and application are at hand.

    In Category 1 an express declaration must stand, now; the other two ask no identity question. One query of the vault.
    """
    rows = list(candidacies)
    asked = {declaration(row): row.pk for row in rows if _asks(row)}
    declared = {asked[about] for about in standing(asked)}
    return declared | {row.pk for row in rows if not _asks(row)}


def _asks(candidacy: Candidacy) -> bool:
    return candidacy.round.category == Category.WOMEN_IN_AI
