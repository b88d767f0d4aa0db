"""What tests of the committee's organisation need: anchor files, readers who scored them, files on their way."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from committee import anchors
from committee.calibration import save_reading
from committee.models import Anchor, AnchorReading
from cycles.models import Cycle
from reviews.models import Assignment, Review


def three(of: Cycle, *, by: User) -> list[Anchor]:
    """The ready files."""
    anchors.add_ready(of, by=by)
    return list(Anchor.objects.filter(cycle=of))


def scored(anchor: Anchor, reader: User, *values: int | None, comment: str = "") -> AnchorReading:
    """What a reader gives, criterion by criterion."""
    keys = anchor.cycle.criteria.values_list("pk", flat=True)
    given = dict(zip(keys, values, strict=True))
    before = AnchorReading.objects.filter(anchor=anchor, reader=reader).first()
    revision = before.revision if before else 0
    return save_reading(anchor, given, comment=comment, revision=revision, by=reader)


def calibrated(files: Sequence[Anchor], reader: User, *values: int | None) -> None:
    """The same values for every file."""
    for anchor in files:
        scored(anchor, reader, *values)


def handed_in_at(row: Assignment, at: datetime) -> None:
    """As if the review had been handed in then."""
    Review.objects.filter(assignment=row).update(handed_in_at=at, saved_at=at)
