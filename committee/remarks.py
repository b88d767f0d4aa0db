"""Discussing a file: saying, correcting within ten minutes, withdrawing; each leaves a line on the trail.

Nothing is sent by mail. The trail says who and when, never what: the text is in the remark.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from audit.moves import Refused, record
from committee.models import Remark
from committee.permissions import discusses, wrote
from reviews.models import Assignment


@transaction.atomic
def say(application: Application, text: str, *, by: User) -> Remark:
    """Add a remark to the discussion of a file. Raises Refused."""
    # Held until we are done: a review taken back at the same moment comes before or after, never between.
    list(
        Assignment.objects.filter(application=application, reviewer=by)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk")
    )
    if not discusses(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    remark = Remark.objects.create(application=application, author=by, text=text)
    record("say_remark", remark, by=by)
    return remark


def _own(remark: Remark, by: User) -> Remark:
    """The author's remark, locked. Raises Refused."""
    locked = (
        Remark.objects.select_for_update(of=("self",))
        .select_related("application")
        .get(pk=remark.pk)
    )
    if not wrote(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    if locked.withdrawn_at is not None:
        raise Refused(_("This remark was withdrawn."))
    return locked


@transaction.atomic
def correct(remark: Remark, text: str, *, by: User) -> Remark:
    """Change the words of one's own remark, within ten minutes of saying it. Raises Refused."""
    locked, now = _own(remark, by), timezone.now()
    if not locked.may_change(now):
        raise Refused(_("A remark can be corrected within ten minutes; add another one."))
    if locked.text == text:
        return locked
    locked.text, locked.edited_at = text, now
    locked.save(update_fields=["text", "edited_at"])
    record("correct_remark", locked, by=by)
    return locked


@transaction.atomic
def withdraw(remark: Remark, *, by: User) -> Remark:
    """Take one's own remark back; that there was one stays visible. Raises Refused."""
    locked = _own(remark, by)
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    record("withdraw_remark", locked, by=by)
    return locked
