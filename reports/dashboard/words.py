"""Each matter that is counted, in words: how many, why, and the one page that settles it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.permissions import administers
from cycles.clock import day_of
from cycles.typography import day_text
from reports.dashboard.counting import Asking, Counted

# In which order: what is broken, what has a day, what is only work.
TONES = ("bad", "time", "info")


@dataclass(frozen=True)
class Matter:
    """One line: its tone and icon, a title with the number, a sentence, and the button, if this person has one."""

    key: str
    tone: str
    icon: str
    title: str
    text: str = ""
    url: str = ""
    button: str = ""


Say = Callable[[Counted, Asking], Matter]


def address(name: str, *args: Any, **query: Any) -> str:
    """A page of the product, filtered."""
    page = reverse(name, args=args)
    return f"{page}?{urlencode(query)}" if query else page


def ago(row: Counted, asking: Asking) -> str:
    """Since when the oldest waits, in days; empty where nobody knows."""
    if row.since is None:
        return ""
    days = (asking.today - day_of(row.since)).days
    if days < 1:
        return _("The oldest is of today.")
    return ngettext("The oldest is %(n)s day old.", "The oldest is %(n)s days old.", days) % {
        "n": days
    }


def _proposals(row: Counted, asking: Asking) -> Matter:
    title = ngettext("%(n)s decision to approve", "%(n)s decisions to approve", row.count) % {
        "n": row.count
    }
    text = _("Somebody else proposed them. %(ago)s") % {"ago": ago(row, asking)}
    url = address("decisions", cycle=asking.cycle.code)
    return Matter("proposals", "time", "gavel", title, text, url, _("Approve"))


def _releases(row: Counted, asking: Asking) -> Matter:
    text = _("A frozen list waits for a second person. Answers are due on %(day)s.") % {
        "day": day_text(asking.cycle.release_on)
    }
    title = _("A release to approve")
    return Matter("releases", "time", "megaphone", title, text, address("releases"), _("Read it"))


def _results(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s scholarship result to approve", "%(n)s scholarship results to approve", row.count
    ) % {"n": row.count}
    url = address("scholarship_rounds", cycle=asking.cycle.code)
    text = _("Somebody else proposed them.")
    return Matter("results", "time", "award", title, text, url, _("Approve"))


def _announcements(row: Counted, asking: Asking) -> Matter:
    text = _("A frozen list of results waits for a second person.")
    url = address("announcement", asking.cycle.code)
    title = _("The day of the scholarships to approve")
    return Matter("announcements", "time", "award", title, text, url, _("Read it"))


def _closings(row: Counted, asking: Asking) -> Matter:
    title = _("The end of the cycle to confirm")
    url = address("cycle_closing", asking.cycle.code)
    return Matter("closings", "info", "folder-open", title, ago(row, asking), url, _("Confirm"))


def _approve_disposals(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s list of records to approve for destruction",
        "%(n)s lists of records to approve for destruction",
        row.count,
    ) % {"n": row.count}
    url = address("retention")
    text = _("Somebody else checked it. Nothing is destroyed before your yes.")
    return Matter("approve_disposals", "time", "folder-open", title, text, url, _("Approve"))


def _disposals(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s list of records to check before their destruction",
        "%(n)s lists of records to check before their destruction",
        row.count,
    ) % {"n": row.count}
    url = address("retention")
    return Matter("disposals", "info", "folder-open", title, ago(row, asking), url, _("Check"))


def _holds(row: Counted, asking: Asking) -> Matter:
    title = ngettext("%(n)s file is on hold", "%(n)s files are on hold", row.count) % {
        "n": row.count
    }
    text = _("Nothing of it is destroyed until you lift the hold. %(ago)s") % {
        "ago": ago(row, asking)
    }
    return Matter("holds", "info", "lock", title, text, address("retention"), _("Look"))


def _conflicts(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s possible conflict of interest to judge",
        "%(n)s possible conflicts of interest to judge",
        row.count,
    ) % {"n": row.count}
    text = _("Meanwhile these people are not given these files.")
    url = address("conflicts_board", cycle=asking.cycle.code)
    return Matter("conflicts", "time", "ban", title, text, url, _("Judge"))


def _overdue(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s piece asked for is overdue", "%(n)s pieces asked for are overdue", row.count
    ) % {"n": row.count}
    text = (
        _("The first was due on %(day)s.") % {"day": day_text(row.since.date())}
        if row.since
        else ""
    )
    url = _file_or_list(row, "overdue", asking)
    return Matter("overdue", "bad", "calendar-clock", title, text, url, _("Settle"))


def _received(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s piece to accept or refuse", "%(n)s pieces to accept or refuse", row.count
    ) % {"n": row.count}
    late = ngettext("%(n)s came after its day.", "%(n)s came after their day.", row.grave) % {
        "n": row.grave
    }
    text = f"{late if row.grave else ''} {ago(row, asking)}".strip()
    url = _file_or_list(row, "to_check", asking)
    return Matter("received", "time", "file-check", title, text, url, _("Decide"))


def _messages(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s message without an answer", "%(n)s messages without an answer", row.count
    ) % {"n": row.count}
    url = address("completeness_board", state="unanswered", cycle=asking.cycle.code)
    if row.count == 1 and row.number:
        url = address("desk_messages", row.number)
    text = ago(row, asking)
    return Matter(
        "messages", "info", "message-square", title, text, url, pgettext("button", "Reply")
    )


def _file_or_list(row: Counted, state: str, asking: Asking) -> str:
    """The file itself where there is one alone, else the list of them."""
    if row.count == 1 and row.number:
        return address("desk_file", row.number)
    return address("completeness_board", state=state, cycle=asking.cycle.code)


def _back(row: Counted, asking: Asking) -> Matter:
    title = ngettext("%(n)s letter came back", "%(n)s letters came back", row.count) % {
        "n": row.count
    }
    text = ngettext(
        "%(n)s of them asks for a reference: correct the address, then send it again.",
        "%(n)s of them ask for a reference: correct the address, then send it again.",
        row.grave,
    ) % {"n": row.grave}
    text = text if row.grave else _("Correct the address, then send it again.")
    return Matter("back", "time", "mails", title, text, _mail("back"), _("Open"))


def _dead(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s letter could not be sent", "%(n)s letters could not be sent", row.count
    ) % {"n": row.count}
    return Matter("dead", "bad", "circle-x", title, ago(row, asking), _mail("dead"), _("Open"))


def _doubt(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "Nobody knows whether %(n)s letter arrived",
        "Nobody knows whether %(n)s letters arrived",
        row.count,
    ) % {"n": row.count}
    text = _("Somebody has to say whether it leaves again.")
    url = _mail("doubt")
    return Matter("doubt", "time", "circle-question-mark", title, text, url, _("Settle"))


def _stuck(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s letter should have left", "%(n)s letters should have left", row.count
    ) % {"n": row.count}
    text = _("It has waited for a quarter of an hour or more, and the mail is not paused.")
    return Matter("stuck", "bad", "hourglass", title, text, _mail("waiting"), _("Open"))


def _mail(state: str) -> str:
    return address("letters", state=state)


def _texts(row: Counted, asking: Asking) -> Matter:
    title = ngettext(
        "%(n)s letter of the cycle has a text that is not in use yet",
        "%(n)s letters of the cycle have a text that is not in use yet",
        row.count,
    ) % {"n": row.count}
    lacks = ngettext(
        "%(n)s lacks a language, or has last year’s dates.",
        "%(n)s lack a language, or have last year’s dates.",
        row.grave,
    ) % {"n": row.grave}
    usual = _("Until then the usual text leaves.")
    text = f"{lacks} {usual}" if row.grave else usual
    if not administers(asking.user):
        someone = _("An administrator completes it.")
        return Matter("texts", "info", "file-warning", title, f"{text} {someone}")
    url = address("admin:cycle_letters", asking.cycle.pk)
    return Matter("texts", "info", "file-warning", title, text, url, pgettext("button", "Complete"))


WORDS: dict[str, Say] = {
    "proposals": _proposals,
    "releases": _releases,
    "results": _results,
    "announcements": _announcements,
    "closings": _closings,
    "approve_disposals": _approve_disposals,
    "disposals": _disposals,
    "holds": _holds,
    "conflicts": _conflicts,
    "overdue": _overdue,
    "received": _received,
    "messages": _messages,
    "back": _back,
    "dead": _dead,
    "doubt": _doubt,
    "stuck": _stuck,
    "texts": _texts,
}
