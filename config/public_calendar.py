"""A cycle as the public reads it: what counts down, six dated steps, and the days between two limits."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cycles import typography
from cycles.clock import day_of, end_of, start_of
from cycles.models import Cycle, Phase

BAR = 400


@dataclass(frozen=True)
class Left:
    """The time before a moment, cut the way a person says it."""

    days: int
    hours: int
    minutes: int

    @classmethod
    def until(cls, moment: datetime, now: datetime) -> "Left":
        """Whole days, hours and minutes; zero once it is past."""
        minutes = max(0, int((moment - now).total_seconds() // 60))
        return cls(minutes // 1440, minutes // 60 % 24, minutes % 60)


@dataclass
class PublicCalendar:
    """Read by templates; every figure is computed from the cycle's dates, none is written by hand."""

    cycle: Cycle
    now: datetime = field(default_factory=lambda: timezone.now())  # noqa: PLW0108 - the clock of that moment

    @cached_property
    def phase(self) -> Phase:
        """Where the cycle stands."""
        return self.cycle.phase(self.now)

    @cached_property
    def target(self) -> datetime | None:
        """What the reader waits for: the opening, the close, the answer, or UdeM's limit."""
        targets = {
            Phase.BEFORE: self.cycle.opens_at,
            Phase.OPEN: self.cycle.closes_at,
            Phase.READING: start_of(self.cycle.release_on),
            Phase.ANSWERS: end_of(self.cycle.udem_safe_on),
        }
        target = targets.get(self.phase)
        return target if target and target > self.now else None

    @cached_property
    def left(self) -> Left | None:
        """The time before the target."""
        return Left.until(self.target, self.now) if self.target else None

    @property
    def documents_open(self) -> bool:
        """Whether a file may still receive its last documents."""
        return self.now <= end_of(self.cycle.documents_due_on)

    @cached_property
    def udem_limit(self) -> datetime:
        """The last moment that is safe for the UdeM application."""
        return end_of(self.cycle.udem_safe_on)

    @cached_property
    def gap(self) -> int:
        """Whole days between our answer and UdeM's safe date."""
        return (self.cycle.udem_safe_on - self.cycle.release_on).days

    @property
    def gap_sentence(self) -> str:
        """Why both applications are prepared together."""
        if self.gap == 0:
            return _("Our answer and the UdeM limit fall on the same day.")
        return ngettext(
            "%(number)s day separates our answer from the UdeM limit.",
            "%(number)s days separate our answer from the UdeM limit.",
            self.gap,
        ) % {"number": typography.number_text(self.gap, first=True)}

    @cached_property
    def bar(self) -> int:
        """How far along the window we are, of 400."""
        opens, closes = self.cycle.opens_at, self.cycle.closes_at
        part = (self.now - opens) / (closes - opens)
        return round(BAR * min(1.0, max(0.0, part)))

    @property
    def bar_sentence(self) -> str:
        """The drawing in words."""
        return _("The window goes from %(opens)s to %(closes)s. Today is %(today)s.") % {
            "opens": typography.day_text(self.cycle.opens_at, year=False),
            "closes": typography.day_text(self.cycle.closes_at),
            "today": typography.day_text(self.now, year=False),
        }

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """Six dated steps, in the form that `components/fil.html` takes."""
        steps: list[dict[str, Any]] = []
        year = None
        for step in self._rows():
            on = step.pop("on")
            text = (
                typography.moment_text(on, weekday=False, year=on.year != year)
                if step.pop("exact", False)
                else typography.day_text(on, year=on.year != year)
            )
            year = on.year
            step["when"] = self._time(on, step.pop("by", "%s") % text)
            past = step.pop("until") < self.now
            waiting = not any(other["state"] == "now" for other in steps)
            step["state"] = "done" if past else "now" if waiting else ""
            steps.append(step)
        return steps

    def _rows(self) -> list[dict[str, Any]]:
        cycle = self.cycle
        return [
            {
                "on": typography.in_montreal(cycle.opens_at),
                "until": cycle.opens_at,
                "title": pgettext("cycle", "Opening"),
                "text": _("Mila’s form is online."),
            },
            {
                "on": typography.in_montreal(cycle.closes_at),
                "exact": True,
                "until": cycle.closes_at,
                "title": pgettext("cycle", "Closing"),
                "text": self._closing_text(),
            },
            {
                "on": cycle.documents_due_on,
                "until": end_of(cycle.documents_due_on),
                "title": pgettext("cycle", "Last documents"),
                "text": _("Referees’ letters and the documents that we asked for."),
            },
            {
                "on": cycle.reviews_due_on,
                "by": _("Until %s"),
                "until": end_of(cycle.reviews_due_on),
                "title": pgettext("cycle", "Reading"),
                "text": self._reading_text(),
            },
            {
                "on": cycle.release_on,
                "by": _("By %s"),
                "until": end_of(cycle.release_on),
                "title": pgettext("cycle", "Answer"),
                "text": _("The same day for everyone, whatever the answer."),
            },
            {
                "on": typography.in_montreal(self.udem_limit),
                "exact": True,
                "until": self.udem_limit,
                "title": pgettext("cycle", "UdeM application"),
                "text": _("If you are selected."),
            },
        ]

    def _closing_text(self) -> str:
        if self.now > self.cycle.closes_at:
            return _("New applications are closed.")
        if self.phase != Phase.OPEN:
            return _("You can change your application until then.")
        days = (day_of(self.cycle.closes_at) - day_of(self.now)) // timedelta(days=1)
        if days == 0:
            return _("Today. You can change your application until then.")
        return ngettext(
            "In %(days)s day. You can change your application until then.",
            "In %(days)s days. You can change your application until then.",
            days,
        ) % {"days": days}

    def _reading_text(self) -> str:
        readers = self.cycle.reviews_per_file
        return ngettext(
            "%(number)s professor reads each file.",
            "%(number)s professors read each file.",
            readers,
        ) % {"number": typography.number_text(readers, first=True)}

    @staticmethod
    def _time(on: date | datetime, text: str) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', on.isoformat(), typography.raised(text))
