"""What is still open in a cycle before it is closed: each app that leaves something open says so here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from applications.sight import unhidden
from audit.models import subject_of
from cycles.models import Cycle
from enrolment.places import offered
from followup.models import AT_AN_END, Filing, Reply, UdemFile
from notifications.models import OutgoingEmail
from reconciliation.summary import latest


@dataclass(frozen=True)
class StillOpen:
    """One sort of thing that is still open: its words, how many there are, and where they are."""

    key: str
    label: str | Promise
    count: int
    url: str = ""


Finder = Callable[[Cycle, Any], Iterable[StillOpen]]
_finders: list[Finder] = []


def leaves_open(find: Finder) -> Finder:
    """Decorate: this finds what is still open in a cycle, for a person who may see it."""
    _finders.append(find)
    return find


def still_open(cycle: Cycle, user: Any) -> list[StillOpen]:
    """Everything that is still open, the sorts without any left out."""
    return [row for find in _finders for row in find(cycle, user) if row.count]


def _board(cycle: Cycle, show: str = "") -> str:
    """The board of the cycle."""
    more = f"&show={show}" if show else ""
    return f"{reverse('followup_board')}?cycle={cycle.code}{more}"


@leaves_open
def replies(cycle: Cycle, user: Any) -> Iterator[StillOpen]:
    """Offers without a reply, those made from the waitlist apart."""
    waits = Q(offer=None) | Q(offer__status=Reply.OPEN)
    rows = (
        offered(user, cycle).filter(waits).exclude(application__status__in=("withdrawn", "closed"))
    )
    called = rows.filter(offer__called_at__isnull=False).count()
    yield StillOpen(
        "replies", _("Offers that wait for a reply"), rows.count() - called, _board(cycle)
    )
    yield StillOpen(
        "calls", _("Calls from the waitlist that wait for a reply"), called, _board(cycle)
    )


@leaves_open
def people(cycle: Cycle, user: Any) -> Iterator[StillOpen]:
    """People who said yes and whose end is not known; and what they reported that nobody confirmed."""
    rows = UdemFile.objects.filter(offer__decision__application__cycle=cycle)
    rows = unhidden(rows, user, "offer__decision__application")
    rows = rows.exclude(offer__decision__application__status__in=("withdrawn", "closed"))
    ended = rows.exclude(status__in=AT_AN_END).count()
    told = rows.filter(confirmed_at=None).exclude(status=Filing.TO_FILE).count()
    yield StillOpen(
        "people", _("People who said yes and whose end is not recorded"), ended, _board(cycle)
    )
    yield StillOpen(
        "reports", _("Steps that people reported and nobody confirmed"), told, _board(cycle)
    )


@leaves_open
def lists(cycle: Cycle, user: Any) -> Iterator[StillOpen]:
    """What UdeM's last list left to settle: how many lines, for all; coordinators alone open the list."""
    if last := latest(cycle):
        label = _("Lines of UdeM’s last list to settle")
        url = reverse("udem_list", args=[last.pk]) if coordinates(user) else ""
        yield StillOpen("lists", label, last.to_settle, url)


@leaves_open
def letters(cycle: Cycle, user: Any) -> Iterator[StillOpen]:
    """Letters about the people with a place that failed."""
    ids = offered(user, cycle).values_list("application", flat=True)
    about = [subject_of(Application(pk=pk)) for pk in ids]
    failed = OutgoingEmail.objects.needing_a_person().filter(about__in=about).count()
    yield StillOpen("letters", _("Letters that did not arrive"), failed, reverse("letters"))
