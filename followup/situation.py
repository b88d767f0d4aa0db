"""Where one file stands for its applicant: one state, from what the applicant may know and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.completeness import Missing, missing
from applications.models import Application, Status, Submission
from applications.models.application import CanadaStatus
from cycles.clock import end_of, start_of
from cycles.models import Cycle, Phase, Program
from followup.models import Filing, Offer, Reply, UdemFile, rules_of
from followup.offers import offer_of
from reviews.models import Decision, Outcome

SETTLED_IN_CANADA = (CanadaStatus.CITIZEN, CanadaStatus.RESIDENT)


class State(StrEnum):
    """Everything that "my application" can say; each has its part under `templates/followup/states/`."""

    BEFORE = "before"
    START = "start"
    CLOSED = "closed"
    DRAFT = "draft"
    UNSUBMITTED = "unsubmitted"
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    SELECTED = "selected"
    LAPSED = "lapsed"
    DECLINED = "declined"
    TO_FILE = "to_file"
    FILED = "filed"
    DOCUMENTS = "documents"
    ADMITTED = "admitted"
    CONDITIONAL = "conditional"
    UDEM_REFUSED = "udem_refused"
    UDEM_CLOSED = "udem_closed"
    UDEM_ACCEPTED = "udem_accepted"
    REGISTERED = "registered"
    DEFERRED = "deferred"
    NOT_REGISTERED = "not_registered"
    WAITLIST = "waitlist"
    WAIT_OVER = "wait_over"
    NOT_SELECTED = "not_selected"


# What the page says for each step of the file at UdeM.
OF_STEP: dict[str, State] = {
    Filing.TO_FILE: State.TO_FILE,
    Filing.FILED: State.FILED,
    Filing.DOCUMENTS: State.DOCUMENTS,
    Filing.ADMITTED: State.ADMITTED,
    Filing.CONDITIONAL: State.CONDITIONAL,
    Filing.REFUSED: State.UDEM_REFUSED,
    Filing.CLOSED: State.UDEM_CLOSED,
    Filing.ACCEPTED: State.UDEM_ACCEPTED,
    Filing.REGISTERED: State.REGISTERED,
    Filing.DEFERRED: State.DEFERRED,
    Filing.NOT_REGISTERED: State.NOT_REGISTERED,
}
AT_UDEM = tuple(OF_STEP.values())
# On the way from our offer to the first day of studies.
ON_THE_WAY = (
    *(State.TO_FILE, State.FILED, State.DOCUMENTS),
    *(State.ADMITTED, State.CONDITIONAL, State.UDEM_ACCEPTED, State.REGISTERED),
)
ENDED_AT_UDEM = (
    *(State.UDEM_REFUSED, State.UDEM_CLOSED),
    *(State.DEFERRED, State.NOT_REGISTERED),
)
ADMISSIBLE = (State.SELECTED, *ON_THE_WAY)
AT_AN_END = (
    *(State.UNSUBMITTED, State.WITHDRAWN, State.INCOMPLETE, State.NOT_SELECTED),
    *(State.DECLINED, State.LAPSED, State.WAITLIST, State.WAIT_OVER),
    *ENDED_AT_UDEM,
)
TITLES: dict[State, str | Promise] = {
    State.BEFORE: _("Applications are not open yet"),
    State.START: _("You have not begun an application"),
    State.CLOSED: _("No cycle is open at the moment"),
    State.DRAFT: _("Your application is a draft: it is not submitted"),
    State.UNSUBMITTED: _("Your application was not submitted"),
    State.SUBMITTED: _("We have received your application"),
    State.REOPENED: _("You are changing your application"),
    State.WITHDRAWN: _("You withdrew your application"),
    State.INCOMPLETE: _("Your application was closed: it is incomplete"),
    State.SELECTED: _("Mila has selected your application"),
    State.LAPSED: _("The time to reply to our offer is over"),
    State.DECLINED: _("You declined our offer"),
    State.TO_FILE: _("You have accepted our offer"),
    State.FILED: _("You have applied to the university"),
    State.DOCUMENTS: _("The university asks for documents"),
    State.ADMITTED: _("The university admits you"),
    State.CONDITIONAL: _("The university admits you on a condition"),
    State.UDEM_REFUSED: _("The university has refused your application"),
    State.UDEM_CLOSED: _("The university has closed your file"),
    State.UDEM_ACCEPTED: _("You have accepted the university’s offer"),
    State.REGISTERED: _("You are registered: welcome"),
    State.DEFERRED: _("Your place is deferred"),
    State.NOT_REGISTERED: _("You did not register at the university"),
    State.WAITLIST: _("You are on the waitlist"),
    State.WAIT_OVER: _("The waitlist has ended"),
    State.NOT_SELECTED: _("We cannot offer you a place"),
}
READING_TITLE = _("Your application is being read")
CALLED_TITLE = _("A place has come up for you")


@dataclass(frozen=True)
class Situation:
    """A file, or its absence, in a cycle, as seen at a moment."""

    cycle: Cycle | None
    at: datetime
    application: Application | None = None
    decision: Decision | None = None
    submission: Submission | None = None

    @cached_property
    def offer(self) -> Offer | None:
        """The offer of a released "accept", or of a call from the waitlist; replied to or not."""
        if self.decision is None or self.decision.outcome == Outcome.DECLINE:
            return None
        offer = offer_of(self.decision)
        return offer if self.decision.outcome == Outcome.ACCEPT or offer.is_call else None

    @cached_property
    def udem_file(self) -> UdemFile | None:
        """The application to UdeM, once the offer is accepted."""
        accepted = self.offer is not None and self.offer.status == Reply.ACCEPTED
        return self.offer.udem_file if accepted and self.offer else None

    @cached_property
    def state(self) -> State:
        """The one state; a withdrawal comes before any answer, an answer before the rest."""
        if self.application is None:
            return self._without_application()
        if self.application.status == Status.WITHDRAWN:
            return State.WITHDRAWN
        if self.application.status == Status.CLOSED:
            return State.INCOMPLETE
        if self.decision is not None:
            return self._with_answer(self.decision)
        writing = self.application.may_change(self.at)
        if self.application.status == Status.DRAFT:
            return State.DRAFT if writing else State.UNSUBMITTED
        # After the close, a file reopened and not submitted again counts as it was last submitted.
        return State.REOPENED if writing else State.SUBMITTED

    def _without_application(self) -> State:
        if self.cycle is None or self.at > self.cycle.closes_at:
            return State.CLOSED
        return State.START if self.at >= self.cycle.opens_at else State.BEFORE

    def _with_answer(self, decision: Decision) -> State:
        if self.offer is None:
            if decision.outcome != Outcome.WAITLIST:
                return State.NOT_SELECTED
            waits = self.at <= end_of(decision.application.cycle.waitlist_ends_on)
            return State.WAITLIST if waits else State.WAIT_OVER
        if self.offer.has_lapsed(self.at):
            return State.LAPSED
        if self.udem_file:
            return OF_STEP[self.udem_file.status]
        return State.DECLINED if self.offer.status == Reply.DECLINED else State.SELECTED

    @property
    def title(self) -> str | Promise:
        """The page's title: the state in words."""
        if self.state == State.SUBMITTED and self.phase != Phase.OPEN:
            return READING_TITLE
        if self.state == State.SELECTED and self.is_call:
            return CALLED_TITLE
        return TITLES[self.state]

    @property
    def template(self) -> str:
        """The part of the page that belongs to the state."""
        return f"followup/states/{self.state}.html"

    @property
    def phase(self) -> Phase | None:
        """Where the cycle is on its calendar."""
        return self.cycle.phase(self.at) if self.cycle else None

    @property
    def is_admissible(self) -> bool:
        """Whether the answer is an offer that still holds."""
        return self.state in ADMISSIBLE

    @property
    def is_call(self) -> bool:
        """Whether the place came up on the waitlist."""
        return self.offer is not None and self.offer.is_call

    @property
    def is_late_for_udem(self) -> bool:
        """Whether UdeM's own date to apply has passed."""
        return self.cycle is not None and self.at > end_of(self.cycle.udem_official_on)

    @property
    def call_days(self) -> int:
        """How many days a person who is called has to reply."""
        return rules_of(self.cycle).reply_days if self.cycle else 0

    @property
    def late_text(self) -> str:
        """What the cycle says to people called once that date has passed; often nothing."""
        return str(rules_of(self.cycle).late) if self.cycle else ""

    @property
    def is_live(self) -> bool:
        """Whether something may still happen to this file."""
        if self.cycle is None or self.state in (State.WITHDRAWN, State.INCOMPLETE):
            return False
        # A call may run beyond the waitlist: a place that waits for a reply, or is taken, is alive until studies begin.
        if self.state in (State.SELECTED, *AT_UDEM):
            return self.at < start_of(self.cycle.starts_on)
        return self.phase != Phase.AFTER

    @property
    def may_start(self) -> bool:
        """Whether the person could begin (again) in this cycle now; not once they have had its answer."""
        if self.decision is not None:
            return False
        open_now = self.cycle is not None and self.cycle.opens_at <= self.at <= self.cycle.closes_at
        return open_now and self.state in (State.START, State.WITHDRAWN, State.INCOMPLETE)

    @property
    def may_reopen(self) -> bool:
        """Whether what was submitted can still be changed; never once it was answered."""
        if self.decision is not None:
            return False
        submitted = self.application is not None and self.application.status == Status.SUBMITTED
        return submitted and self.application is not None and self.application.accepts(self.at)

    @cached_property
    def may_restore(self) -> bool:
        """Whether a withdrawal can still be undone."""
        return self.application is not None and self.application.may_restore(self.at)

    @property
    def is_at_udem(self) -> bool:
        """Whether there is a file at UdeM to speak of."""
        return self.state in AT_UDEM

    @property
    def may_withdraw(self) -> bool:
        """Whether the file can be taken out."""
        return self.state in (
            State.DRAFT,
            State.SUBMITTED,
            State.REOPENED,
            State.WAITLIST,
            *(one for one in ADMISSIBLE if one != State.REGISTERED),
        )

    @property
    def may_erase(self) -> bool:
        """Whether nothing of the file was ever submitted, so that the person may erase it."""
        return self.application is not None and self.submission is None

    @property
    def programs(self) -> list[Program]:
        """The program of the offer; before any, those asked for."""
        if self.decision is not None and self.decision.program is not None:
            return [self.decision.program]
        return self.application.chosen if self.application else []

    @cached_property
    def lacks(self) -> list[Missing]:
        """What the draft still needs."""
        return missing(self.application) if self.application else []

    @property
    def needs_permits(self) -> bool:
        """Whether the person said that they need permits to study here."""
        status = self.application.canada_status if self.application else ""
        return bool(status) and status not in SETTLED_IN_CANADA

    @property
    def udem_limit(self) -> datetime | None:
        """The end, in Montréal, of the safe day to apply to UdeM."""
        return end_of(self.cycle.udem_safe_on) if self.cycle else None

    @property
    def udem_deadline(self) -> datetime | None:
        """The safe end of the time to apply to UdeM; once it has passed, the official one."""
        if self.cycle is None:
            return None
        safe, official = end_of(self.cycle.udem_safe_on), end_of(self.cycle.udem_official_on)
        return safe if self.at <= safe else official

    @property
    def udem_is_late(self) -> str:
        """`safe` once the safe day to apply to UdeM has passed, `official` once both have; else nothing."""
        if self.udem_limit is None or self.udem_deadline is None or self.at <= self.udem_limit:
            return ""
        return "safe" if self.at <= self.udem_deadline else "official"

    @property
    def closes_at(self) -> datetime | None:
        """When this person's window closes: the cycle's close, or their late pass's."""
        if self.application is not None:
            return self.application.closes_at
        return self.cycle.closes_at if self.cycle else None

    @property
    def deadline(self) -> datetime | None:
        """The moment that the countdown of the page runs to."""
        if self.cycle is None:
            return None
        if self.state in (State.START, State.DRAFT, State.REOPENED):
            return self.closes_at
        if self.state == State.SELECTED and self.offer:
            return self.offer.reply_by
        return self.udem_deadline

    @property
    def left(self) -> dict[str, int] | None:
        """Days, hours and minutes until the deadline; None once it has passed."""
        if self.deadline is None or self.deadline <= self.at:
            return None
        minutes = int((self.deadline - self.at).total_seconds() // 60)
        return {"days": minutes // 1440, "hours": minutes % 1440 // 60, "minutes": minutes % 60}


def of_person(user: User, *, at: datetime) -> list[Situation]:
    """Every file of the person, the newest cycle first."""
    own = (
        Application.objects.visible_to(user)
        .filter(applicant=user)
        .select_related("cycle__call_rules", "applicant")
        .prefetch_related("choices__program")
        .order_by("-cycle__opens_at", "-created_at")
    )
    return _with_answers([Situation(row.cycle, at, row) for row in own], user)


def of_application(application: Application, user: User, *, at: datetime) -> Situation:
    """One file."""
    return _with_answers([Situation(application.cycle, at, application)], user)[0]


def home(user: User, *, at: datetime) -> tuple[Situation, list[Situation]]:
    """The file that the page is about, or its absence, and the others."""
    found = of_person(user, at=at)
    cycle = Cycle.objects.current()
    here = [one for one in found if one.is_live] or [one for one in found if one.cycle == cycle]
    main = here[0] if here else Situation(cycle, at)
    return main, [one for one in found if one is not main]


def beginnable(main: Situation, others: Sequence[Situation]) -> Cycle | None:
    """A cycle that is open, for a person whose file of another cycle may come to nothing."""
    if main.state not in AT_AN_END:
        return None
    cycle = Cycle.objects.open(main.at).order_by("-opens_at").first()
    begun = [one.cycle for one in (main, *others)]
    return None if cycle in begun else cycle


def _with_answers(situations: Sequence[Situation], user: User) -> list[Situation]:
    """The same with released answers and last submissions, in two queries whatever the number."""
    rows = [one.application for one in situations if one.application]
    decisions = {
        decision.application_id: decision
        for decision in Decision.objects.visible_to(user)
        .filter(application__in=rows, is_current=True)
        .select_related("application__cycle", "program", "release", "sighting")
        .select_related("offer__udem_file__program")
    }
    last = {
        submission.application_id: submission
        for submission in Submission.objects.filter(application__in=rows).order_by("version")
    }
    return [
        replace(one, decision=decisions.get(row.pk), submission=last.get(row.pk))
        for one, row in zip(situations, rows, strict=True)
    ]
