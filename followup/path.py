"""The file at UdeM as a list of steps: what is done, what is next, by when, and what the person can tell us."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cycles.clock import day_of
from followup import working_days
from followup.models import Filing, Moment, Preparation, UdemFile
from followup.situation import Situation
from followup.student_centre import ANSWERS, step_before

DONE, NOW, LATER, BAD = "done", "now", "later", "bad"
AFTER_FILING = tuple(one for one in Filing if one != Filing.TO_FILE)
ANSWERED = (*ANSWERS, Filing.ACCEPTED, Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED)
ICONS = {DONE: "circle-check", NOW: "circle-dot", LATER: "circle", BAD: "circle-x"}


@dataclass(frozen=True)
class Act:
    """Something that the person can tell us, and the page where they do."""

    label: str
    url: str
    main: bool = False


@dataclass(frozen=True)
class Line:
    """One step: its title, its state, its words, its dates and acts."""

    key: str
    title: str
    state: str
    texts: list[str] = field(default_factory=list)
    # What it is, and the day or the words: told side by side.
    facts: list[tuple[str, Any]] = field(default_factory=list)
    due: date | datetime | None = None
    acts: list[Act] = field(default_factory=list)
    things: list[Preparation] = field(default_factory=list)

    @property
    def icon(self) -> str:
        """The sign of its state."""
        return ICONS[self.state]


class Path:
    """The lines of one file; a query for the office's list of things to know."""

    def __init__(self, situation: Situation, udem_file: UdemFile) -> None:
        self.situation, self.file = situation, udem_file
        self.number = situation.application.number if situation.application else ""
        self.today = day_of(situation.at)
        self.is_open = not udem_file.confirmed_at
        self.status = Filing(udem_file.status)
        self._things: dict[str, list[Preparation]] = {}
        for row in Preparation.objects.at_udem(udem_file.program):
            self._things.setdefault(row.moment, []).append(row)

    def lines(self) -> list[Line]:
        """From the application to the first day."""
        return [self._filed(), self._documents(), self._answer(), self._accepted(), self._end()]

    def _act(self, label: str, name: str, *args: str, main: bool = False) -> Act:
        return Act(label, reverse(name, args=[self.number, *args]), main)

    def _of(self, *moments: str) -> list[Preparation]:
        return [row for moment in moments for row in self._things.get(moment, [])]

    def _filed(self) -> Line:
        done = self.status in AFTER_FILING
        acts: list[Act] = []
        if not done:
            acts = [self._act(_("I have applied"), "udem_report", main=True)]
        elif self.status == Filing.FILED and self.is_open:
            acts = [self._act(_("Correct the number or the day"), "udem_correct")]
        return Line(
            "filed",
            _("Apply to UdeM"),
            DONE if done else NOW,
            [] if done else [_("One application a level and a term: a second one is refused.")],
            [(_("Filed on"), self.file.filed_on)] if self.file.filed_on else [],
            None if done else self.situation.udem_deadline,
            acts,
            [] if done else self._of(Moment.FILE),
        )

    def _documents(self) -> Line:
        file, now = self.file, self.status == Filing.DOCUMENTS
        facts = [
            (_("Asked on"), file.documents_asked_on),
            (_("Due, by our count"), file.documents_due_on),
            (_("All sent on"), file.documents_done_on),
        ]
        acts: list[Act] = []
        if self.status == Filing.FILED:
            acts = [self._act(_("UdeM asked me for documents"), "udem_documents", main=True)]
        elif now:
            sent = _("Correct the day") if file.documents_done_on else _("All is sent")
            acts = [self._act(sent, "udem_documents_sent", main=not file.documents_done_on)]
            if self.is_open:
                acts += [self._act(_("Correct the day UdeM asked"), "udem_documents")]
        state = NOW if now or self.status == Filing.FILED else LATER
        if self.status in ANSWERED or (now and file.documents_done_on):
            state = DONE
        known = [(label, day) for label, day in facts if day]
        shown = state == NOW
        due = file.documents_due_on if shown else None
        return Line(
            "documents",
            _("Send the documents that UdeM asks for"),
            state,
            list(self._on_documents()) if shown else [],
            known,
            due,
            acts,
            self._of(Moment.DOCUMENTS) if shown else [],
        )

    def _on_documents(self) -> Iterator[str]:
        if self._of(Moment.DOCUMENTS) and self.status in (Filing.FILED, Filing.DOCUMENTS):
            yield _("Each PDF under 10 MB.")
        else:
            yield _("In the Student Centre, under “Tasks”: one PDF a task, under 10 MB.")
        due = self.file.documents_due_on
        if self.status != Filing.DOCUMENTS or due is None or self.file.documents_done_on:
            yield _("UdeM gives about 10 working days a task. A file left incomplete is closed.")
            return
        left = working_days.left(self.today, due)
        if due < self.today:
            yield _(
                "By our count the day has passed: send what is missing today, and write to us now."
            )
        elif left == 0:
            yield _("Today is the last day, by our count.")
        else:
            yield ngettext(
                "%(n)s working day is left, weekends and Québec’s holidays not counted.",
                "%(n)s working days are left, weekends and Québec’s holidays not counted.",
                left,
            ) % {"n": left}
        yield _("If the Student Centre shows an earlier date, that date counts.")

    def _answer(self) -> Line:
        file, answered = self.file, self.status in ANSWERED
        bad = self.status in (Filing.REFUSED, Filing.CLOSED)
        facts: list[tuple[str, Any]] = []
        if self.status in ANSWERS:
            facts = [(_("Answer"), self.status.label)]
        if answered:
            facts += [(_("Answered on"), file.decided_on), (_("Condition"), file.condition)]
            facts += [(_("Condition met on"), file.condition_met_on)]
        acts: list[Act] = []
        if self.status in (Filing.FILED, Filing.DOCUMENTS):
            acts = [self._act(_("UdeM has answered"), "udem_answer")]
        elif self.status in ANSWERS:
            if self.status == Filing.CONDITIONAL:
                acts = [self._act(_("My condition is met"), "udem_condition_met")]
            if self.is_open or self.status == Filing.CONDITIONAL:
                acts += [self._act(_("Correct UdeM’s answer"), "udem_answer")]
        return Line(
            "answer",
            _("UdeM’s answer"),
            BAD if bad else DONE if answered else LATER,
            list(self._on_answer()),
            [(label, value) for label, value in facts if value],
            None,
            acts,
            self._of(*[str(self.status)] if bad else []),
        )

    def _on_answer(self) -> Iterator[str]:
        if self.status == Filing.CONDITIONAL:
            yield _(
                "The conditional letter stays the official one, even once the condition is met."
            )
        elif self.status == Filing.REFUSED:
            if self._of(Moment.REFUSED):
                yield _("Write to us too: we may help you to understand.")
                return
            yield _(
                "The reason is in UdeM’s letter. You may write to the head of the program if you "
                "have something new to show, and write to us: we may help you to understand."
            )
        elif self.status == Filing.CLOSED:
            yield _(
                "If documents came late, write at once to UdeM and to us: the file can sometimes be "
                "opened again. If not, a new application is needed."
            )
        elif self.status not in ANSWERED:
            yield _("It takes some weeks. Look at the Student Centre often: UdeM answers there.")

    def _accepted(self) -> Line:
        now = self.status in (Filing.ADMITTED, Filing.CONDITIONAL)
        done = self.status in (Filing.ACCEPTED, Filing.REGISTERED)
        due = self.file.accept_by if now else None
        things = self._of(Moment.ACCEPT) if now else []
        # The office's own words say it, where there are any.
        said = now and not things
        texts = [_("Before the date that it shows. After it, the file closes.")] if said else []
        if due and due < self.today:
            texts = [
                _("The day has passed. If you have not accepted, write to UdeM and to us now.")
            ]
        return Line(
            "accepted",
            _("Accept UdeM’s offer in the Student Centre"),
            NOW if now else DONE if done else LATER,
            texts,
            [(_("Accepted on"), self.file.accepted_on)] if self.file.accepted_on and done else [],
            due,
            [self._act(_("I accepted UdeM’s offer"), "udem_accepted", main=True)] if now else [],
            things,
        )

    def _end(self) -> Line:
        ended = {
            Filing.REGISTERED: (DONE, _("Registered")),
            Filing.DEFERRED: (DONE, _("Deferred to a later term")),
            Filing.NOT_REGISTERED: (BAD, _("Not registered")),
        }
        now = self.status == Filing.ACCEPTED
        state, title = ended.get(self.status, (NOW if now else LATER, _("Register for courses")))
        texts = [_("The office notes it when UdeM tells us: you have nothing to report.")]
        return Line(
            "end",
            title,
            state,
            texts if now else [],
            [(_("On"), self.file.ended_on)] if self.file.ended_on and state != LATER else [],
            None,
            [],
            self._of(Moment.REGISTER) if now else [],
        )

    @property
    def may_take_back(self) -> bool:
        """Whether the last report was the person's and can be undone by them."""
        return self.is_open and bool(self.file.filed_on) and step_before(self.file) is not None
