"""The dated steps of a cycle, in the public's words."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.clock import end_of, start_of
from applications.models import Cycle


def public_dates(cycle: Cycle) -> list[dict[str, Any]]:
    """Six dates for `components/fil.html`: past ones done, the next one now."""
    readers = cycle.reviews_per_file
    lines: list[tuple[datetime, datetime | date, str, str]] = [
        (cycle.opens_at, cycle.opens_at, _("Opening"), _("Mila’s form is online.")),
        (
            cycle.closes_at,
            cycle.closes_at,
            _("Closing"),
            _("You may change your application until then."),
        ),
        (
            end_of(cycle.documents_due_on),
            cycle.documents_due_on,
            _("Last documents"),
            _("Referees’ letters and the documents asked for."),
        ),
        (
            end_of(cycle.reviews_due_on),
            cycle.reviews_due_on,
            _("Reading"),
            ngettext(
                "A professor reads each file.",
                "%(count)s professors read each file.",
                readers,
            )
            % {"count": readers},
        ),
        (
            start_of(cycle.release_on),
            cycle.release_on,
            _("Answer"),
            _("The same day for everyone, whatever the answer."),
        ),
        (
            end_of(cycle.udem_safe_on),
            end_of(cycle.udem_safe_on),
            _("Application to UdeM"),
            _("If you are selected."),
        ),
    ]
    now, nodes, found = timezone.now(), [], False
    for limit, when, title, text in lines:
        state = "done" if limit <= now else ("" if found else "now")
        found = found or state == "now"
        nodes.append({"state": state, "when": when, "title": title, "text": text})
    return nodes
