"""Scoring the anchor files: what is left for a reader, saving, and until when it can be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.moves import Refused, record
from committee.comparison import Group, group_of
from committee.models import Anchor, AnchorReading
from committee.permissions import calibrates
from cycles.models import Cycle
from reviews.before_reading import First, comes_first
from reviews.models import Assignment
from reviews.scoring import Stale

MINUTES_EACH = 4


@dataclass(frozen=True)
class Line:
    """One anchor file, and what this reader gave to it so far."""

    anchor: Anchor
    reading: AnchorReading | None


def lines_of(reader: User, cycle: Cycle) -> list[Line]:
    """The anchor files of a cycle in order, with this reader's own readings; two queries."""
    anchors = list(Anchor.objects.complete().filter(cycle=cycle))
    rows = AnchorReading.objects.filter(reader=reader, anchor__in=anchors)
    own = {row.anchor_id: row for row in rows}
    return [Line(anchor, own.get(anchor.pk)) for anchor in anchors]


def next_of(lines: list[Line]) -> Anchor | None:
    """The first that is not scored yet."""
    return next((line.anchor for line in lines if line.reading is None), None)


def has_handed_in(reader: User, cycle: Cycle) -> bool:
    """Whether a real review of this reader counts in the cycle."""
    rows = Assignment.objects.of(reader).filter(application__cycle=cycle)
    return rows.filter(status=Assignment.Status.HANDED_IN).exists()


def may_correct(reader: User, cycle: Cycle, lines: list[Line], group: Group | None = None) -> bool:
    """Until the comparison shows or a real review was handed in: what is compared must not move afterwards."""
    if next_of(lines) is None and (group or group_of(cycle)).is_large_enough:
        return False
    return not has_handed_in(reader, cycle)


@transaction.atomic
def save_reading(
    anchor: Anchor, values: Mapping[int, int | None], *, comment: str, revision: int, by: User
) -> AnchorReading:
    """Keep what a reader gives to an anchor file: criterion's id → 1–5, or None for "cannot judge".

    `revision` is the reading's when the page was opened, 0 for none. Raises Stale when another tab saved
    since, Refused when a criterion is missing or it is too late to correct.
    """
    if not calibrates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    criteria = list(anchor.cycle.criteria.all())
    if missing := [row for row in criteria if row.pk not in values]:
        unscored = _("Not scored yet: %(criterion)s.")
        reasons = [unscored % {"criterion": row.name} for row in missing]
        raise Refused(_("This cannot be done yet."), reasons)
    # Two tabs of one reader wait for each other here, so that the second sees what the first saved.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = AnchorReading.objects.filter(anchor=anchor, reader=by).first()
    if row and not may_correct(by, anchor.cycle, lines_of(by, anchor.cycle)):
        raise Refused(_("What you gave to this file stays as it is now."))
    row = row or AnchorReading(anchor=anchor, reader=by, revision=0)
    if row.revision != revision:
        raise Stale(_("This review was saved in another tab since you opened this page."))
    row.values = {str(criterion.pk): values[criterion.pk] for criterion in criteria}
    row.comment, row.done_at, row.revision = comment, timezone.now(), revision + 1
    row.save()
    record("calibrate", row, by=by)
    return row


@comes_first
def anchors_first(reader: User, cycle: Cycle) -> First | None:
    """The queue's first words while this reader has anchor files left; afterwards a link. One query."""
    anchors = Anchor.objects.complete().filter(cycle=cycle)
    own = AnchorReading.objects.filter(reader=reader, anchor=OuterRef("pk"))
    done = anchors.values_list(Exists(own), flat=True)
    if not done:
        return None
    left = sum(not one for one in done)
    url = reverse("calibration")
    if not left:
        return First("", _("My calibration"), url, done=True)
    text = ngettext(
        "One short fictitious file first: about %(minutes)s minutes, so that all use the same scale.",
        "%(count)s short fictitious files first: about %(minutes)s minutes, so that all use the same scale.",
        left,
    )
    label = _("Begin") if left == len(done) else _("Go on")
    return First(text % {"count": left, "minutes": left * MINUTES_EACH}, label, url)
