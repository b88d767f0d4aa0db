"""The files that most need another reading: near the line of the seats, and little known or argued about."""

from decimal import Decimal

from django.db.models import DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q

from applications.models import Application, Choice
from applications.models.application import FILED, ApplicationQuerySet
from cycles.models import Cycle, Program
from reviews.models import Decision

# In points of the scale, from one end of the interval to the other: about what two readings leave.
WIDE = Decimal("1.1")
APART = Decimal("1.5")
SETTLED = (Decision.Status.APPROVED, Decision.Status.RELEASED)


def deserving(cycle: Cycle, program: Program) -> ApplicationQuerySet:
    """Submitted files whose chance of a seat is between 10 and 90 %, with a wide interval or readers apart.

    The least known first. Those whose answer a director approved are left alone, and those whose marks
    changed since the last estimate wait for the next.
    """
    asks = Choice.objects.filter(application=OuterRef("pk"), program=program)
    settled = Decision.objects.filter(
        application=OuterRef("pk"), is_current=True, status__in=SETTLED
    )
    width = ExpressionWrapper(
        F("standing__adjusted_high") - F("standing__adjusted_low"),
        output_field=DecimalField(max_digits=4, decimal_places=3),
    )
    return (
        Application.objects.filter(
            Exists(asks),
            cycle=cycle,
            status__in=FILED,
            standing__cycle=cycle,
            standing__near__contains=[program.pk],
        )
        .filter(~Exists(settled))
        .annotate(width=width)
        .filter(Q(width__gte=WIDE) | Q(standing__highest__gte=F("standing__lowest") + APART))
        .order_by("-width", "pk")
    )
