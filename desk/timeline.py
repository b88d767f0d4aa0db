"""What happened to a file at the office's desk, in plain words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from audit.models import AuditEntry
from desk.models import Request

WORDS: dict[str, Promise] = {
    "start": _("Application begun"),
    "submit": _("Submitted"),
    "reopen": _("Reopened by the applicant"),
    "withdraw": _("Withdrawn"),
    "restore": _("Withdrawal undone"),
    "close_incomplete": _("Closed as incomplete"),
    "take_up_again": _("Taken up again"),
    "mark_complete": _("Found complete"),
    "check_again": _("To check again"),
    "ask_piece": _("Piece asked for"),
    "extend_piece": _("Another day given for a piece"),
    "receive_piece": _("Piece received"),
    "accept_piece": _("Piece accepted"),
    "refuse_piece": _("Piece refused, and asked again"),
    "cancel_piece": _("Request of a piece cancelled"),
    "settle_messages": _("Messages said to need no answer"),
    "change address": _("E-mail address corrected"),
    "view_as_applicant": _("Page looked at as the applicant sees it"),
    "reassign": _("File moved to another account of the same person"),
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


def events(application: Application, requests: list[Request]) -> list[Event]:
    """Oldest first. Openings are left out: they say who looked, not what happened."""
    check = getattr(application, "office_check", None)
    subjects = [application, application.applicant, *requests, *([check] if check else [])]
    titles = {f"desk.request:{row.pk}": row.title for row in requests}
    entries = AuditEntry.objects.about(*subjects).filter(verb__in=WORDS).select_related("actor")
    return [
        Event(
            entry.at,
            WORDS[entry.verb],
            " · ".join(
                filter(None, [titles.get(entry.subject, ""), str(entry.actor or ""), entry.why])
            ),
        )
        for entry in entries
    ]
