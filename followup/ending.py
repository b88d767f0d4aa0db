"""What the end of an offer means for the file at UdeM, and what a yes that is said again means for it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Move, Refused, move
from cycles.clock import day_of
from followup.models import AT_AN_END, Filing, UdemFile
from followup.permissions import owns_udem_file, records_udem

# As the office records it: the trail and the person's thread know the same words.
END = Move(
    f"record_{Filing.NOT_REGISTERED}",
    tuple(Filing.values),
    Filing.NOT_REGISTERED,
    may=records_udem,
)
# A yes that was taken back ended the file; said again, the file goes on where it was.
RESUMES = {
    to: Move(f"resume_{to}", (Filing.NOT_REGISTERED,), to, may=owns_udem_file) for to in Filing
}
MOVES = (END, *RESUMES.values())


@transaction.atomic
def end_with_offer(udem_file: UdemFile, *, by: User, why: str) -> None:
    """The yes behind the file is taken back: it ends, with all its facts. Raises Refused once the person registered.

    The letter that says so is the offer's.
    """
    held = _held(udem_file)
    if held.status in (Filing.REGISTERED, Filing.DEFERRED):
        raise Refused(
            _("This person is registered or deferred at UdeM: that is undone there first.")
        )
    if held.status not in AT_AN_END:
        now = timezone.now()
        move(held, END, by=by, why=why, ended_on=day_of(now), confirmed_at=now)


@transaction.atomic
def take_up_again(udem_file: UdemFile, *, by: User) -> None:
    """A yes is said again: the file goes on at the step that it had when the first one was taken back."""
    held = _held(udem_file)
    last = AuditEntry.objects.about(held).exclude(new="").order_by("-pk").first()
    if held.status == Filing.NOT_REGISTERED and last is not None:
        move(held, RESUMES[Filing(last.old)], by=by, ended_on=None, confirmed_at=None)


def _held(udem_file: UdemFile) -> UdemFile:
    """The row, locked and fresh."""
    return (
        UdemFile.objects.select_for_update(of=("self",))
        .select_related("offer__decision__application", "program")
        .get(pk=udem_file.pk)
    )
