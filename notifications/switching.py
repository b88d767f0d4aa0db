"""Pausing all mail, and choosing its transport: by a named person, with a reason, on the trail."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.moves import Refused, record
from notifications import ways
from notifications.mail_switch import MailSwitch
from notifications.nudge import nudge


def may_switch(by: Any) -> bool:
    """Coordinators, directors and administrators may stop all mail: whoever sees the mistake first."""
    return by is not None and by.has("coordinator", "director", "administrator")


def pause(*, by: Any, why: str) -> MailSwitch:
    """No letter leaves any more, codes to sign in included; all of them wait. Raises Refused."""
    return _turn("pause mail", by=by, why=why, paused=True)


def resume(*, by: Any, why: str) -> MailSwitch:
    """What waited leaves. Raises Refused."""
    return _turn("resume mail", by=by, why=why, paused=False)


def take_second(*, by: Any, why: str) -> MailSwitch:
    """Letters leave by the second transport from now on. Raises Refused, also where there is none."""
    if ways.second() is None:
        raise Refused(_("There is no second transport here."))
    return _turn("mail by second transport", by=by, why=why, by_second=True)


def take_first(*, by: Any, why: str) -> MailSwitch:
    """Letters leave by the first transport again. Raises Refused."""
    return _turn("mail by first transport", by=by, why=why, by_second=False)


@transaction.atomic
def _turn(verb: str, *, by: Any, why: str, **changes: bool) -> MailSwitch:
    """Turn the switch, unless it stands like that already."""
    if not may_switch(by):
        raise Refused(_("You may not do this."), forbidden=True)
    MailSwitch.objects.get_or_create(pk=1)
    switch = MailSwitch.objects.select_for_update().get(pk=1)
    if all(getattr(switch, name) == value for name, value in changes.items()):
        raise Refused(_("Somebody did this already."))
    for name, value in changes.items():
        setattr(switch, name, value)
    switch.changed_by, switch.why = by, why
    switch.save()
    record(verb, switch, by=by, why=why)
    transaction.on_commit(nudge)
    return switch
