"""A released answer that was wrong: a corrected one is proposed, approved, frozen and released like any other.

The released answer goes on counting, and is what the person sees, until the correction is released.
"""

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.models import User
from answers.frozen import objected
from applications.models import Application, Choice
from applications.models.application import FILED
from audit.moves import Refused, record
from cycles.models import Cycle, Program
from reviews.assignment import refuse_conflicted
from reviews.decisions import UNRELEASED, hold_waitlist
from reviews.models import Decision, Outcome
from reviews.permissions import proposes

Status = Decision.Status


def corrections_of(cycle: Cycle) -> "models.QuerySet[Decision]":
    """Those on their way, with what a page says of them."""
    rows = Decision.objects.corrections().filter(application__cycle=cycle)
    return rows.select_related(
        "application", "program", "corrects__program", "proposed_by", "approved_by"
    ).order_by("application__number")


@transaction.atomic
def propose_correction(
    released: Decision,
    outcome: str,
    program: Program | None = None,
    *,
    rank: int | None = None,
    why: str,
    by: User,
) -> Decision:
    """Propose another answer than the one that the person has seen, with the reason. Raises Refused."""
    if not proposes(by, released):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [released.application_id])
    old = Decision.objects.select_for_update(of=("self",)).get(pk=released.pk)
    _refuse(old, outcome, program, rank, why)
    if program is not None and rank is not None:
        _refuse_taken(old.application, program, rank)
    versions = Decision.objects.filter(application=old.application_id)
    try:
        with transaction.atomic():
            made = Decision.objects.create(
                application=old.application,
                version=versions.aggregate(last=Max("version"))["last"] + 1,
                is_current=False,
                outcome=outcome,
                program=program,
                rank=rank or _next_place(old.application, program, outcome),
                proposed_by=by,
                corrects=old,
                reason=why,
            )
    except IntegrityError as error:
        raise Refused(_("A correction of this answer is already on its way.")) from error
    if reasons := objected(Decision.objects.filter(pk=made.pk), by):
        raise Refused(_("This answer cannot be corrected like this."), reasons)
    # The reason is in the row: the trail of an answer is the applicant's to read one day.
    record("propose_correction", made, by=by, new=Status.PROPOSED)
    return made


def _refuse(
    old: Decision, outcome: str, program: Program | None, rank: int | None, why: str
) -> None:
    """Raise Refused unless this may be proposed in the place of that answer."""
    if old.status != Status.RELEASED:
        raise Refused(_("Only an answer that was released is corrected like this."))
    if not old.application.is_filed:
        raise Refused(_("Only a submitted application gets an answer."))
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    if outcome not in Outcome.values:
        raise Refused(_("Choose an outcome."))
    if (outcome == Outcome.DECLINE) == (program is not None):
        raise Refused(_("Name the program to accept or waitlist for, and only then."))
    asked = Choice.objects.filter(application=old.application_id, program=program)
    if program and not asked.exists():
        raise Refused(_("This person did not ask for this program."))
    if rank is not None and (rank < 1 or outcome != Outcome.WAITLIST):
        raise Refused(_("Only the waitlist has places, from 1 on."))
    same = (old.outcome, old.program) == (outcome, program)
    if same and rank in (None, old.rank):
        raise Refused(_("This is what the person was answered already."))


def _refuse_taken(application: Application, program: Program, rank: int) -> None:
    """Raise Refused where another person has this place, or gets it by a correction on its way."""
    hold_waitlist(application.cycle_id, program)
    rows = Decision.objects.filter(
        Q(is_current=True) | Q(corrects__isnull=False, status__in=UNRELEASED),
        application__cycle=application.cycle_id,
        application__status__in=FILED,
        program=program,
        outcome=Outcome.WAITLIST,
        rank=rank,
    )
    if rows.exclude(application=application).exists():
        raise Refused(
            _("Another person has this place on the waitlist: leave it empty for the last one.")
        )


def _next_place(application: Application, program: Program | None, outcome: str) -> int | None:
    """The place after the last one on the waitlist; None for the other outcomes."""
    if outcome != Outcome.WAITLIST:
        return None
    listed = Decision.objects.filter(
        application__cycle=application.cycle_id, program=program, outcome=Outcome.WAITLIST
    )
    return (listed.aggregate(last=Max("rank"))["last"] or 0) + 1
