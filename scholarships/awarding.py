"""Awards: what a result is worth, offered to its person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, record
from scholarships.models import Award, Result


@transaction.atomic
def offer_all(results: Sequence[Result], *, by: User | None, at: datetime) -> list[Award]:
    """An award to each of these, to reply to within the round's days. Raises Refused where no amount is entered."""
    given = []
    for result in results:
        row = result.candidacy.round
        if row.amount is None:
            raise Refused(_("The round has no amount yet."))
        award = Award.objects.create(
            candidacy=result.candidacy,
            amount=row.amount,
            months=row.months,
            offered_at=at,
            reply_by=at + timedelta(days=row.reply_days),
        )
        record("offered", award, by=by)
        given.append(award)
    return given
