"""Who is kept apart from which file: what is declared, stated or found, and what a coordinator makes of it.

A proposal hides nothing and forbids assigning. A confirmed conflict hides everything of the file from the
person, and a reading that had begun stops counting, in the same transaction.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from applications.models import Application
from audit.moves import Move, Refused, move, move_all, record
from cycles.models import Cycle
from reviews import standings
from reviews.models import ACTIVE, Assignment, Conflict, Origin, Review
from reviews.models.assignment import conflicting
from reviews.models.conflict import WORDS_LIMIT
from reviews.models.ties import judges_files
from reviews.permissions import assigns, confirms_conflict, dismisses_conflict, was_given

Status = Conflict.Status
UNJUDGED: dict[str, Any] = {"judged_by": None, "judged_at": None, "judged_why": ""}


def has_words(conflict: Conflict) -> Iterable[str]:
    """Somebody's own words cannot become a machine's proposal again."""
    if not conflict.is_detected:
        yield _("A person said this: confirm it or dismiss it.")


CONFIRM = Move(
    "confirm_conflict",
    (Status.PROPOSED, Status.DISMISSED),
    Status.CONFIRMED,
    may=confirms_conflict,
    label=gettext_lazy("Confirm"),
)
DISMISS = Move(
    "dismiss_conflict",
    (Status.PROPOSED, Status.CONFIRMED),
    Status.DISMISSED,
    may=dismisses_conflict,
    label=gettext_lazy("Dismiss"),
)
PROPOSE_AGAIN = Move(
    "propose_conflict_again",
    (Status.CONFIRMED, Status.DISMISSED),
    Status.PROPOSED,
    may=dismisses_conflict,
    blocked_by=has_words,
    label=gettext_lazy("Undo"),
)
MOVES = (CONFIRM, DISMISS, PROPOSE_AGAIN)
DECLARE = Move(
    "declare_conflict",
    ACTIVE,
    Assignment.Status.CONFLICT,
    may=was_given,
    label=gettext_lazy("I have a conflict of interest"),
)
# What becomes of a reading when somebody else confirms that it must not be.
MEET = Move("meet_conflict", ACTIVE, Assignment.Status.CONFLICT, may=assigns)
LIFT = Move("lift_conflict", (Assignment.Status.CONFLICT,), Assignment.Status.ASSIGNED, may=assigns)


def kept_apart(cycle: Cycle) -> set[tuple[int, int]]:
    """Every (application's id, person's id) of a cycle that must not meet as file and reader; three queries."""
    declared = Assignment.objects.filter(
        application__cycle=cycle, status=Assignment.Status.CONFLICT
    ).values_list("application_id", "reviewer_id")
    known = Conflict.objects.standing().filter(application__cycle=cycle)
    own = Application.objects.filter(cycle=cycle).values_list("pk", "applicant_id")
    return {*declared, *known.values_list("application_id", "person_id"), *own}


def one_at_a_time(applications: Iterable[int]) -> None:
    """Lock these files: giving one and keeping it from the same person never pass each other by."""
    rows = Application.objects.filter(pk__in=list(applications)).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def between(application: Application, person: User) -> list[Conflict]:
    """The conflicts that keep this person from this file."""
    return list(Conflict.objects.standing().filter(application=application, person=person))


def refuse_kept_apart(application: Application, person: User) -> None:
    """Raise Refused when a conflict, even a proposed one, keeps this person from this file."""
    one_at_a_time([application.pk])
    known = between(application, person)
    if any(row.is_confirmed for row in known):
        raise Refused(_("This person has a conflict of interest with this file."))
    if known:
        raise Refused(
            _("A conflict of interest is proposed: confirm it or dismiss it first, on this page."),
            [row.get_origin_display() for row in known],
        )


@transaction.atomic
def keep_declared(
    application: Application, *, by: User, reason: str, words: str, verb: str = "keep_conflict"
) -> Conflict:
    """The row of a conflict that somebody declares about themselves; it hides the file from them."""
    told = {"reason": reason, "evidence": words[:WORDS_LIMIT]}
    return _said(application, by, Origin.DECLARED, by=by, verb=verb, **told)


@transaction.atomic
def declare(application: Application, *, by: User, reason: str, words: str = "") -> Conflict:
    """A conflict about a file that one sees without having been given it. Raises Refused."""
    if not judges_files(by):
        raise Refused(_("You may not do this."), forbidden=True)
    row = keep_declared(application, by=by, reason=reason, words=words, verb=DECLARE.name)
    _stop_reading([row], DECLARE, by=by, why=words)
    return row


@transaction.atomic
def state(application: Application, person: User, *, words: str, by: User) -> Conflict:
    """A coordinator knows of a conflict of somebody else; it holds at once. Raises Refused."""
    _refuse([application.pk], by)
    if not judges_files(person):
        raise Refused(_("This person judges no files."))
    told = {"evidence": words[:WORDS_LIMIT]}
    row = _said(application, person, Origin.STATED, by=by, verb="state_conflict", **told)
    _stop_reading([row], MEET, by=by, why=words)
    return row


def _said(
    application: Application, person: User, origin: str, *, by: User, verb: str, **told: str
) -> Conflict:
    """What a person says, confirmed from the start; saying it again after it was dismissed replaces the words."""
    one_at_a_time([application.pk])
    judged = {"judged_by": by, "judged_at": timezone.now()}
    row, new = Conflict.objects.get_or_create(
        application=application,
        person=person,
        origin=origin,
        defaults={**told, **judged, "status": Status.CONFIRMED},
    )
    why = told["evidence"]
    if new:
        record(verb, row, by=by, new=row.status, why=why, reason=row.reason)
    elif not row.is_confirmed:
        move(row, CONFIRM, by=by, why=why, **told, **judged, judged_why="")
    return row


@transaction.atomic
def confirm(conflict: Conflict, *, by: User, why: str = "") -> Conflict:
    """The file leaves this person's sight; what they read of it stops counting. Raises Refused."""
    confirm_all(Conflict.objects.filter(pk=conflict.pk), by=by, why=why)
    conflict.refresh_from_db()
    return conflict


@transaction.atomic
def confirm_all(
    conflicts: "models.QuerySet[Conflict]", *, by: User, why: str = ""
) -> list[Conflict]:
    """The same for all of these or for none, in a number of queries that does not grow."""
    rows = _move_all(conflicts, CONFIRM, by=by, why=why, **_judged(by, why))
    _stop_reading(rows, MEET, by=by, why=why)
    return rows


@transaction.atomic
def dismiss(conflict: Conflict, *, by: User, why: str) -> Conflict:
    """No conflict: the person may be given the file, and one confirmed by mistake gives it back."""
    dismiss_all(Conflict.objects.filter(pk=conflict.pk), by=by, why=why)
    conflict.refresh_from_db()
    return conflict


@transaction.atomic
def dismiss_all(conflicts: "models.QuerySet[Conflict]", *, by: User, why: str) -> list[Conflict]:
    """The same for all of these or for none; with a reason."""
    if not why.strip():
        raise Refused(_("Say why."))
    rows = _move_all(conflicts, DISMISS, by=by, why=why, **_judged(by, why))
    _read_again(rows, by=by, why=why)
    return rows


@transaction.atomic
def propose_again(conflict: Conflict, *, by: User) -> Conflict:
    """Undo: the conflict waits for a judgement again."""
    propose_all_again(Conflict.objects.filter(pk=conflict.pk), by=by)
    conflict.refresh_from_db()
    return conflict


@transaction.atomic
def propose_all_again(conflicts: "models.QuerySet[Conflict]", *, by: User) -> list[Conflict]:
    """The same for all of these or for none."""
    rows = _move_all(conflicts, PROPOSE_AGAIN, by=by, **UNJUDGED)
    _read_again(rows, by=by, why="")
    return rows


def _judged(by: User, why: str) -> dict[str, Any]:
    return {"judged_by": by, "judged_at": timezone.now(), "judged_why": why[:WORDS_LIMIT]}


def _refuse(applications: list[int], by: User) -> None:
    """Raise Refused unless this coordinator may judge conflicts about these files."""
    hidden = {row["application_id"] for row in conflicting(by)}
    if not assigns(by, None) or hidden & set(applications):
        raise Refused(_("You may not do this."), forbidden=True)


def _move_all(
    conflicts: "models.QuerySet[Conflict]",
    step: Move,
    *,
    by: User,
    why: str = "",
    **changes: Any,
) -> list[Conflict]:
    """Judge them together; a coordinator in conflict with one of the files judges none."""
    files = list(conflicts.values_list("application_id", flat=True))
    _refuse(files, by)
    one_at_a_time(files)
    return move_all(conflicts, step, by=by, why=why, **changes)


def _pairs(rows: "Iterable[Conflict]") -> "models.Q":
    """The readings of the people and files of these conflicts."""
    pairs = models.Q(pk__in=[])
    by_person: dict[int, list[int]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row.application_id)
    for person, files in by_person.items():
        pairs |= models.Q(reviewer=person, application__in=files)
    return pairs


def _stop_reading(rows: list[Conflict], step: Move, *, by: User, why: str) -> None:
    """A reading of a file in conflict hides, and counts for nothing."""
    met = Assignment.objects.filter(_pairs(rows), status__in=ACTIVE).select_related("application")
    _count_again(move_all(met, step, by=by, why=why))


def _read_again(rows: list[Conflict], *, by: User, why: str) -> None:
    """A reading that only these conflicts had stopped is open again, as a draft to hand in once more."""
    still = models.Exists(
        Conflict.objects.confirmed().filter(
            application=models.OuterRef("application"), person=models.OuterRef("reviewer")
        )
    )
    stopped = Assignment.objects.filter(_pairs(rows), ~still, status=Assignment.Status.CONFLICT)
    lifted = move_all(stopped.select_related("application"), LIFT, by=by, why=why)
    Review.objects.filter(assignment__in=lifted).update(handed_in_at=None, mark=None)
    _count_again(lifted)


def _count_again(readings: list[Assignment]) -> None:
    if readings:
        standings.refresh({row.application_id: row.application for row in readings}.values())


def coordinators_left(application: Application, without: User) -> int:
    """How many coordinators still see this file once this person does not."""
    hidden = Conflict.objects.confirmed().filter(application=application).values("person")
    declared = Assignment.objects.filter(
        application=application, status=Assignment.Status.CONFLICT
    ).values("reviewer")
    others = User.objects.with_role(Role.COORDINATOR).exclude(pk=without.pk)
    others = others.exclude(pk=application.applicant_id)
    return others.exclude(pk__in=hidden).exclude(pk__in=declared).count()


def kept_from(application: Application) -> set[int]:
    """The ids of those who must not read this file, without those of whom that is only proposed; two queries."""
    declared = Assignment.objects.filter(
        application=application, status=Assignment.Status.CONFLICT
    ).values_list("reviewer_id", flat=True)
    known = Conflict.objects.confirmed().filter(application=application)
    return {*declared, *known.values_list("person_id", flat=True), application.applicant_id}
