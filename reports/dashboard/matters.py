"""What needs the reader of the dashboard today, in words: how many, why, and the one page that settles it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import coordinates, directs
from cycles.models import Phase
from cycles.typography import day_text, moment_text
from reports.dashboard.counting import Asking, Counted
from reports.dashboard.sums import Sums
from reports.dashboard.words import TONES, WORDS, Matter, address
from reports.timetable import SILENCE
from scholarships.ledger import Line as Money

NEAR = timedelta(days=7)


def matters(
    asking: Asking,
    told: Mapping[str, Counted],
    sums: Sums,
    money: Sequence[Money],
    late_at_udem: int,
) -> list[Matter]:
    """Those that there are, what is broken first."""
    found = [
        *_stopped(told.get("timetable", Counted()), asking),
        *(say(told[key], asking) for key, say in WORDS.items() if key in told and told[key].count),
        *_of_files(sums, asking),
        *_of_udem(late_at_udem, asking),
        *_of_money(money, asking),
    ]
    return sorted(found, key=lambda one: TONES.index(one.tone))


def _stopped(row: Counted, asking: Asking) -> Iterator[Matter]:
    """The timetable, when it gives no sign of life."""
    if row.since and asking.at - row.since <= SILENCE:
        return
    since = _("Nothing has run since %(moment)s.") % {
        "moment": moment_text(row.since, weekday=False) if row.since else "–"
    }
    text = since if row.since else _("Nothing has ever run.")
    lost = _("Reminders do not leave; none is lost.")
    yield Matter(
        *("timetable", "bad", "octagon-alert", _("The timetable is stopped")),
        f"{text} {lost}",
        *(address("timetable"), _("Look")),
    )


def _of_files(sums: Sums, asking: Asking) -> Iterator[Matter]:
    """Files to check and to give to readers, once that is the work."""
    if not coordinates(asking.user):
        return
    cycle, closed = asking.cycle, asking.at > asking.cycle.closes_at
    reads = sums.to_assign and (closed or sums.asked) and _before_release(asking)
    if reads:
        near = asking.today + NEAR >= cycle.reviews_due_on
        title = ngettext(
            "%(n)s file has too few readers", "%(n)s files have too few readers", sums.to_assign
        ) % {"n": sums.to_assign}
        text = _("Reviews are due on %(day)s.") % {"day": day_text(cycle.reviews_due_on)}
        if sums.to_assign_unread:
            none = ngettext(
                "%(n)s of them has none.", "%(n)s of them have none.", sums.to_assign_unread
            ) % {"n": sums.to_assign_unread}
            text = f"{none} {text}"
        url = address("board", state="to_assign", cycle=cycle.code)
        tone = "bad" if near else "time"
        yield Matter("short", tone, "user-plus", title, text, url, _("Assign"))
    if sums.to_check and closed and _before_release(asking):
        title = ngettext("%(n)s file to check", "%(n)s files to check", sums.to_check) % {
            "n": sums.to_check
        }
        text = _("Nobody has looked yet whether everything is in them.")
        url = address("completeness_board", state="to_check", cycle=cycle.code)
        yield Matter("to_check", "info", "clipboard-list", title, text, url, _("Check"))


def _before_release(asking: Asking) -> bool:
    return asking.cycle.phase(asking.at) in (Phase.OPEN, Phase.READING)


def _of_udem(late: int, asking: Asking) -> Iterator[Matter]:
    """People whose day has passed on the way to the university."""
    if not late:
        return
    title = ngettext(
        "%(n)s person is overdue on the way to UdeM",
        "%(n)s people are overdue on the way to UdeM",
        late,
    ) % {"n": late}
    text = _("The day of their next step has passed.")
    url = address("followup_board", show="overdue", cycle=asking.cycle.code)
    button = _("Remind") if coordinates(asking.user) else _("Look")
    yield Matter("udem", "bad", "landmark", title, text, url, button)


def _of_money(lines: Iterable[Money], asking: Asking) -> Iterator[Matter]:
    """Rounds with an award to give to somebody who waits, and rounds without a budget."""
    for line in lines:
        money, row = line.ledger, line.round
        full = row.awards is not None and money.awards >= row.awards
        if coordinates(asking.user) and money.waiting and money.free > 0 and not full:
            title = _("%(round)s: somebody on the waitlist could be called") % {"round": row.name}
            text = ngettext(
                "%(n)s person waits, and money is free.",
                "%(n)s people wait, and money is free.",
                money.waiting,
            ) % {"n": money.waiting}
            url = address("round_awards", row.pk)
            yield Matter("call_award", "time", "award", title, text, url, _("Call"))
        if directs(asking.user) and row.is_published and money.budget is None:
            title = _("%(round)s has no budget") % {"round": row.name}
            text = _("No award can be offered without one.")
            url = address("round_budget", row.pk)
            yield Matter("budget", "time", "award", title, text, url, _("Write it"))
