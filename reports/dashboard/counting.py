"""What waits for somebody, counted in one query: each matter is one line of it, from an index of what is open.

A line says how many there are, since when the oldest waits, how many are of a graver kind, and which file it is where
there is one alone. Files that something keeps from the reader (`hidden`) are in none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.core.cache import caches
from django.db.models import Count, DateTimeField, F, IntegerField, Max, Min, Q, QuerySet, Value
from django.db.models import TextField as Words
from django.db.models.functions import Cast, Greatest

from accounts.models import User
from accounts.permissions import coordinates, directs
from applications.models.application import FILED
from audit.models import ErrandState, subject_of
from audit.timetable import registered
from cycles.clock import day_of
from cycles.models import Cycle
from desk.mail import IN_STATE
from desk.models import Message, Request
from desk.permissions import handles_mail
from enrolment.models import Closing
from notifications.catalogue import private
from notifications.letter_text import LetterText
from notifications.mail_switch import MailSwitch
from notifications.models import OutgoingEmail
from notifications.nudge import TASK as NUDGED
from notifications.reach import UNFINISHED
from retention.models import Disposal, Hold
from reviews.models import Conflict, Decision, Release
from reviews.sight import lines_of_hidden_files
from scholarships.models import Announcement, Result
from scholarships.models.award import decided
from scholarships.sight import candidacies_not_to_be_known

# A letter that has waited this long while mail leaves is stuck.
STUCK = timedelta(minutes=15)
LONGER = 300
REFERENCES = ("reference_request", "reference_reminder")
NEVER = Cast(Value(None), DateTimeField())
NOBODY = Cast(Value(None), Words())
NONE = Value(0, output_field=IntegerField())

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Counted:
    """One matter as the database tells it."""

    count: int = 0
    since: datetime | None = None
    grave: int = 0
    number: str | None = None


@dataclass(frozen=True)
class Asking:
    """Who looks at which cycle, when; and what does not count for them."""

    user: User
    cycle: Cycle
    hidden: set[int]
    at: datetime

    @cached_property
    def lines_kept(self) -> tuple[set[str], set[str]]:
        """What the ledgers keep from this person."""
        return lines_kept_from(self.user, self.hidden)

    @cached_property
    def letters(self) -> Rows:
        """The ledger of mail as its own page shows it to this person: see `desk.mail.seen_by`."""
        rows = OutgoingEmail.objects.exclude(letter__in=_private()).filter(UNFINISHED)
        rows = rows.exclude(about__in=candidacies_not_to_be_known())
        about, addresses = self.lines_kept
        return rows.exclude(about__in=about).exclude(address__in=addresses) if about else rows

    @property
    def today(self) -> date:
        """The day in Montréal."""
        return day_of(self.at)


def counted(asking: Asking) -> dict[str, Counted]:
    """Every matter that this person may act on and that there is, by its key; one query."""
    lines = [line(asking) for (may, line) in LINES.values() if may(asking.user)]
    told = lines[0].union(*lines[1:], all=True)
    return {key: Counted(*row) for key, *row in told}


def _line(
    key: str,
    rows: Rows,
    since: Any = NEVER,
    grave: Any = NONE,
    number: Any = NOBODY,
    count: Any = None,
) -> Rows:
    """One line of the query. Columns stand in one order everywhere."""
    told = rows.order_by().annotate(key_=Value(key, output_field=Words())).values("key_")
    told = told.annotate(
        count_=count or Count("pk"),
        since_=since if since is NEVER else Cast(since, DateTimeField()),
        grave_=grave,
        number_=number if number is NOBODY else Cast(number, Words()),
    )
    return told.values_list("key_", "count_", "since_", "grave_", "number_")


def _conflicts(asking: Asking) -> Rows:
    rows = Conflict.objects.proposed().filter(application__cycle=asking.cycle)
    return _line("conflicts", rows.exclude(application__in=asking.hidden))


def _requests(asking: Asking, **those: Any) -> Rows:
    rows = Request.objects.filter(
        application__cycle=asking.cycle, application__status__in=FILED, **those
    )
    return rows.exclude(application__in=asking.hidden)


def _overdue(asking: Asking) -> Rows:
    rows = _requests(asking, status=Request.Status.ASKED, due_on__lt=asking.today)
    return _line("overdue", rows, since=Min("due_on"), number=Min("application__number"))


def _received(asking: Asking) -> Rows:
    """What came and waits for a yes or a no; graver: what came after its day."""
    rows = _requests(asking, status=Request.Status.RECEIVED)
    late = Count("pk", filter=Q(received_at__date__gt=F("due_on")))
    number = Min("application__number")
    return _line("received", rows, since=Min("received_at"), grave=late, number=number)


def _messages(asking: Asking) -> Rows:
    rows = Message.objects.unanswered().filter(application__cycle=asking.cycle)
    rows = rows.exclude(application__in=asking.hidden)
    return _line("messages", rows, since=Min("at"), number=Min("application__number"))


@cache
def _private() -> list[str]:
    """The letters that no ledger shows; the same for as long as the process runs."""
    return list(private())


@cache
def _called() -> list[str]:
    """What the timetable alone calls; the same for as long as the process runs."""
    return [name for name, one in registered().items() if one.task != NUDGED]


def lines_kept_from(user: User, hidden: set[int]) -> tuple[set[str], set[str]]:
    """What letters about hidden files are about, and their applicants' addresses; kept for minutes, by these very files.

    Which files are hidden is known anew each time; what hangs on them takes a look-up for each kind of thing.
    """
    if not hidden:
        return set(), set()
    key = f"lines:{user.pk}:{','.join(map(str, sorted(hidden)))}"
    found: tuple[set[str], set[str]] | None = caches["pages"].get(key)
    if found is None:
        people = dict(User.objects.filter(applications__in=hidden).values_list("pk", "email"))
        about = {*lines_of_hidden_files(user), *(f"accounts.user:{pk}" for pk in people)}
        found = (about, set(people.values()))
        caches["pages"].set(key, found, LONGER)
    return found


def _back(asking: Asking) -> Rows:
    rows = asking.letters.filter(IN_STATE["back"])
    references = Count("pk", filter=Q(letter__in=REFERENCES))
    return _line("back", rows, since=Min("tried_at"), grave=references)


def _dead(asking: Asking) -> Rows:
    return _line("dead", asking.letters.filter(IN_STATE["dead"]), since=Min("queued_at"))


def _doubt(asking: Asking) -> Rows:
    """Letters whose fate only a person can settle."""
    rows = asking.letters.filter(IN_STATE["doubt"], resend_after=None)
    return _line("doubt", rows, since=Min("queued_at"))


def _stuck(asking: Asking) -> Rows:
    """Letters that should have left by now, while nobody paused the mail."""
    rows = asking.letters.filter(
        status=OutgoingEmail.Status.PENDING, next_attempt_at__lt=asking.at - STUCK, attempts=0
    )
    return _line("stuck", rows.exclude(MailSwitch.is_paused()), since=Min("next_attempt_at"))


def _texts(asking: Asking) -> Rows:
    """Texts of the cycle's letters that are begun and not in use; graver: without a language, or with last year's dates."""
    rows = LetterText.objects.drafts().in_scopes([subject_of(asking.cycle)])
    empty = Q(subject_fr="") | Q(subject_en="") | Q(text_fr="") | Q(text_en="")
    return _line("texts", rows, grave=Count("pk", filter=empty | Q(carried_over=True)))


def _disposals(asking: Asking) -> Rows:
    rows = Disposal.objects.filter(status=Disposal.Status.LISTED)
    return _line("disposals", rows, since=Min("listed_at"))


def _disposals_checked(asking: Asking) -> Rows:
    rows = Disposal.objects.filter(status=Disposal.Status.CHECKED)
    return _line("approve_disposals", rows.exclude(checked_by=asking.user), since=Min("checked_at"))


def _holds(asking: Asking) -> Rows:
    rows = Hold.objects.standing().exclude(application__in=asking.hidden)
    return _line("holds", rows, since=Min("set_at"))


def _proposals(asking: Asking) -> Rows:
    rows = Decision.objects.filter(
        status=Decision.Status.PROPOSED, is_current=True, application__cycle=asking.cycle
    )
    rows = rows.exclude(application__in=asking.hidden).exclude(proposed_by=asking.user)
    return _line("proposals", rows, since=Min("proposed_at"))


def _releases(asking: Asking) -> Rows:
    rows = Release.objects.filter(cycle=asking.cycle, status=Release.Status.PREPARED)
    return _line("releases", rows.exclude(prepared_by=asking.user), since=Min("prepared_at"))


def _closings(asking: Asking) -> Rows:
    rows = Closing.objects.filter(cycle=asking.cycle, status=Closing.Status.PROPOSED)
    return _line("closings", rows.exclude(proposed_by=asking.user), since=Min("proposed_at"))


def _results(asking: Asking) -> Rows:
    """Of files whose admission is decided: before that nobody in the office learns of a scholarship."""
    rows = Result.objects.filter(
        decided("candidacy__application"),
        status=Result.Status.PROPOSED,
        candidacy__round__cycle=asking.cycle,
    ).exclude(candidacy__application__in=asking.hidden)
    return _line("results", rows.exclude(proposed_by=asking.user))


def _announcements(asking: Asking) -> Rows:
    rows = Announcement.objects.filter(
        round__cycle=asking.cycle, status=Announcement.Status.PREPARED
    )
    return _line("announcements", rows.exclude(prepared_by=asking.user), since=Min("prepared_at"))


def _timetable(asking: Asking) -> Rows:
    """Its last sign of life: of what the timetable alone calls, as `reports.timetable.pulse` has it."""
    rows = ErrandState.objects.filter(name__in=_called())
    return _line("timetable", rows, since=Max(Greatest("ended_at", "failed_at")))


def _both(user: Any) -> bool:
    """Coordinators and directors."""
    return coordinates(user) or directs(user)


# Who may act on it, and how it is counted.
LINES: dict[str, tuple[Callable[[Any], bool], Callable[[Asking], Rows]]] = {
    "timetable": (_both, _timetable),
    "proposals": (directs, _proposals),
    "releases": (directs, _releases),
    "results": (directs, _results),
    "announcements": (directs, _announcements),
    "closings": (directs, _closings),
    "approve_disposals": (directs, _disposals_checked),
    "conflicts": (coordinates, _conflicts),
    "overdue": (coordinates, _overdue),
    "received": (coordinates, _received),
    "messages": (coordinates, _messages),
    "back": (handles_mail, _back),
    "dead": (handles_mail, _dead),
    "doubt": (handles_mail, _doubt),
    "stuck": (handles_mail, _stuck),
    "texts": (coordinates, _texts),
    "disposals": (_both, _disposals),
    "holds": (directs, _holds),
}
