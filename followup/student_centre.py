"""The steps of a file at UdeM: what the person reports, what the office records, and how a record is put back.

The person's word counts at once and is shown as theirs; the office, or UdeM's own list, confirms it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Move, Refused, move, record
from cycles.clock import day_of
from followup.models import AT_AN_END, Filing, UdemFile
from followup.permissions import owns_udem_file, records_udem
from followup.sealing import mark

UNDER_WAY = (Filing.FILED, Filing.DOCUMENTS)
LABELS = {
    Filing.DOCUMENTS: gettext_lazy("UdeM asked for documents"),
    Filing.ADMITTED: gettext_lazy("UdeM admitted me"),
    Filing.CONDITIONAL: gettext_lazy("UdeM admitted me on a condition"),
    Filing.REFUSED: gettext_lazy("UdeM refused my application"),
    Filing.CLOSED: gettext_lazy("UdeM closed my file"),
    Filing.ACCEPTED: gettext_lazy("I accepted UdeM’s offer"),
}
# From where the person may report each step; filing has its own verb (`filing`).
SOURCES: dict[Filing, tuple[str, ...]] = {
    Filing.DOCUMENTS: (Filing.FILED,),
    Filing.ADMITTED: (*UNDER_WAY, Filing.CONDITIONAL),
    Filing.CONDITIONAL: UNDER_WAY,
    Filing.REFUSED: UNDER_WAY,
    Filing.CLOSED: (*UNDER_WAY, Filing.ADMITTED, Filing.CONDITIONAL),
    Filing.ACCEPTED: (Filing.ADMITTED, Filing.CONDITIONAL),
}
REPORTS = {
    to: Move(f"report_{to}", sources, to, may=owns_udem_file, label=LABELS[to])
    for to, sources in SOURCES.items()
}
# The office may write any step from any other: it puts right what people reported, and follows UdeM's list.
RECORDS = {
    to: Move(f"record_{to}", tuple(Filing.values), to, may=records_udem, label=to.label)
    for to in Filing
}
# A yes that was taken back ended the file; said again, the file goes on where it was.
RESUMES = {
    to: Move(f"resume_{to}", (Filing.NOT_REGISTERED,), to, may=owns_udem_file) for to in Filing
}
MOVES = (*REPORTS.values(), *RECORDS.values(), *RESUMES.values())


@dataclass(frozen=True)
class Facts:
    """What is known of a file at UdeM besides its step; None leaves what is there."""

    number: str | None = None
    filed_on: date | None = None
    documents_asked_on: date | None = None
    documents_due_on: date | None = None
    documents_done_on: date | None = None
    decided_on: date | None = None
    condition: str | None = None
    condition_met_on: date | None = None
    accept_by: date | None = None
    accepted_on: date | None = None
    ended_on: date | None = None

    def columns(self) -> dict[str, Any]:
        """Those that are given, with the mark of a number."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return given | ({"number_mark": mark(given["number"])} if "number" in given else {})


KEPT = ("status", *Facts.__dataclass_fields__)


def facts_of(udem_file: UdemFile) -> dict[str, Any]:
    """The step and all facts as they stand, for a person with the right to see them, and for `put_back`."""
    return {name: getattr(udem_file, name) for name in KEPT}


@transaction.atomic
def report(udem_file: UdemFile, to: Filing, facts: Facts, *, by: User) -> UdemFile:
    """The person says that UdeM took a step; said twice alike, it is said once. Raises Refused."""
    held = _held(udem_file)
    if held.status == to and owns_udem_file(by, held) and _says_nothing_new(held, facts):
        return held
    if to not in REPORTS:
        raise Refused(_("You may not do this."), forbidden=True)
    return move(held, REPORTS[to], by=by, confirmed_at=None, **facts.columns())


@transaction.atomic
def record_step(
    udem_file: UdemFile, to: Filing, facts: Facts, *, by: User, why: str = ""
) -> UdemFile:
    """The office writes what it knows of a step, as confirmed. Raises Refused."""
    held = _held(udem_file)
    if held.status == to:
        return _confirmed(held, facts, by=by, why=why)
    return move(held, RECORDS[to], by=by, why=why, confirmed_at=timezone.now(), **facts.columns())


@transaction.atomic
def put_back(udem_file: UdemFile, before: Mapping[str, Any], *, by: User, why: str) -> UdemFile:
    """Write the step and the facts that `facts_of` told before a mistake. Raises Refused."""
    held = _held(udem_file)
    facts = {name: before[name] for name in KEPT if name != "status"}
    facts |= {"number_mark": mark(facts["number"]), "confirmed_at": None}
    return move(held, RECORDS[Filing(before["status"])], by=by, why=why, **facts)


@transaction.atomic
def end_with_offer(udem_file: UdemFile, *, by: User, why: str) -> None:
    """The yes behind the file is taken back: it ends, with all its facts. Raises Refused once the person registered."""
    held = _held(udem_file)
    if held.status in (Filing.REGISTERED, Filing.DEFERRED):
        raise Refused(
            _("This person is registered or deferred at UdeM: that is undone there first.")
        )
    if held.status not in AT_AN_END:
        facts = Facts(ended_on=day_of(timezone.now()))
        record_step(held, Filing.NOT_REGISTERED, facts, by=by, why=why)


@transaction.atomic
def take_up_again(udem_file: UdemFile, *, by: User) -> None:
    """A yes is said again: the file goes on at the step that it had when the first one was taken back."""
    held = _held(udem_file)
    last = AuditEntry.objects.about(held).exclude(new="").order_by("-pk").first()
    if held.status == Filing.NOT_REGISTERED and last is not None:
        move(held, RESUMES[Filing(last.old)], by=by, ended_on=None, confirmed_at=None)


def _confirmed(held: UdemFile, facts: Facts, *, by: User, why: str) -> UdemFile:
    """The same step with other facts, or only the office's yes to it."""
    if not records_udem(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    new = {**facts.columns(), "confirmed_at": timezone.now()}
    for name, value in new.items():
        setattr(held, name, value)
    held.save(update_fields=list(new))
    record("confirm_udem", held, by=by, why=why)
    return held


def _says_nothing_new(held: UdemFile, facts: Facts) -> bool:
    return all(getattr(held, name) == value for name, value in facts.columns().items())


def _held(udem_file: UdemFile) -> UdemFile:
    """The row, locked and fresh."""
    return (
        UdemFile.objects.select_for_update(of=("self",))
        .select_related("offer__decision__application", "program")
        .get(pk=udem_file.pk)
    )
