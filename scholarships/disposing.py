"""What the vault holds about applications whose time is over."""

from collections.abc import Iterable

from scholarships import abouts
from scholarships.vault import entries


def forget(applications: Iterable[int], candidacies: Iterable[int]) -> int:
    """Erase every entry about these rows, whoever's they are; how many there were."""
    about = [(abouts.IDENTIFICATION, f"applications.application:{pk}") for pk in applications]
    kinds = (abouts.DECLARATION, abouts.BUDGET, abouts.PROOF)
    about += [(kind, f"scholarships.candidacy:{pk}") for pk in candidacies for kind in kinds]
    return entries.dispose(about)
