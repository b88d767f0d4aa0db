"""One page of the board, dressed: names, numbers for coordinators, pips with their words, reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from cycles.clock import day_of
from cycles.models import Program
from enrolment.links import address_of
from enrolment.listing import Board, Entry
from enrolment.permitting import Pip
from enrolment.reminding import kind_for, reminded
from enrolment.silence import NEVER, Reminded
from enrolment.steps import Step, pips_of, words_of
from followup.models import Offer, Reply
from reviews.models import Decision

# How a pip looks: its words, tone, icon; without an icon, the words themselves are shown.
LOOKS: dict[Pip, tuple[str | Promise, str, str]] = {
    Pip.DONE: (_("done"), "ok", "check"),
    Pip.UNDER_WAY: (_("in progress"), "time", "circle-dot"),
    Pip.LATE: (_("overdue"), "bad", "triangle-alert"),
    Pip.NOT_YET: (_("not yet"), "", "circle"),
    Pip.REFUSED: (_("ended"), "bad", "x"),
    Pip.NOT_NEEDED: (_("n/a"), "", ""),
    Pip.NEVER: ("–", "", ""),
}
REPLIES = {
    Reply.OPEN: ("time", "clock"),
    Reply.ACCEPTED: ("ok", "check"),
    Reply.DECLINED: ("", "minus"),
    Reply.EXPIRED: ("bad", "triangle-alert"),
}


STEPS = (
    *(_("Filed"), _("Documents"), _("Decision"), _("UdeM offer")),
    *(_("CAQ"), _("Study permit"), _("Co-op permit"), _("Registered")),
)


@dataclass(frozen=True)
class Row:
    """A line of the board; costs no query."""

    board: Board
    entry: Entry
    decision: Decision
    program: Program
    reminded: Reminded

    @property
    def application(self) -> Application:
        """The file."""
        return self.decision.application

    @property
    def number(self) -> str:
        """The number at UdeM; only ever asked for by coordinators' pages."""
        offer: Offer | None = getattr(self.decision, "offer", None)
        udem_file = getattr(offer, "udem_file", None)
        return udem_file.number if udem_file and coordinates(self.board.user) else ""

    @property
    def care(self) -> str:
        """Who looks after the person; empty for nobody."""
        care = getattr(self.application, "care", None)
        return str(care.coordinator) if care else ""

    @property
    def reply(self) -> dict[str, Any]:
        """The reply as a tag."""
        reply = Reply(self.entry.place.reply)
        tone, icon = REPLIES[reply]
        return {"tone": tone, "icon": icon, "label": reply.label}

    @property
    def pips(self) -> list[tuple[str | Promise, str, str]]:
        """The eight steps."""
        entry, today = self.entry, day_of(self.board.at)
        return [LOOKS[pip] for pip in pips_of(entry.place, entry.next, entry.permits, today)]

    @property
    def named_pips(self) -> list[tuple[Promise, tuple[str | Promise, str, str]]]:
        """The eight steps with their names."""
        return list(zip(STEPS, self.pips, strict=True))

    @property
    def step(self) -> str | Promise:
        """The next step in words."""
        return words_of(self.entry.place, self.entry.next, self.entry.permits)

    @property
    def calls_the_waitlist(self) -> bool:
        """Whether the place is free for the next person."""
        return self.entry.next.step == Step.CALL

    @property
    def waitlist(self) -> str:
        """Where the next person of the program is called."""
        page = address_of("calls") or reverse("waitlist")
        return f"{page}?cycle={self.board.cycle.code}&program={self.program.code}"

    @property
    def days(self) -> int | None:
        """How many days are left; below zero when it is late."""
        due = self.entry.next.due
        return (due - day_of(self.board.at)).days if due else None

    @property
    def late_by(self) -> int:
        """How many days late."""
        return max(-(self.days or 0), 0)

    @property
    def silent_for(self) -> int:
        """Days since the last sign of life, or since our answer."""
        place = self.entry.place
        since = self.entry.sign or place.called_at or place.answered_at
        return (self.board.at - since).days if since else 0

    @property
    def is_to_call(self) -> bool:
        """Whether another letter helps little: silent after two of them."""
        return self.entry.silent and self.reminded.times > 1

    @property
    def kind(self) -> str:
        """The reminder that fits."""
        return kind_for(self.entry).value

    @property
    def is_waited_for(self) -> bool:
        """Whether a reminder could help."""
        return self.entry.next.theirs


def rows_of(board: Board, entries: Sequence[Entry]) -> list[Row]:
    """Lines for one page, in two queries. Numbers at UdeM are fetched for coordinators only."""
    ids = [row.place.decision for row in entries]
    found = (
        Decision.objects.select_related("application__care__coordinator", "offer__udem_file")
        .only(
            *("application__number", "application__first_names", "application__last_names"),
            *("application__cycle_id", "application__status", "offer__status"),
            *("application__care__coordinator__full_name", "application__care__coordinator__email"),
            *(
                ("offer__udem_file__number",)
                if coordinates(board.user)
                else ("offer__udem_file__status",)
            ),
        )
        .in_bulk(ids)
    )
    times = reminded([row.place.application for row in entries])
    programs = {program.pk: program for program in board.programs}
    return [
        Row(
            board,
            row,
            found[row.place.decision],
            programs[row.place.program],
            times.get(row.place.application, NEVER),
        )
        for row in entries
    ]
