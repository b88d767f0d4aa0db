"""What a reply to an offer means for the correction of the answer that made it."""

from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from answers.objections import Objection, objects
from cycles.clock import day_of
from followup.models import Reply
from reviews.models import Decision, Outcome


@objects
def offers_that_were_accepted(corrections: "models.QuerySet[Decision]") -> Iterator[Objection]:
    """A yes stands: the person builds on it, at the university too. Only they, by withdrawing, undo it."""
    taken = corrections.filter(corrects__offer__status=Reply.ACCEPTED)
    for number in taken.values_list("application__number", flat=True):
        yield number, _("The person has accepted the offer: talk to them; only they can undo it.")


@objects
def people_who_were_called(corrections: "models.QuerySet[Decision]") -> Iterator[Objection]:
    """A call is a place that was offered: whatever came of it, the answer behind it stays."""
    called = corrections.filter(corrects__offer__called_at__isnull=False)
    for number in called.values_list("application__number", flat=True):
        yield (
            number,
            _("The person was called from the waitlist: the place they were offered stays."),
        )


@objects
def offers_without_time_to_reply(corrections: "models.QuerySet[Decision]") -> Iterator[Objection]:
    """An offer that lapses as it is made is none."""
    late = corrections.filter(
        outcome=Outcome.ACCEPT, application__cycle__reply_by__lt=day_of(timezone.now())
    )
    for number in late.values_list("application__number", flat=True):
        yield number, _("The last day to reply has passed: have it moved in the configuration.")
