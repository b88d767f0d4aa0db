"""The rounds as one person sees them: theirs, open, coming or closed; and what is next, in a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models.application import GONE
from cycles.models import Cycle
from followup.situation import Situation, State, of_person
from scholarships import applying, confidences
from scholarships.eligibility import why_not
from scholarships.models import Candidacy, Round, Standing
from scholarships.models.round import RoundQuerySet
from scholarships.outcomes import Outcome, outcome_of

# No award goes with these, as their person knows already.
GONE_STATES = (State.WITHDRAWN, State.INCOMPLETE)
WITHOUT_A_PLACE = (
    *(State.NOT_SELECTED, State.DECLINED, State.LAPSED, State.WAIT_OVER),
    *(State.UDEM_REFUSED, State.UDEM_CLOSED, State.DEFERRED, State.NOT_REGISTERED),
)


class Place(StrEnum):
    """Where a round stands for its reader."""

    MINE = "mine"
    OPEN = "open"
    COMING = "coming"
    CLOSED = "closed"


@dataclass(frozen=True)
class Seen:
    """A round, in the eyes of one person, at a moment; `candidacy` is theirs."""

    round: Round
    situation: Situation | None
    at: datetime
    candidacy: Candidacy | None = None

    @cached_property
    def place(self) -> Place:
        """Where it stands for them."""
        if self.candidacy:
            return Place.MINE
        if self.at < self.round.opens_at:
            return Place.COMING
        return Place.OPEN if self.is_open else Place.CLOSED

    @property
    def is_open(self) -> bool:
        """Whether it takes applications now."""
        return self.round.accepts(self.at)

    @cached_property
    def why_not(self) -> str:
        """Why they may not apply, whatever the date; empty when they may."""
        return why_not(self.round, self.situation)

    @property
    def is_over(self) -> bool:
        """Whether the day it closes has passed."""
        return self.at >= self.round.closes_at

    @property
    def may_begin(self) -> bool:
        """Whether the button is there."""
        return self.candidacy is None and self.is_open and not self.why_not

    @property
    def may_write(self) -> bool:
        """Whether what was begun may still be changed."""
        return bool(self.candidacy and self.candidacy.status in applying.WRITABLE and self.is_open)

    @property
    def is_eligible(self) -> bool:
        """Whether what is asked in confidence is agreed to; without it, it is not read."""
        return self.candidacy is not None and confidences.agreed(self.candidacy)

    @property
    def may_restore(self) -> bool:
        """Whether a withdrawal can still be undone."""
        withdrawn = self.candidacy and self.candidacy.status == Standing.WITHDRAWN
        return bool(withdrawn and self.is_open and not self.why_not)

    @cached_property
    def outcome(self) -> Outcome | None:
        """The answer, once it is shown to its person; None before, and where nothing was sent."""
        return outcome_of(self.candidacy, self.at) if self.candidacy else None

    @property
    def asks_proof(self) -> bool:
        """Whether a proof is asked of this person now; never beside an answer."""
        mine = self.candidacy
        sent = mine is not None and mine.status == Standing.SUBMITTED and self.outcome is None
        return bool(sent and mine and mine.shortlisted_at and self.is_eligible)

    @property
    def next(self) -> str:
        """What is next, in a line; no look into the vault."""
        mine = self.candidacy
        if mine is None:
            return self._next_of_others()
        if self.outcome:
            return self.outcome.line
        if mine.status == Standing.WITHDRAWN:
            return _("You withdrew this application.")
        if mine.status == Standing.DRAFT:
            return self._next_of_draft()
        return self._why_in_vain() or self._next_of_sent(mine)

    def _next_of_draft(self) -> str:
        if self.is_open:
            return self.why_not or _("A draft: send it before the close for it to count.")
        return _("It was not sent before the close: it does not count.")

    def _why_in_vain(self) -> str:
        """Why no award can come of what was sent; empty while one can."""
        state = self.situation.state if self.situation else None
        if state in GONE_STATES:
            return _("Your application for admission is no longer there: this one is not read.")
        if not self.is_eligible and self.is_open:
            return _(
                "What you confided is erased: give it again before the close, or it is not read."
            )
        if not self.is_eligible:
            return _("What you confided is erased: this application is not eligible.")
        if state in WITHOUT_A_PLACE:
            return _(
                "It is in, but an award goes with a place in a program, and there is none now."
            )
        return ""

    def _next_of_sent(self, mine: Candidacy) -> str:
        if self.is_open and applying.is_changed(mine):
            return _("You changed it since you sent it: send it again for the changes to count.")
        if self.asks_proof:
            return _("A proof of your budget is asked.")
        if self.is_open:
            return _("It is in. You may change it until the close.")
        return _(
            "It is in. The panel reads it once admission is decided, and its answer comes here."
        )

    def _next_of_others(self) -> str:
        if self.place == Place.COMING:
            return _("Not open yet.")
        return self.why_not or _("You may apply.") if self.is_open else _("Closed.")


def seen_by(user: User, *, at: datetime) -> list[Seen]:
    """The published rounds of this person's cycles, and of the cycle that everybody sees now; theirs first."""
    situations = of_person(user, at=at)
    current = Cycle.objects.current()
    cycles = {one.cycle.pk for one in situations if one.cycle} | (
        {current.pk} if current else set()
    )
    rows = rounds_for(user).filter(cycle__in=cycles)
    found = [in_the_eyes(row, situations, at=at) for row in rows]
    return sorted(found, key=lambda one: list(Place).index(one.place))


def rounds_for(user: User) -> RoundQuerySet:
    """Published rounds with this person's own application in each."""
    own = Candidacy.objects.own(user).select_related("application", "result", "award")
    own = own.order_by("pk")
    return (
        Round.objects.published()
        .select_related("cycle")
        .prefetch_related("programs", Prefetch("candidacies", queryset=own, to_attr="own"))
    )


def in_the_eyes(row: Round, situations: Sequence[Situation], *, at: datetime) -> Seen:
    """One round of `rounds_for`, for the person of these files."""
    of_cycle = [one for one in situations if one.application and one.cycle == row.cycle]
    live = [one for one in of_cycle if one.application and one.application.status not in GONE]
    own = {one.application_id: one for one in row.own}  # type: ignore[attr-defined]
    for situation in (*live, *of_cycle):
        candidacy = own.get(situation.application.pk)  # type: ignore[union-attr]
        if candidacy:
            candidacy.round = row
            return Seen(row, situation, at, candidacy)
    return Seen(row, next(iter((*live, *of_cycle)), None), at)
