"""The person's reply to an award, and what the coordination changes of it at the person's wish."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.sight import ids_kept_from
from audit.moves import Move, Refused, move
from cycles.clock import day_of, end_of
from scholarships.award_letters import confirm_reply, tell_changed, tell_waits
from scholarships.awarding import hold_people, kept_already, rivals
from scholarships.ledger import hold, refuse_beyond
from scholarships.losing import losses
from scholarships.models import Award, Ended
from scholarships.paying import drop_unpaid, paid_of
from scholarships.permissions import owns_award, runs_awards

OPEN = (Award.Status.OFFERED,)
ACCEPT = Move(
    "accept_award",
    OPEN,
    Award.Status.ACCEPTED,
    may=owns_award,
    label=gettext_lazy("Accept the award"),
)
DECLINE = Move(
    "decline_award",
    OPEN,
    Award.Status.DECLINED,
    may=owns_award,
    label=gettext_lazy("Decline the award"),
)
END_OTHER = Move("end_other_award", OPEN, Award.Status.LAPSED, may=owns_award)
REOPEN = Move(
    "reopen_award",
    (Award.Status.DECLINED, Award.Status.LAPSED),
    Award.Status.OFFERED,
    may=runs_awards,
)
TAKE_BACK = Move("take_back_award", Award.KEPT, Award.Status.DECLINED, may=runs_awards)
MOVES = (ACCEPT, DECLINE, END_OTHER, REOPEN, TAKE_BACK)


@transaction.atomic
def accept(award: Award, *, by: User, at: datetime) -> Award:
    """Say yes; asked twice, it is the same yes. `at` is when the request reached us. Raises Refused.

    Where a person may hold one award a year, the others that wait for a reply end.
    """
    held = _held(award, by=by)
    if held.status in Award.KEPT:
        return held
    _in_time(held, at)
    if losses([held.candidacy_id], day_of(at)):
        raise Refused(_("This award can no longer be accepted: its conditions are not met."))
    if kept_already(held.candidacy):
        raise Refused(_("You accepted another award of this year: only one can be held."))
    others = list(rivals(held.candidacy).select_related("candidacy__application__applicant"))
    move(held, ACCEPT, by=by, replied_at=at)
    for other in others:
        move(other, END_OTHER, by=by, why=Ended.OTHER.value)
        Award.objects.filter(pk=other.pk).update(why=Ended.OTHER)
    confirm_reply(held)
    return held


@transaction.atomic
def decline(award: Award, *, by: User, at: datetime) -> Award:
    """Say no; asked twice, it is the same no. Raises Refused."""
    held = _held(award, by=by)
    if held.status == Award.Status.DECLINED:
        return held
    _in_time(held, at)
    move(held, DECLINE, by=by, replied_at=at)
    confirm_reply(held)
    return held


@transaction.atomic
def reopen(award: Award, *, reply_on: date, why: str, by: User, at: datetime) -> Award:
    """Offer an award that ended again, while the round has the money: a reply is awaited anew. Raises Refused."""
    held_round = hold([award.candidacy.round_id])[award.candidacy.round_id]
    held = _held(award, by=by, office=True)
    end = reply_end(reply_on, at)
    reason = losses([held.candidacy_id], day_of(at)).get(held.candidacy_id)
    known = reason or kept_already(held.candidacy)
    if known:
        raise Refused(_("This award cannot be offered again."), [Ended(known).label])
    if held.status not in Award.STANDING:
        refuse_beyond(held_round, held.amount - paid_of(held))
    move(held, REOPEN, by=by, why=why, replied_at=None, reply_by=end, offered_at=at)
    _forget_why(held)
    tell_waits(held)
    return held


@transaction.atomic
def take_back(award: Award, *, why: str, by: User, at: datetime) -> Award:
    """Take a yes back at the person's wish; what is paid stays paid, what is not is free again. Raises Refused."""
    held = _held(award, by=by, office=True)
    move(held, TAKE_BACK, by=by, why=why)
    Award.objects.filter(pk=held.pk).update(why=Ended.ASKED)
    drop_unpaid([held])
    tell_changed([held], at)
    return held


def reply_end(reply_on: date, at: datetime) -> datetime:
    """The end of that day in Montréal. Raises Refused for a day that has passed."""
    end = end_of(reply_on)
    if end <= at:
        raise Refused(_("This day has passed: choose a later one."))
    return end


def _forget_why(award: Award) -> None:
    Award.objects.filter(pk=award.pk).update(why="")
    award.why = ""


def _held(award: Award, *, by: User, office: bool = False) -> Award:
    """The award, fresh, with its person's file locked. Raises Refused for a stranger."""
    application = award.candidacy.application
    if office:
        allowed = runs_awards(by) and application.pk not in ids_kept_from(by)
    else:
        allowed = owns_award(by, award)
    if not allowed:
        raise Refused(_("You may not do this."), forbidden=True)
    hold_people([application.pk])
    return Award.objects.select_related(
        "candidacy__round__cycle", "candidacy__application__applicant"
    ).get(pk=award.pk)


def _in_time(award: Award, at: datetime) -> None:
    """Raise Refused when the request came after the last moment to reply."""
    if award.has_lapsed(at):
        raise Refused(
            _("The last day to reply has passed. Write to us if something kept you from it.")
        )
