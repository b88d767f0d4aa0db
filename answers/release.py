"""One release for everybody: a frozen list, a dry run, a second person, one transaction.

The fingerprint is a SHA-256 over the approved decisions of a cycle. The list is frozen with it, and
released only while it still matches: any change after the preparation calls for a new one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from answers.letters import announce
from applications.models import Application
from applications.sight import unhidden
from audit.moves import Move, Refused, move, move_all, record
from cycles.models import Cycle
from reviews.models import Decision, Outcome, Release
from reviews.permissions import cancels, prepares, releases

RELEASE = Move(
    "release",
    (Release.Status.PREPARED,),
    Release.Status.DONE,
    may=releases,
    label=gettext_lazy("Release all answers now"),
)
CANCEL = Move(
    "cancel_release",
    (Release.Status.PREPARED,),
    Release.Status.CANCELLED,
    may=cancels,
    label=gettext_lazy("Cancel this release"),
)
SHOW = Move(
    "show_decision",
    (Decision.Status.APPROVED,),
    Decision.Status.RELEASED,
    may=lambda user, decision: True,  # RELEASE has judged the person, once for all
)
FEW = 10


def approved_in(cycle: Cycle) -> "models.QuerySet[Decision]":
    """The list as it stands: every approved decision about a file that counts."""
    return Decision.objects.approved().filter(application__cycle=cycle)


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


def obstacles(cycle: Cycle, user: User) -> list[str]:
    """Why a release of this cycle cannot be prepared yet, a line each.

    The count is the whole cycle's; files are named only to those who may see them.
    """
    reasons = []
    missing = without_answer(cycle)
    if count := missing.count():
        named = unhidden(missing, user).values_list("number", flat=True)[: FEW + 1]
        first = [*named[:FEW], "…"] if len(named) < count or len(named) > FEW else list(named)
        text = ngettext(
            "%(count)s application of the whole cycle has no approved decision: %(first)s",
            "%(count)s applications of the whole cycle have no approved decision: %(first)s",
            count,
        )
        reasons.append(text % {"count": count, "first": ", ".join(first)})
    elif not approved_in(cycle).exists():
        reasons.append(_("No approved decision waits for a release."))
    if cycle.releases.prepared().exists():
        reasons.append(_("A release of this cycle is already prepared."))
    return reasons


@transaction.atomic
def prepare_release(cycle: Cycle, *, by: User) -> Release:
    """Freeze the list of approved decisions for a director. Raises Refused with the reasons."""
    if not prepares(by, cycle):
        raise Refused(_("You may not do this."), forbidden=True)
    if reasons := obstacles(cycle, by):
        raise Refused(_("This release cannot be prepared yet."), reasons)
    ids = [row.pk for row in approved_in(cycle).order_by("pk").select_for_update(of=("self",))]
    frozen = Decision.objects.filter(pk__in=ids)
    try:
        with transaction.atomic():
            prepared = Release.objects.create(
                cycle=cycle, prepared_by=by, fingerprint=fingerprint(frozen), size=len(ids)
            )
    except IntegrityError as error:
        raise Refused(_("A release of this cycle is already prepared.")) from error
    frozen.update(release=prepared)
    record("prepare_release", prepared, by=by, new=Release.Status.PREPARED, size=len(ids))
    return prepared


@dataclass(frozen=True)
class DryRun:
    """What a release would do now: letters by kind and language, who lacks an answer, what changed."""

    letters: list[dict[str, Any]]
    lacking: list[str]
    added: list[str]
    gone: list[str]
    matches: bool

    @property
    def total(self) -> dict[str, int]:
        """Letters in French, in English and together."""
        return {key: sum(line[key] for line in self.letters) for key in ("fr", "en", "all")}


def dry_run(prepared: Release, user: User) -> DryRun:
    """Look, and touch nothing. Sums are the whole cycle's; files are named only to those who may see them."""
    now = approved_in(prepared.cycle)
    frozen = Decision.objects.filter(release=prepared)
    letters = (
        now.order_by()
        .values("outcome", "program__name_fr", "program__name_en", "program__position")
        .annotate(
            fr=Count("pk", filter=Q(application__applicant__language="fr")),
            en=Count("pk", filter=Q(application__applicant__language="en")),
            all=Count("pk"),
        )
        .order_by("outcome", "program__position")
    )
    return DryRun(
        letters=[{**line, "label": _label(line)} for line in letters],
        lacking=list(
            unhidden(without_answer(prepared.cycle), user).values_list("number", flat=True)[:FEW]
        ),
        added=_numbers(now.exclude(release=prepared), user),
        gone=_numbers(frozen.exclude(pk__in=now.values("pk")), user),
        matches=fingerprint(now) == prepared.fingerprint,
    )


def _label(line: Mapping[str, Any]) -> str:
    """`Accept, M.Sc.`: one kind of answer, in the language of the page."""
    english = (get_language() or "fr").startswith("en")
    program = line["program__name_en" if english else "program__name_fr"]
    outcome = str(Outcome(line["outcome"]).label)
    return f"{outcome}, {program}" if program else outcome


def _numbers(rows: "models.QuerySet[Decision]", user: User) -> list[str]:
    """The first few file numbers that this person may know."""
    return list(
        unhidden(rows, user, "application")
        .order_by("application__number")
        .values_list("application__number", flat=True)[:FEW]
    )


@transaction.atomic
def release(prepared: Release, *, by: User) -> Release:
    """Make every decision of the list visible and queue every letter, all or nothing.

    Asked twice, the second time changes nothing. Raises Refused when the list changed since it was
    prepared, or when the same person prepared it. The number of queries does not grow.
    """
    locked = Release.objects.select_for_update(of=("self",)).get(pk=prepared.pk)
    if not releases(by, locked):
        _refuse_person(by, locked)
    if locked.status == Release.Status.DONE:
        return locked
    rows = Decision.objects.filter(release=locked).order_by("pk")
    ids = [row.pk for row in rows.select_for_update(of=("self",))]
    if fingerprint(approved_in(locked.cycle)) != locked.fingerprint:
        raise Refused(_("The list changed since it was prepared: cancel, then prepare it again."))
    move(locked, RELEASE, by=by, released_by=by, released_at=timezone.now())
    move_all(Decision.objects.filter(pk__in=ids), SHOW, by=by)
    announce(_with_readers(ids))
    return locked


def _refuse_person(by: User, prepared: Release) -> None:
    """Say why this person may not release; the same person twice is told from a stranger."""
    if by.pk == prepared.prepared_by_id:
        raise Refused(_("Another person must release what you prepared."))
    raise Refused(_("You may not do this."), forbidden=True)


def _with_readers(ids: Iterable[int]) -> "models.QuerySet[Decision]":
    """The decisions with what their letters need."""
    return Decision.objects.filter(pk__in=list(ids)).select_related(
        "application__applicant", "application__cycle"
    )


@transaction.atomic
def cancel_release(prepared: Release, *, by: User, why: str = "") -> Release:
    """Unfreeze the list; nothing was shown to anybody."""
    move(prepared, CANCEL, by=by, why=why)
    Decision.objects.filter(release=prepared).update(release=None)
    return prepared
