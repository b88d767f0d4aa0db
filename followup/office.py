"""What was said of a file at UdeM, for the office: which step, by whom, why; never a number nor a day of birth."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from audit.models import AuditEntry
from followup.models import Filing, UdemFile

LABELS = dict(Filing.choices)
# What says no step.
WORDS: dict[str, Callable[[], str]] = {
    "correct_filing": lambda: _("UdeM application corrected"),
    "send_udem_documents": lambda: _("Documents sent to UdeM: noted"),
    "meet_condition": lambda: _("UdeM’s condition: noted"),
    "send_proof": lambda: _("Proof sent"),
    "remove_proof": lambda: _("Proof taken away"),
    "confirm_udem": lambda: _("Confirmed by the office"),
}


def story(udem_file: UdemFile) -> list[dict[str, Any]]:
    """Everything said of it, oldest first, for `components/fil.html`; two queries."""
    entries = AuditEntry.objects.about(udem_file).select_related("actor")
    return [
        {"title": _title(entry), "when": entry.at, "text": ". ".join(_said(entry)), "state": "done"}
        for entry in entries
    ]


def _title(entry: AuditEntry) -> str:
    if entry.verb in WORDS:
        return WORDS[entry.verb]()
    if entry.new in LABELS:
        return str(LABELS[entry.new])
    return _("Corrected by the person") if entry.verb.startswith("correct_") else entry.verb


def _said(entry: AuditEntry) -> Iterator[str]:
    """Who, as the person or the office, and why."""
    if entry.actor:
        yield str(entry.actor)
    if entry.why:
        yield entry.why
