"""What happened to a file and to what hangs on it, in plain words, for the coordination."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from audit.models import AuditEntry

WORDS: dict[str, Promise] = {
    "start": _("Application begun"),
    "submit": _("Submitted"),
    "reopen": _("Reopened by the applicant"),
    "withdraw": _("Withdrawn"),
    "close_incomplete": _("Closed as incomplete"),
    "take_up_again": _("Taken up again"),
    "invite_referee": _("A referee was invited"),
    "change_referee_address": _("A referee was invited at another address"),
    "remove_referee": _("A referee was removed"),
    "set_referee_due": _("A referee got a due date of their own"),
    "receive_reference": _("A letter of reference came"),
    "decline_reference": _("A referee declined"),
    "assign": _("Given to a reader"),
    "unassign": _("Taken back from a reader"),
    "extend_reading": _("A reader got more time"),
    "declare_conflict": _("A conflict of interest was declared"),
    "state_conflict": _("A conflict of interest was noted"),
    "confirm_conflict": _("A conflict of interest was confirmed"),
    "dismiss_conflict": _("A conflict of interest was dismissed"),
    "meet_conflict": _("A reading stopped: conflict of interest"),
    "lift_conflict": _("A reading goes on: the conflict was dismissed"),
    "hand_in": _("A review was handed in"),
    "take_back": _("A review was taken back to be corrected"),
    "propose": _("Answer proposed"),
    "set_aside": _("Proposed answer set aside"),
    "approve": _("Answer approved"),
    "send_back": _("Proposed answer sent back"),
    "bring_back": _("Earlier proposed answer brought back"),
    "note_decision": _("Note for the decision written"),
    "place_on_waitlist": _("Another place on the waitlist"),
    "show_decision": _("Answer released"),
}


@dataclass(frozen=True)
class Event:
    """One line: when, what, who and why; named as the thread component wants it."""

    when: datetime
    title: Any
    text: str
    state: str = "done"
    url: str = ""
    number: int = 0


def events(application: Application) -> list[Event]:
    """Oldest first, in five queries. Openings are left out: they say who looked, not what happened."""
    subjects = [
        application,
        *application.referees.all(),
        *application.assignments.all(),
        *application.decisions.all(),
        *application.conflicts.all(),
    ]
    entries = AuditEntry.objects.about(*subjects).select_related("actor")
    return [
        Event(
            entry.at,
            WORDS[entry.verb],
            " · ".join(filter(None, [str(entry.actor or ""), entry.why])),
        )
        for entry in entries
        if entry.verb in WORDS
    ]
