"""The panel's readings: a draft that saves itself, handing it in, taking it back, staying away from somebody.

The arithmetic and the refusals are those of admission's reviews (`reviews.scoring`); what is judged is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.moves import Move, Refused, move, record
from reviews.scoring import Stale, weighted_mean
from scholarships.eligible import eligible
from scholarships.models import Candidacy, Measure, Reading, Recusal, Result, Round
from scholarships.panels import has_a_seat, panel_lacks, wrote

Status = Reading.Status


@dataclass(frozen=True)
class Judged:
    """What a member of the panel has typed so far. `scores`: measure's id → 1–5, or None for "cannot judge"."""

    scores: Mapping[int, int | None] = field(default_factory=dict)
    comment: str = ""


def mark_of(reading: Reading, measures: list[Measure]) -> Decimal | None:
    """The weighted mean of a reading, from 1 to 5; None where nothing could be judged."""
    given = scores_of(reading)
    return weighted_mean((row.weight, given[row.pk]) for row in measures if row.pk in given)


def scores_of(reading: Reading | None) -> dict[int, int | None]:
    """Measure's id → value, of what is scored so far."""
    return {int(pk): value for pk, value in reading.scores.items()} if reading else {}


def settled(candidacy: Candidacy) -> bool:
    """Whether a result was proposed on the strength of the readings, and stands."""
    rows = Result.objects.filter(candidacy=candidacy)
    return rows.exclude(status=Result.Status.SET_ASIDE).exists()


def lacks(reading: Reading) -> list[str]:
    """What a reading still needs before it can be handed in, in the order of the page."""
    given, measures = scores_of(reading), list(reading.candidacy.round.measures.all())
    unscored = [row for row in measures if row.pk not in given]
    reasons = [_("Not scored yet: %(criterion)s.") % {"criterion": row.name} for row in unscored]
    if not unscored and all(given[row.pk] is None for row in measures):
        reasons.append(_("Score at least one criterion."))
    return reasons


def decided(reading: Reading) -> list[str]:
    """The blocker of a change of mind."""
    if not settled(reading.candidacy):
        return []
    return [_("A result was proposed since: write to the coordination.")]


HAND_IN = Move(
    "hand_in_reading",
    (Status.DRAFT,),
    Status.HANDED_IN,
    may=wrote,
    blocked_by=lacks,
    label=gettext_lazy("Hand in and open the next"),
)
TAKE_BACK = Move(
    "take_back_reading",
    (Status.HANDED_IN,),
    Status.DRAFT,
    may=wrote,
    blocked_by=decided,
    label=gettext_lazy("Take back to correct"),
)


def refuse_reading(row: Round) -> None:
    """Raise Refused while the panel is not whole: nobody reads before."""
    if reasons := panel_lacks(row):
        raise Refused(_("Reading has not begun."), reasons)


def _held(candidacy: Candidacy, by: User) -> Candidacy:
    """The row, kept from results and other tabs until the end, while this person reads it. Raises Refused."""
    rows = Candidacy.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("round", "application").get(pk=candidacy.pk)
    if not Candidacy.objects.panel_of(by).filter(pk=held.pk).exists():
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_reading(held.round)
    if held.pk not in eligible([held]):
        raise Refused(_("Not eligible: no score is asked for."))
    return held


@transaction.atomic
def save_reading(candidacy: Candidacy, judged: Judged, *, revision: int, by: User) -> Reading:
    """Keep what a member of the panel has typed so far, complete or not.

    `revision` is the reading's when the page was opened, 0 for none. Raises Stale when another tab saved since,
    Refused when it was handed in, when nobody may read yet, or when the person is not eligible.
    """
    held = _held(candidacy, by)
    row = Reading.objects.filter(candidacy=held, person=by).first()
    if (row and row.status != Status.DRAFT) or settled(held):
        raise Refused(_("This review can no longer be changed."))
    row = row or Reading(candidacy=held, person=by)
    if row.revision != revision:
        raise Stale(_("This review was saved in another tab since you opened this page."))
    asked = set(held.round.measures.values_list("pk", flat=True))
    row.scores = {str(pk): value for pk, value in judged.scores.items() if pk in asked}
    row.comment, row.revision, row.saved_at = judged.comment, revision + 1, timezone.now()
    row.save()
    return row


@transaction.atomic
def hand_in(candidacy: Candidacy, *, by: User) -> Reading:
    """Give the saved reading to the panel; it counts from now on. Raises Refused with what lacks."""
    held = _held(candidacy, by)
    row = Reading.objects.filter(candidacy=held, person=by).first()
    if row is None:
        raise Refused(_("This cannot be done yet."), lacks(Reading(candidacy=held, person=by)))
    return move(row, HAND_IN, by=by, handed_in_at=timezone.now())


@transaction.atomic
def take_back(candidacy: Candidacy, *, by: User) -> Reading:
    """Open one's own reading again, while no result was proposed on it. Raises Refused."""
    held = _held(candidacy, by)
    row = Reading.objects.filter(candidacy=held, person=by).first()
    if row is None:
        raise Refused(_("This can no longer be done: the file has changed since."))
    return move(row, TAKE_BACK, by=by, handed_in_at=None)


@transaction.atomic
def recuse(candidacy: Candidacy, why: str, *, by: User) -> Recusal:
    """Stay away from somebody: the application leaves one's queue, and what one wrote of it counts no more."""
    if not Candidacy.objects.panel_of(by).filter(pk=candidacy.pk).exists():
        raise Refused(_("You may not do this."), forbidden=True)
    Candidacy.objects.select_for_update(no_key=True, of=("self",)).get(pk=candidacy.pk)
    made, _is_new = Recusal.objects.get_or_create(
        candidacy=candidacy, person=by, defaults={"why": why}
    )
    record("recuse", made, by=by)
    return made


@transaction.atomic
def come_back(recusal: Recusal, *, by: User) -> None:
    """Take a recusal back: what one wrote before is there again. Raises Refused once a result was proposed."""
    if by.pk != recusal.person_id or not has_a_seat(by, recusal.candidacy.round):
        raise Refused(_("You may not do this."), forbidden=True)
    held = Candidacy.objects.select_for_update(no_key=True, of=("self",))
    if settled(held.get(pk=recusal.candidacy_id)):
        raise Refused(_("A result was proposed since: write to the coordination."))
    record("come_back", recusal, by=by)
    recusal.delete()
