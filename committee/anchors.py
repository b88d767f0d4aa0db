"""The anchor files of a cycle before anybody reads them: the ready ones, and those of the next year."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from committee.models import Anchor
from committee.ready_texts import READY
from cycles.copying import give
from cycles.models import Cycle
from reviews.models import Criterion


@transaction.atomic
def add_ready(cycle: Cycle, *, by: User) -> list[Anchor]:
    """Give a cycle without anchor files the three ready ones. Raises Refused."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    # Two clicks wait for each other here, and the second finds the files of the first.
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if Anchor.objects.filter(cycle=cycle).exists():
        raise Refused(_("This cycle has calibration files already."))
    rows = Anchor.objects.bulk_create(
        Anchor(cycle=cycle, position=position, **texts) for position, texts in enumerate(READY, 1)
    )
    record("add_ready_anchors", cycle, by=by)
    return rows


def copy(old: Cycle, new: Cycle) -> None:
    """The same files; an agreed value follows its criterion, which the rubric copied before us."""
    names = {
        row.name_fr: row.pk for row in Criterion.objects.filter(cycle=new).order_by("position")
    }
    same = {
        str(row.pk): str(names[row.name_fr])
        for row in Criterion.objects.filter(cycle=old)
        if row.name_fr in names
    }
    for anchor in Anchor.objects.filter(cycle=old):
        agreed = anchor.reference.items()
        anchor.reference = {same[key]: value for key, value in agreed if key in same}
        give(anchor, new)
