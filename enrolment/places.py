"""Everyone with a place in a cycle, as a few columns each: what the board counts, sorts and finds late, in one query.

Two kinds of people have a place: those with a released "accept", whether they replied or not, and those called from
the waitlist, who have an offer of their own.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from applications.models.application import GONE
from applications.search import Fold
from cycles.clock import day_of
from cycles.models import Cycle
from followup.models import ADMITTED, AT_AN_END, Filing, Reply
from reviews.models import Decision, Outcome


class Place(NamedTuple):
    """One person's place. `filing` is empty while there is no file at UdeM."""

    decision: int
    application: int
    status: str
    canada: str
    start_on: date | None
    program: int
    reply: str
    reply_by: datetime | None
    called_at: datetime | None
    replied_at: datetime | None
    filing: str
    numbered: bool
    filed_on: date | None
    documents_asked_on: date | None
    documents_due_on: date | None
    documents_done_on: date | None
    decided_on: date | None
    condition_met_on: date | None
    accept_by: date | None
    accepted_on: date | None
    confirmed_at: datetime | None
    coordinator: int | None
    signed_in: datetime | None
    answered_at: datetime | None

    @property
    def is_gone(self) -> bool:
        """Whether the application itself was withdrawn or closed."""
        return self.status in GONE

    @property
    def said_yes(self) -> bool:
        """Whether the person accepted our offer, and has not left since."""
        return self.reply == Reply.ACCEPTED and not self.is_gone

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come: whatever the end was."""
        ended = self.reply in (Reply.DECLINED, Reply.EXPIRED) or self.filing in AT_AN_END
        return ended or self.is_gone

    @property
    def is_admitted(self) -> bool:
        """Whether UdeM admits the person, on a condition or without."""
        return self.said_yes and self.filing in ADMITTED

    @property
    def takes_a_seat(self) -> bool:
        """Whether the place is taken, or may still be."""
        return (self.filing == Filing.REGISTERED and not self.is_gone) or not self.is_over


FILE = "offer__udem_file__"
COLUMNS = (
    *("pk", "application_id", "application__status", "application__canada_status"),
    *("application__start_on", "program_id", "replied", "offer__reply_by", "offer__called_at"),
    *("offer__replied_at", "filing", "numbered"),
    *(f"{FILE}{name}" for name in Place._fields[12:21]),
    *("application__care__coordinator_id", "application__applicant__last_login"),
    "release__released_at",
)


# The mark tells whether there is a number, without unsealing it.
NUMBERED = Case(
    When(~Q(**{f"{FILE}number_mark": ""}) & Q(**{f"{FILE}isnull": False}), then=Value(True)),
    default=Value(False),
    output_field=BooleanField(),
)


def by_name() -> list[Any]:
    """Last names, first names, without accents."""
    names = ("application__last_names", "application__first_names")
    return [*(Collate(Fold(F(name)), "C") for name in names), F("pk")]


def offered(user: Any, cycle: Cycle) -> QuerySet[Decision, Decision]:
    """The answers of a cycle that gave somebody a place, of those that this person may see."""
    accepted = Q(outcome=Outcome.ACCEPT, is_current=True, status=Decision.Status.RELEASED)
    called = Q(offer__called_at__isnull=False, is_current=True)
    rows = Decision.objects.visible_to(user).filter(application__cycle=cycle)
    return rows.filter(accepted | called)


def places(user: Any, cycle: Cycle, at: datetime) -> list[Place]:
    """Everyone with a place, by name; one query. An offer whose time is over counts as lapsed, recorded or not."""
    silent = Q(offer=None, application__cycle__reply_by__lt=day_of(at))
    lapsed = silent | Q(offer__status=Reply.OPEN, offer__reply_by__lt=at)
    replied = Case(
        When(lapsed, then=Value(Reply.EXPIRED.value)),
        When(offer=None, then=Value(Reply.OPEN.value)),
        default=F("offer__status"),
        output_field=CharField(),
    )
    filing = Case(
        When(offer__udem_file=None, then=Value("")),
        default=F(f"{FILE}status"),
        output_field=CharField(),
    )
    rows = offered(user, cycle).annotate(replied=replied, filing=filing, numbered=NUMBERED)
    return [Place._make(row) for row in rows.order_by(*by_name()).values_list(*COLUMNS)]
