"""What replies teach the decision board: those of earlier cycles, and the offers of this one that hold no seat."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from answers.replies import Replies, calls, ends, tells
from cycles.clock import day_of
from cycles.models import Cycle, Program
from followup.models import STANDING, Offer, Reply
from reviews.models import Decision, Outcome


@tells
def replied(cycle: Cycle, program: Program) -> Replies:
    """The offers of a program in the cycles that opened before this one and whose day to reply has passed; one query.

    Calls are left out: with a few days, weeks later, people reply otherwise than to the first answers.
    """
    rows = Decision.objects.filter(
        is_current=True,
        status=Decision.Status.RELEASED,
        outcome=Outcome.ACCEPT,
        program=program,
        application__cycle__opens_at__lt=cycle.opens_at,
        application__cycle__reply_by__lt=day_of(timezone.now()),
    )
    accepted = Count("pk", filter=Q(offer__status=Reply.ACCEPTED))
    return Replies(**rows.aggregate(offers=Count("pk"), accepted=accepted))


@ends
def ended() -> QuerySet[Any, Any]:
    """The answers whose offer was declined or lapsed, calls from the waitlist among them."""
    return Offer.objects.filter(status__in=(Reply.DECLINED, Reply.EXPIRED)).values("decision")


@calls
def called() -> QuerySet[Any, Any]:
    """The waitlist answers whose person was called and holds a seat."""
    return Offer.objects.filter(called_at__isnull=False, status__in=STANDING).values("decision")
