"""Who judges a round: three people or more, one of the EDI committee; without them nothing is read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import coordinates, directs, sits
from scholarships.models import Reading, Result, Round, Seat


def panel_lacks(row: Round) -> list[str]:
    """What the panel still needs before it reads, a sentence each; a seat counts while its person holds the role."""
    seats = list(Seat.objects.filter(round=row).select_related("person"))
    able = [one for one in seats if sits(one.person)]
    reasons = []
    if (missing := row.panel_size - len(able)) > 0:
        text = ngettext(
            "The panel lacks %(count)s person.", "The panel lacks %(count)s people.", missing
        )
        reasons.append(text % {"count": missing})
    if not any(one.of_edi_committee for one in able):
        reasons.append(_("Nobody of the EDI committee sits on the panel."))
    if not row.measures.exists():
        reasons.append(_("The rubric of the round is empty."))
    return reasons


def has_a_seat(user: Any, row: Round) -> bool:
    """Whether this person judges the round."""
    return sits(user) and Seat.objects.filter(round=row, person=user.pk).exists()


def wrote(user: Any, reading: Reading) -> bool:
    """Whose reading it is, while they judge scholarships."""
    return sits(user) and user.pk == reading.person_id


def manages(user: User) -> bool:
    """Those who see a ranking: coordinators and directors."""
    return coordinates(user) or directs(user)


def proposes(user: Any, row: Any) -> bool:
    """Coordinators propose results, and take back what nobody approved."""
    return coordinates(user)


def approves(user: Any, result: Result) -> bool:
    """A director, on what somebody else proposed."""
    return directs(user) and user.pk != result.proposed_by_id
