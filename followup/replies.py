"""What the replies of earlier cycles teach about this one: sums, never a person."""

from django.db.models import Count, Q
from django.utils import timezone

from answers.replies import Replies, tells
from cycles.clock import day_of
from cycles.models import Cycle, Program
from followup.models.answer import Reply
from reviews.models import Decision, Outcome


@tells
def replied(cycle: Cycle, program: Program) -> Replies:
    """The offers of a program in the cycles that opened before this one and whose day to reply has passed; one query."""
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
