"""Letters of reference as those who judge a file may see them: who wrote, never at which address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from applications.models import Application, Referee, RefereeStatus
from dossiers.redacting import Mask
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


def references_of(
    application: Application, pages: Mapping[str, int] = NOWHERE, *, mask: Mask | None = None
) -> list[Reference]:
    """Those whom the file names and who have not declined, the first named first; two queries.

    With a `mask`, in a blind cycle: neither their names nor where they work.
    """
    referees = list(application.referees.counted())
    states = _states(referees)
    found = [_reference(row, states, pages) for row in referees]
    return [_nameless(row, at, mask) for at, row in enumerate(found, 1)] if mask else found


def _nameless(row: Reference, number: int, mask: Mask) -> Reference:
    """A referee's name and employer lead to who asked them: their title and how they know the person say enough."""
    name = _("Letter of reference %(number)s") % {"number": number}
    return replace(row, name=name, title=mask(row.title), organisation="")


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
