"""Two accounts of one person become one, by hand; two people are told apart; and both can be undone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.sessions import end_sessions
from applications.lifecycle import RESTORE, RESTORE_FILED, WITHDRAW
from applications.models import Application, Status
from audit.moves import Move, Refused, move, record
from desk.letters import tell_accounts
from desk.models import Pair
from desk.permissions import compares

MOVED = "moved"


def not_two_applicants(pair: Pair) -> Iterable[str]:
    """Only two accounts that may sign in, neither of them staff's, can become one."""
    if any(not one.is_active or one.is_member for one in (pair.first, pair.second)):
        yield _("One of these accounts is closed, or belongs to a member of the staff.")


MERGE = Move(
    "merge_accounts",
    (Pair.Status.UNJUDGED, Pair.Status.DIFFERENT),
    Pair.Status.MERGED,
    may=compares,
    blocked_by=not_two_applicants,
    label=gettext_lazy("One person: join the accounts"),
)
TELL_APART = Move(
    "tell_apart",
    (Pair.Status.UNJUDGED,),
    Pair.Status.DIFFERENT,
    may=compares,
    label=gettext_lazy("Two people"),
)
SEPARATE = Move(
    "separate_accounts",
    (Pair.Status.MERGED,),
    Pair.Status.UNJUDGED,
    may=compares,
    label=gettext_lazy("Separate again"),
)


def pair_of(one: User, other: User) -> Pair:
    """The judgement on two accounts; the first is made here, still open."""
    first, second = sorted((one, other), key=lambda user: user.pk)
    return Pair.objects.get_or_create(first=first, second=second)[0]


def tell_apart(pair: Pair, *, why: str, by: User) -> Pair:
    """Two people who look alike: the pair leaves the list."""
    return move(pair, TELL_APART, by=by, why=why)


@transaction.atomic
def merge(pair: Pair, *, stays: User, why: str, by: User) -> Pair:
    """One person with two accounts: the other closes, and its files go to the one that stays.

    Where the account that stays has a live file in the same cycle, the other's is withdrawn instead. Both addresses
    are told. What was done is kept with the pair, to be undone.
    """
    list(User.objects.select_for_update().filter(pk__in=[pair.first_id, pair.second_id]))
    if stays.pk not in (pair.first_id, pair.second_id):
        raise Refused(_("Choose which account stays."))
    goes = pair.second if stays.pk == pair.first_id else pair.first
    move(pair, MERGE, by=by, why=why, stays=stays)
    live = Application.objects.live().filter(applicant=goes).order_by("pk")
    pair.undo = {str(row.pk): _hand_over(row, stays, why=why, by=by) for row in live}
    pair.save(update_fields=["undo"])
    _let_sign_in(goes, active=False, by=by, why=why)
    end_sessions(goes, goes.email)
    tell_accounts(pair, stays, "stays")
    tell_accounts(pair, goes, "goes")
    return pair


def _hand_over(application: Application, stays: User, *, why: str, by: User) -> str:
    """Give a file to the account that stays, or withdraw it there is one already; what to undo later."""
    same = Application.objects.live().filter(applicant=stays, cycle=application.cycle_id)
    if same.exists():
        before = application.status
        move(application, WITHDRAW, by=by, why=why)
        return str(before)
    _reassign(application, stays, why=why, by=by)
    return MOVED


def _reassign(application: Application, to: User, *, why: str, by: User) -> None:
    application.applicant = to
    application.save(update_fields=["applicant"])
    record("reassign", application, by=by, why=why)


def _let_sign_in(user: User, *, active: bool, by: User, why: str) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])
    record("let sign in" if active else "stop from signing in", user, by=by, why=why)


@transaction.atomic
def separate(pair: Pair, *, why: str, by: User) -> Pair:
    """Undo a merge: the account opens again, its files go back to it, and what was withdrawn counts again.

    Raises Refused when the person began another file meanwhile.
    """
    stays, done = pair.stays, dict(pair.undo)
    move(pair, SEPARATE, by=by, why=why, stays=None, undo={})
    goes = pair.second if stays == pair.first else pair.first
    _let_sign_in(goes, active=True, by=by, why=why)
    for row in Application.objects.filter(pk__in=done).order_by("pk"):
        before = done[str(row.pk)]
        if before == MOVED:
            _reassign(row, goes, why=why, by=by)
        elif row.status == Status.WITHDRAWN:
            move(row, RESTORE if before == Status.DRAFT else RESTORE_FILED, by=by, why=why)
    tell_accounts(pair, goes, "separated")
    return pair
