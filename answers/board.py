"""What the decision board says of each file besides its score: the discussion, the note, what was sent back."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left

from accounts.models import User
from accounts.permissions import coordinates, directs
from answers.gate import files_found
from answers.models import Act, Change, Note
from answers.permissions import undoes
from applications.models import Application, Choice
from applications.models.application import FILED
from committee.models import Remark
from cycles.models import Cycle
from reviews import ranking
from reviews.models import Decision
from reviews.models.assignment import conflicting
from reviews.ranking import Listing

# As much of the last remark as a line shows; the whole of it is in the discussion.
SHOWN = 400


def dressed(listing: Listing, seats: int | None) -> ranking.Dress:
    """Adds to each row: the discussion, the note, the choices, what it was sent back with, and what the last seat has."""
    mine = Q(application=OuterRef("pk"))
    said = Remark.objects.filter(mine, withdrawn_at__isnull=True).order_by("-at", "-pk")
    counted = said.order_by().values("application").annotate(n=Count("pk")).values("n")
    choices = Choice.objects.filter(mine)
    last = Change.objects.filter(mine, act__undone_at__isnull=True).order_by("-act__at", "-pk")
    cut = listing.last_seats(seats)
    asked = choices.order_by().values("application").annotate(n=Count("pk")).values("n")

    def dress(rows: "models.QuerySet[Application]") -> "models.QuerySet[Application]":
        return rows.annotate(
            remarks_said=Coalesce(Subquery(counted), 0),
            last_remark=Subquery(said.annotate(told=Left("text", SHOWN)).values("told")[:1]),
            last_said_by=Subquery(said.values("author__full_name")[:1]),
            note=Subquery(Note.objects.current().filter(mine).values("text")[:1]),
            preference=Subquery(choices.filter(program=listing.program).values("rank")[:1]),
            programs_asked=Coalesce(Subquery(asked), 1),
            last_kind=Subquery(last.values("act__kind")[:1]),
            last_word=Subquery(last.values("act__why")[:1]),
            # Asked once, whatever the number of rows.
            cut=Subquery(cut),
        )

    return dress


def among(listing: Listing, show: str) -> "models.QuerySet[Application] | None":
    """The files of a filter that the ranked list knows nothing of; None where it does."""
    if show == ranking.FOUND:
        return Application.objects.filter(pk__in=list(files_found(listing.cycle, listing.user)))
    if show == ranking.FOR_ME:
        return Application.objects.filter(_waits_for(listing.user))
    return None


def _waits_for(user: User) -> Q:
    """A director: what somebody else proposed. A coordinator: what was sent back and has no proposal yet."""
    counts = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    proposed = counts.filter(status=Decision.Status.PROPOSED).exclude(proposed_by=user)
    waits = Q(pk__in=[])
    if directs(user):
        waits |= Q(Exists(proposed))
    if coordinates(user):
        waits |= Q(~Exists(counts)) & Q(pk__in=sent_back())
    return waits


def sent_back() -> "models.QuerySet[Any, Any]":
    """The files whose last act was being sent back."""
    last = (
        Change.objects.filter(application=OuterRef("application"), act__undone_at__isnull=True)
        .order_by("-act__at", "-pk")
        .values("pk")[:1]
    )
    rows = Change.objects.filter(act__kind=Act.Kind.SEND_BACK, act__undone_at__isnull=True)
    return rows.filter(pk=Subquery(last)).values("application")


def returned(user: User) -> Any:
    """How many files of the cycle of a row were sent back and have no proposal yet, of those that this person may see."""
    counts = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
    files = Application.objects.filed().filter(~Exists(counts), pk__in=sent_back())
    files = files.exclude(pk__in=conflicting(user)).filter(cycle=OuterRef("cycle")).order_by()
    return Coalesce(Subquery(files.values("cycle").annotate(n=Count("pk")).values("n")), 0)


def last_act(cycle: Cycle, user: User) -> Act | None:
    """What this person did last on the board of a cycle, if it can still be undone by them."""
    rows = Act.objects.visible_to(user).standing().judged().filter(cycle=cycle, by=user)
    act = rows.select_related("program").first()
    return act if act and not act.is_overtaken and undoes(user, act) else None


@dataclass(frozen=True)
class Waiting:
    """What waits for a director in a cycle; `others`: what this one may not approve, for whatever reason.

    `corrections` of released answers are approved on the page of the releases.
    """

    mine: int
    here: int
    others: int
    corrections: int


def waiting(listing: Listing) -> Waiting:
    """Counted in one query. `others` says only that somebody else must: not which files, nor why."""
    mine = Q(pk__in=ranking.waiting(listing.cycle, listing.user).values("pk"))
    asks = Choice.objects.filter(application=OuterRef("application"), program=listing.program)
    rows = Decision.objects.filter(
        application__cycle=listing.cycle,
        application__status__in=FILED,
        status=Decision.Status.PROPOSED,
    )
    correcting = Q(corrects__isnull=False) & ~Q(proposed_by=listing.user)
    told = rows.aggregate(
        mine=Count("pk", filter=mine),
        here=Count("pk", filter=mine & Q(Exists(asks))),
        all=Count("pk", filter=Q(is_current=True)),
        corrections=Count("pk", filter=correcting & ~Q(application__in=conflicting(listing.user))),
    )
    others = told["all"] - told["mine"]
    return Waiting(told["mine"], told["here"], others, told["corrections"])
