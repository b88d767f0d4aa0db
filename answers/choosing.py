"""Which files of a ranked list an act is about: those ticked, or a whole part of the list."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from answers.board_forms import ABOVE, RANGE
from applications.models import Application
from applications.paging import SIZE
from audit.moves import Refused
from reviews.models import Decision
from reviews.models.assignment import conflicting
from reviews.ranking import Listing

COLUMNS = ("number", "status", "cycle")


def ticked(numbers: list[str], user: User) -> list[Application]:
    """The files ticked on a page that this person may see, in the order of the page."""
    wanted = numbers[:SIZE]
    rows = Application.objects.visible_to(user).exclude(pk__in=conflicting(user))
    found = {row.number: row for row in rows.filter(number__in=wanted).only(*COLUMNS)}
    return [found[number] for number in dict.fromkeys(wanted) if number in found]


def part_of(listing: Listing, told: dict[str, Any], seats: int | None) -> list[Application]:
    """A whole part of a list, best first; without the files that have an answer already, unless they are asked for."""
    rows: models.QuerySet[Application] = listing.marked()
    if told["which"] == ABOVE:
        if not seats:
            raise Refused(_("This program has no number of seats, so the list has no line."))
        rows = _between(rows, 0, seats)
    elif told["which"] == RANGE:
        rows = _between(rows, told["first"] - 1, told["last"])
    if not told["replaces"]:
        answered = Decision.objects.filter(application=OuterRef("pk"), is_current=True)
        rows = rows.filter(~Exists(answered))
    found = list(rows.only(*COLUMNS))
    if not found:
        raise Refused(
            _(
                "No file of this part of the list is without a proposed answer."
                " Files without a score are not in it: tick them under “Without a score”."
            )
        )
    return found


def _between(
    rows: "models.QuerySet[Application]", first: int, last: int
) -> "models.QuerySet[Application]":
    """The files of some ranks, as rows that can be narrowed further."""
    return rows.filter(pk__in=rows.values("pk")[first:last])
