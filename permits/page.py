"""What the pages say of each step: its state and its latest day in words, and what may be reported of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from audit.models import AuditEntry, subject_of
from cycles.clock import start_of
from cycles.typography import day_text
from permits.facts import Facts
from permits.models import GATHERED, Kind, PermitGuide, PermitStep, State
from permits.plan import LETTER, Lateness, Line
from permits.steps import CORRECT, LABELS, RECORDS, REPORTS, reports_from

LOOK: dict[Lateness, tuple[str, str]] = {
    Lateness.DONE: ("ok", "circle-check"),
    Lateness.WAITING: ("info", "hourglass"),
    Lateness.UNDATED: ("", "circle"),
    Lateness.ON_TIME: ("", "circle"),
    Lateness.SOON: ("time", "clock"),
    Lateness.LATE: ("bad", "triangle-alert"),
}
# What an authority said matters more than the calendar.
BY_STATE = {State.MORE: ("time", "clock"), State.REFUSED: ("bad", "circle-x")}
# What is said where the office wrote nothing. No law in them: where to ask.
TEXTS: dict[Kind, Promise] = {
    Kind.PROOF: gettext_lazy(
        "A document that shows your status. Check with the university which one it accepts."
    ),
    Kind.VERIFY: gettext_lazy(
        "Check with the university’s international office which permits you need, and whether you need a CAQ. "
        "Then tell us above what it answered."
    ),
    Kind.FUNDS: gettext_lazy(
        "What shows that you can pay for your studies and your stay. Check the amount on the official page."
    ),
    Kind.CAQ: gettext_lazy(
        "It needs the university’s letter: ask for it the day that letter arrives."
    ),
    Kind.STUDY: gettext_lazy("Ask for it as soon as you have the CAQ."),
    Kind.COOP: gettext_lazy(
        "Your internship is compulsory: ask for it together with the study permit."
    ),
}
DAYS = ("asked_on", "more_on", "obtained_on", "valid_until", "refused_on")


@dataclass(frozen=True)
class Act:
    """Something that may be reported of a step; `is_plain` asks nothing more than the click."""

    to: State
    label: str | Promise
    is_plain: bool

    @property
    def is_rare(self) -> bool:
        """Whether it is out of the ordinary: not needed after all, or reported by mistake."""
        return self.to in (State.NOT_NEEDED, State.TO_DO)


@dataclass(frozen=True)
class Shown:
    """One step as a page shows it."""

    line: Line
    guide: PermitGuide
    step: PermitStep
    starts_on: date

    @property
    def title(self) -> str | Promise:
        """Its name."""
        return self.line.kind.label

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return BY_STATE.get(self.line.state, LOOK[self._lateness])[0]

    @property
    def icon(self) -> str:
        """The sign of its state."""
        return BY_STATE.get(self.line.state, LOOK[self._lateness])[1]

    @property
    def _lateness(self) -> Lateness:
        """How it is in time; nobody is late with what cannot be asked for yet."""
        late = self.line.lateness in (Lateness.LATE, Lateness.SOON)
        return Lateness.ON_TIME if late and self.line.waits_for else self.line.lateness

    @property
    def label(self) -> str:
        """Its state, with how it is in time."""
        state = str(self.line.state.label)
        words = {
            Lateness.LATE: pgettext("permit", "do it without delay"),
            Lateness.SOON: pgettext("permit", "soon"),
        }
        late = words.get(self._lateness)
        return f"{state}, {late}" if late else state

    @property
    def text(self) -> str | Promise:
        """What the office wrote of it, or where to ask."""
        if self.line.state == State.MORE:
            return _("Send the authority what it asks for, then tell us that you did.")
        return self.guide.text or TEXTS[self.line.kind]

    @property
    def delay(self) -> str:
        """The usual delay in words; nothing where nobody wrote one."""
        shortest, longest = self.guide.weeks_min, self.guide.weeks_max
        if shortest is None or longest is None:
            return ""
        if shortest == longest:
            said = ngettext("%(n)s week", "%(n)s weeks", longest) % {"n": longest}
        else:
            said = _("%(shortest)s to %(longest)s weeks") % {
                "shortest": shortest,
                "longest": longest,
            }
        return said

    @property
    def slack(self) -> str:
        """How many days are left, or have passed."""
        days = self.line.slack
        if days is None or self.line.lateness in (Lateness.DONE, Lateness.WAITING):
            return ""
        if days < 0:
            return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days} if days else _("today")

    @property
    def until(self) -> str:
        """Its latest day in words for the person; once it has passed, it is only what is usual."""
        if self.line.due is None or not self.is_counted:
            return ""
        day = day_text(self.line.due)
        if not self.has_passed:
            return _("By %(day)s, %(left)s") % {"day": day, "left": self.slack}
        return _("Usually by %(day)s") % {"day": day}

    @property
    def has_passed(self) -> bool:
        """Whether its latest day is over and it is still to be done."""
        return self.is_counted and (self.line.slack or 0) < 0

    @property
    def waits(self) -> str:
        """What has to be there before it can be asked for."""
        if self.line.lateness in (Lateness.DONE, Lateness.WAITING) or not self.line.waits_for:
            return ""
        return (
            _("waits for the university’s letter")
            if self.line.waits_for == LETTER
            else _("waits for the CAQ")
        )

    @property
    def days(self) -> list[tuple[str, date]]:
        """The days that were reported, by name."""
        named = [
            (str(PermitStep._meta.get_field(name).verbose_name), getattr(self.step, name))  # type: ignore[union-attr]
            for name in DAYS
        ]
        return [(name, day) for name, day in named if day]

    @property
    def is_short(self) -> bool:
        """Whether what was obtained ends before the start of term."""
        return self.step.valid_until is not None and self.step.valid_until < self.starts_on

    @property
    def is_counted(self) -> bool:
        """Whether its latest day still says something."""
        return self.line.due is not None and bool(self.slack)

    @property
    def acts(self) -> list[Act]:
        """What the person may report of it now; taking it back comes last."""
        found = reports_from(self.line.kind, self.line.state)
        return [
            Act(to, self._label(to), to == State.READY)
            for to in sorted(found, key=lambda to: to == State.TO_DO)
        ]

    def _label(self, to: State) -> str | Promise:
        """What the button says: of a permit, ready is the request and not the permit."""
        if to == State.READY and self.line.kind not in GATHERED:
            return _("My request is ready")
        return LABELS[to]

    @property
    def node(self) -> str:
        """How it stands on the thread: done, here, or to come."""
        if self.line.lateness == Lateness.DONE:
            return "done"
        if self._lateness == Lateness.LATE:
            return "now"
        return "now" if self.line.is_open else ""


def shown(facts: Facts, at: datetime) -> list[Shown]:
    """Every step of the person, in order."""
    return [
        Shown(
            line,
            facts.guides.get(line.kind) or PermitGuide(kind=line.kind),
            facts.steps.get(line.kind) or PermitStep(kind=line.kind),
            facts.starts_on,
        )
        for line in facts.lines(at)
    ]


def is_pressed(steps: Sequence[Shown], starts_on: date, at: datetime) -> bool:
    """Whether the usual delays no longer fit before the studies that are still to begin."""
    return at < start_of(starts_on) and any(step.has_passed for step in steps)


def asks_authorities(steps: Sequence[Shown]) -> bool:
    """Whether anything is asked of an authority, which takes months; not only a proof or a question."""
    return any(step.line.kind in (Kind.CAQ, Kind.STUDY, Kind.COOP) for step in steps)


def awaits_letter(steps: Sequence[Shown]) -> bool:
    """Whether a request can only leave once the university's letter is there."""
    return any(step.waits and step.line.waits_for == LETTER for step in steps)


REPORTED = {move.name: to for to, move in REPORTS.items()}
RECORDED = {move.name: to for to, move in RECORDS.items()}


@dataclass(frozen=True)
class Happened:
    """A line of what happened."""

    when: datetime
    title: str


def history(facts: Facts) -> list[Happened]:
    """What was told and reported, and what the office put right, in plain words; oldest first."""
    steps = {subject_of(step): step for step in facts.steps.values()}
    things = [thing for thing in (*facts.steps.values(), facts.confirmed) if thing]
    if not things:
        return []
    entries = AuditEntry.objects.about(*things)
    return [Happened(entry.at, _words(entry, steps.get(entry.subject))) for entry in entries]


def _words(entry: AuditEntry, step: PermitStep | None) -> str:
    if step is None:
        return _("Status in Canada confirmed")
    kind = Kind(step.kind).label
    if entry.verb == CORRECT:
        return _("%(step)s, days corrected") % {"step": kind}
    if entry.verb in RECORDED:
        said = {"step": kind, "state": RECORDED[entry.verb].label}
        return _("%(step)s, put right by the office: %(state)s") % said
    return _("%(step)s: %(state)s") % {"step": kind, "state": REPORTED[entry.verb].label}
