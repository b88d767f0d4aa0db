"""The list of an announcement: what is on it, its fingerprint, and why it cannot be frozen or shown.

As with answers (`answers.frozen`): a list is frozen with a SHA-256 over what waits, and shown only while what waits still
matches. Here it goes over all the rounds of a cycle that have closed, which are shown together.
"""

import hashlib
from collections.abc import Sequence

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import directs
from answers.frozen import without_answer
from cycles.models import Cycle
from reviews.models import Decision
from scholarships.models import Announcement, Candidacy, Result, Round
from scholarships.ranking import ranking
from scholarships.result_rules import exceptions, refusals, standing_of

DECIDED = (Result.Status.APPROVED, Result.Status.SHOWN)


class Halt(models.TextChoices):
    """Why the timetable shows nothing of an approved announcement."""

    CHANGED = "changed", gettext_lazy("The list changed since it was frozen.")
    OBJECTION = "objection", gettext_lazy("Somebody on the list can no longer get what it says.")
    PERSON = "person", gettext_lazy("Who approved it is no longer a director.")


def batch_of(cycle: Cycle) -> "models.QuerySet[Announcement]":
    """The announcements of a cycle whose lists are frozen: one a round, shown together."""
    return Announcement.objects.unfinished().filter(round__cycle=cycle).order_by("pk")


def closed_rounds(cycle: Cycle) -> list[Round]:
    """The rounds that take no applications any more."""
    rows = Round.objects.published().filter(cycle=cycle, closes_at__lt=timezone.now())
    return list(rows.order_by("category", "pk"))


def waiting(cycle: Cycle) -> "models.QuerySet[Result]":
    """The list as it stands: every approved result of an application that is still judged."""
    judged = Candidacy.objects.judged().filter(round__cycle=cycle)
    return Result.objects.filter(
        status=Result.Status.APPROVED, candidacy__in=judged.order_by().values("pk")
    )


def fingerprint(rows: "models.QuerySet[Result]") -> str:
    """64 hexadecimal digits that change with any application, outcome or place on the list."""
    digest = hashlib.sha256()
    told = rows.order_by("candidacy__number").values_list("candidacy__number", "outcome", "rank")
    for line in told.iterator(chunk_size=2000):
        digest.update(("|".join(str(part) for part in line) + "\n").encode())
    return digest.hexdigest()


def obstacles(cycle: Cycle) -> list[str]:
    """Why the results of a cycle cannot be frozen yet, a line each. Counts only what the office may know."""
    if batch_of(cycle).exists():
        return [_("The results of this cycle are frozen already.")]
    reasons = []
    if without_answer(cycle).exists():
        reasons.append(_("The admission has not answered everybody of this cycle yet."))
    for row in closed_rounds(cycle):
        reasons += [f"{row.name} – {text}" for text in _lacking(row)]
    if not reasons and not waiting(cycle).exists():
        reasons.append(_("No approved result waits to be shown."))
    return reasons


def _lacking(row: Round) -> list[str]:
    """What stands against one round."""
    stands = ranking(row)
    given = standing_of(stands)
    reasons = refusals(stands, given)
    undecided = [
        line for line in stands.all if line.standing is None or line.standing.status not in DECIDED
    ]
    if undecided:
        text = ngettext(
            "%(count)s application has no approved result.",
            "%(count)s applications have no approved result.",
            len(undecided),
        )
        reasons.append(text % {"count": len(undecided)})
    open_ones = [line for line in stands.all if line.standing and not line.is_shown]
    unsaid = [line for line in open_ones if line.standing and not line.standing.why]
    if any(exceptions(stands, given, line.candidacy.pk) for line in unsaid):
        reasons.append(_("A result calls for a reason that nobody gave."))
    return reasons


def unanswered(batch: Sequence[Announcement]) -> bool:
    """Whether the admission has not shown its answer to somebody on the list: aid never comes before it, nor tells it."""
    shown = Decision.objects.filter(
        application=OuterRef("candidacy__application"),
        is_current=True,
        status=Decision.Status.RELEASED,
    )
    return Result.objects.filter(~Exists(shown), announcement__in=batch).exists()


def halt_of_list(cycle: Cycle, batch: Sequence[Announcement]) -> Halt | None:
    """Why the list cannot be shown as it is now."""
    if any(one.fingerprint != fingerprint(waiting(cycle)) for one in batch[:1]):
        return Halt.CHANGED
    for one in batch:
        stands = ranking(one.round)
        if refusals(stands, standing_of(stands)):
            return Halt.OBJECTION
    return None


def halt_of(cycle: Cycle, batch: Sequence[Announcement]) -> Halt | None:
    """Why the timetable must not show it: the list is judged again, and the person who approved it."""
    if any(not directs(one.approved_by) for one in batch):
        return Halt.PERSON
    return halt_of_list(cycle, batch)
