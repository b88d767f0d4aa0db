"""The list of a release: what is on it, its fingerprint, and why it cannot be frozen or shown.

The fingerprint is a SHA-256 over the approved decisions that wait. A list is frozen with it, and shown only
while what waits still matches: any change after the preparation calls for a new one.
"""

import hashlib

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import directs
from answers.objections import objections
from applications.models import Application
from applications.sight import unhidden
from cycles.models import Cycle
from reviews.models import Decision, Release

Kind = Release.Kind
FEW = 10


class Halt(models.TextChoices):
    """Why the timetable shows nothing of an approved release."""

    CHANGED = "changed", gettext_lazy("The list changed since it was frozen.")
    OBJECTION = "objection", gettext_lazy("A correction can no longer be released as it is.")
    PERSON = "person", gettext_lazy("Who approved it is no longer a director.")


def frozen_in(cycle: Cycle) -> Release | None:
    """The release of a cycle whose list is frozen, first answers before corrections; None while nothing is."""
    return cycle.releases.unfinished().order_by("-kind").first()


def waiting(cycle: Cycle, kind: str) -> "models.QuerySet[Decision]":
    """The list as it stands: every approved answer, or correction, about a file that counts."""
    rows = Decision.objects.filter(application__cycle=cycle)
    if kind == Kind.CORRECTION:
        return rows.corrections().filter(status=Decision.Status.APPROVED)
    return rows.approved()


def without_answer(cycle: Cycle) -> "models.QuerySet[Application]":
    """Filed applications that no approved or released decision answers."""
    answered = Decision.objects.filter(
        application=OuterRef("pk"),
        is_current=True,
        status__in=(Decision.Status.APPROVED, Decision.Status.RELEASED),
    )
    return Application.objects.filed().filter(~Exists(answered), cycle=cycle).order_by("number")


def fingerprint(rows: "models.QuerySet[Decision]") -> str:
    """64 hexadecimal digits that change with any file, outcome, program or place on the list."""
    digest = hashlib.sha256()
    told = rows.order_by("application__number").values_list(
        "application__number", "version", "outcome", "program__code", "rank"
    )
    for line in told.iterator(chunk_size=2000):
        digest.update(("|".join(str(part) for part in line) + "\n").encode())
    return digest.hexdigest()


def obstacles(cycle: Cycle, user: User, kind: str = Kind.FIRST) -> list[str]:
    """Why a release of this kind cannot be prepared yet, a line each.

    The count is the whole cycle's; files are named only to those who may see them.
    """
    rows = waiting(cycle, kind)
    if kind == Kind.CORRECTION:
        reasons = objected(rows, user) if rows.exists() else [nothing_waits()]
    elif (missing := without_answer(cycle)).exists():
        reasons = [_lacking(missing, user)]
    else:
        reasons = [] if rows.exists() else [nothing_waits()]
    if cycle.releases.unfinished().filter(kind=kind).exists():
        reasons.append(_("A release of this cycle is already prepared."))
    return reasons


def nothing_waits() -> str:
    """No list without a line."""
    return _("No approved decision waits for a release.")


def _lacking(missing: "models.QuerySet[Application]", user: User) -> str:
    """How many files have no answer; the first few that this person may know, by number."""
    count = missing.count()
    named = unhidden(missing, user).values_list("number", flat=True)[: FEW + 1]
    first = [*named[:FEW], "…"] if len(named) < count or len(named) > FEW else list(named)
    text = ngettext(
        "%(count)s application of the whole cycle has no approved decision: %(first)s",
        "%(count)s applications of the whole cycle have no approved decision: %(first)s",
        count,
    )
    return text % {"count": count, "first": ", ".join(first)}


def objected(rows: "models.QuerySet[Decision]", user: User) -> list[str]:
    """What later apps object to about these corrections; the numbers only of files that this person may know."""
    known = set(unhidden(rows, user, "application").values_list("application__number", flat=True))
    return [f"{number if number in known else '…'} – {text}" for number, text in objections(rows)]


def halt_of_list(prepared: Release) -> Halt | None:
    """Why the list cannot be shown as it is now."""
    now = waiting(prepared.cycle, prepared.kind)
    if fingerprint(now) != prepared.fingerprint:
        return Halt.CHANGED
    if prepared.is_correction and any(objections(now)):
        return Halt.OBJECTION
    return None


def halt_of(approved: Release) -> Halt | None:
    """Why the timetable must not show it: the list is judged again, and the person who approved it."""
    if not directs(approved.approved_by):
        return Halt.PERSON
    return halt_of_list(approved)


def added(prepared: Release) -> "models.QuerySet[Decision]":
    """What waits now and was not frozen."""
    return waiting(prepared.cycle, prepared.kind).exclude(release=prepared)


def gone(prepared: Release) -> "models.QuerySet[Decision]":
    """What was frozen and no longer waits."""
    now = waiting(prepared.cycle, prepared.kind)
    return Decision.objects.filter(release=prepared).exclude(pk__in=now.values("pk"))
