"""Letters of reference as those who judge a file may see them: who wrote, never at which address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from applications.models import Application, Referee, RefereeStatus
from papers import checking
from reviews.dossier import NOWHERE


@dataclass(frozen=True)
class Reference:
    """One referee, and the letter once it came. The name that its file had stays hidden."""

    pk: int
    name: str
    title: str
    organisation: str
    relation: str
    arrived: bool
    pages: int | None
    size: int | None
    check_state: str
    # Its first page in the bound dossier, once that is there.
    page: int | None = None


def references_of(application: Application, pages: Mapping[str, int] = NOWHERE) -> list[Reference]:
    """Those whom the file names and who have not declined, the first named first; two queries."""
    referees = list(application.referees.counted())
    states = _states(referees)
    return [_reference(row, states, pages) for row in referees]


def _states(referees: Sequence[Referee]) -> dict[str, str]:
    held = [row.sha256 for row in referees if row.sha256]
    return {sha: check.state for sha, check in checking.state_of(held).items()} if held else {}


def _reference(row: Referee, states: dict[str, str], pages: Mapping[str, int]) -> Reference:
    return Reference(
        pk=row.pk,
        name=row.name,
        title=row.title,
        organisation=row.organisation,
        relation=row.get_relation_display(),
        arrived=row.status == RefereeStatus.RECEIVED,
        pages=row.pages,
        size=row.size,
        check_state=states.get(row.sha256, ""),
        page=pages.get(f"reference-{row.pk}"),
    )
