"""The strip of figures above the board: how many are how far."""

from collections.abc import Iterable
from dataclasses import dataclass

from enrolment.listing import Entry
from followup.models import ADMITTED, Filing, Reply

# Behind "filed", whatever came of it.
FILED = frozenset(Filing) - {Filing.TO_FILE}


@dataclass(frozen=True)
class Figures:
    """How many people are how far, of a list of them."""

    offers: int
    open: int
    yes: int
    no: int
    expired: int
    called: int
    filed: int
    missing: int
    complete: int
    admitted: int
    conditional: int
    permits: int
    registered: int
    left: int

    @property
    def standing(self) -> int:
        """Those whose place is taken, or may still be."""
        return self.offers - self.no - self.expired - self.left


def figures(rows: Iterable[Entry]) -> Figures:
    """Counted in one go."""
    rows = list(rows)
    every = [row.place for row in rows]
    yes = [place for place in every if place.said_yes]
    here = [place for place in every if not place.is_gone]
    complete = [row for row in yes if row.filing in ADMITTED or row.documents_done_on]
    still = [row for row in rows if not row.place.is_over]
    return Figures(
        offers=len(every),
        open=sum(place.reply == Reply.OPEN for place in here),
        yes=len(yes),
        no=sum(place.reply == Reply.DECLINED for place in every),
        expired=sum(place.reply == Reply.EXPIRED for place in every),
        called=sum(place.called_at is not None for place in every),
        filed=sum(place.filing in FILED for place in yes),
        missing=sum(place.filing == Filing.TO_FILE for place in yes),
        complete=len(complete),
        admitted=sum(place.filing in ADMITTED for place in yes),
        conditional=sum(place.filing == Filing.CONDITIONAL for place in yes),
        permits=sum(row.permits.under_way for row in still),
        registered=sum(place.filing == Filing.REGISTERED for place in yes),
        left=sum(_left(place.reply, place.is_gone, place.filing) for place in every),
    )


def _left(reply: str, gone: bool, filing: str) -> bool:
    """Whether a place was given up otherwise than by a no or by silence."""
    if reply in (Reply.DECLINED, Reply.EXPIRED):
        return False
    return gone or filing in (
        *(Filing.REFUSED, Filing.CLOSED, Filing.DEFERRED, Filing.NOT_REGISTERED),
    )
