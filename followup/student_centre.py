"""The steps of a file at UdeM: what the person reports, what the office records, and how a record is put back.

The person's word counts at once and is shown as theirs; the office, or UdeM's own list, confirms it. Until then the
person may put it right or take it back; afterwards only the office may.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Move, Refused, move, record
from followup.filing import out_of_the_process
from followup.letters import tell_changed
from followup.models import Filing, UdemFile
from followup.permissions import owns_udem_file, records_udem
from followup.sealing import mark
from followup.step_dates import check

UNDER_WAY = (Filing.FILED, Filing.DOCUMENTS)
ANSWERS = (Filing.ADMITTED, Filing.CONDITIONAL, Filing.REFUSED, Filing.CLOSED)
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
# What a report of each step says: said again, all of it is said anew.
SAID: dict[Filing, tuple[str, ...]] = {
    Filing.DOCUMENTS: ("documents_asked_on", "documents_due_on"),
    **dict.fromkeys(ANSWERS, ("decided_on", "condition", "accept_by", "condition_met_on")),
    Filing.ACCEPTED: ("accepted_on",),
}


def _confirmed_already(udem_file: UdemFile) -> list[str]:
    """What the office confirmed is no longer the person's to change."""
    said = _("The office has confirmed this. Write to us to put it right.")
    return [said] if udem_file.confirmed_at else [*out_of_the_process(udem_file)]


def _of_the_person(name: str, sources: tuple[str, ...], to: Filing, **more: Any) -> Move:
    return Move(name, sources, to, may=owns_udem_file, label=LABELS.get(to, to.label), **more)


REPORTS = {
    to: _of_the_person(f"report_{to}", sources, to, blocked_by=out_of_the_process)
    for to, sources in SOURCES.items()
}
# An answer that was reported as another one.
CORRECTS = {
    to: _of_the_person(f"correct_{to}", ANSWERS, to, blocked_by=_confirmed_already)
    for to in ANSWERS
}
TAKES_BACK = {
    to: _of_the_person(f"take_back_to_{to}", sources, to, blocked_by=_confirmed_already)
    for to, sources in {
        Filing.FILED: (Filing.DOCUMENTS, *ANSWERS),
        Filing.DOCUMENTS: ANSWERS,
        Filing.ADMITTED: (Filing.ACCEPTED,),
        Filing.CONDITIONAL: (Filing.ADMITTED, Filing.ACCEPTED),
    }.items()
}
# The office may write any step from any other: it puts right what people reported, and follows UdeM's list.
RECORDS = {
    to: Move(f"record_{to}", tuple(Filing.values), to, may=records_udem, label=to.label)
    for to in Filing
}
MOVES = (*REPORTS.values(), *CORRECTS.values(), *TAKES_BACK.values(), *RECORDS.values())


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

    def whole(self, to: Filing) -> dict[str, Any]:
        """All that a report of this step says: what is not given is emptied."""
        told = {name: getattr(self, name) for name in SAID[to]}
        return told | ({"condition": told["condition"] or ""} if "condition" in told else {})


KEPT = ("status", *Facts.__dataclass_fields__)


def facts_of(udem_file: UdemFile) -> dict[str, Any]:
    """The step and all facts as they stand, for a person with the right to see them, and for `put_back`."""
    return {name: getattr(udem_file, name) for name in KEPT}


@transaction.atomic
def report(udem_file: UdemFile, to: Filing, facts: Facts, *, by: User) -> UdemFile:
    """The person says that UdeM took a step, or puts right what they said; said twice alike, it is said once.

    Raises Refused.
    """
    held = _held(udem_file)
    if to not in REPORTS:
        raise Refused(_("You may not do this."), forbidden=True)
    if held.status == to:
        return _corrected(held, to, facts, by=by)
    step = REPORTS[to]
    if held.status not in step.sources and held.status in ANSWERS and to in ANSWERS:
        step = CORRECTS[to]
    if owns_udem_file(by, held):
        _refuse_wrong_days(held, facts)
    changes = facts.whole(to) if step is CORRECTS.get(to) else facts.columns()
    return move(held, step, by=by, confirmed_at=None, **changes)


def _corrected(held: UdemFile, to: Filing, facts: Facts, *, by: User) -> UdemFile:
    """The same step with other facts, while nobody has confirmed it."""
    if not owns_udem_file(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    if _says_nothing_new(held, facts):
        return held
    if reasons := _confirmed_already(held):
        raise Refused(_("This cannot be recorded."), reasons)
    _refuse_wrong_days(held, facts)
    _write(held, facts.whole(to))
    record(f"correct_{to}", held, by=by)
    return held


@transaction.atomic
def say_sent(udem_file: UdemFile, day: date | None, *, by: User) -> UdemFile:
    """The person says on which day all documents were sent, or that they were not yet. Raises Refused."""
    return _noted(udem_file, Filing.DOCUMENTS, "documents_done_on", day, by=by)


@transaction.atomic
def say_met(udem_file: UdemFile, day: date | None, *, by: User) -> UdemFile:
    """The person says on which day UdeM's condition was met, or that it is not yet. Raises Refused."""
    return _noted(udem_file, Filing.CONDITIONAL, "condition_met_on", day, by=by)


def _noted(
    udem_file: UdemFile, status: Filing, name: str, day: date | None, *, by: User
) -> UdemFile:
    """One more day of a step that lasts; it is no part of what the office confirms."""
    held = _held(udem_file)
    if not owns_udem_file(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    if held.status != status:
        raise Refused(_("This can no longer be done: the file has changed since."))
    if reasons := list(out_of_the_process(held)):
        raise Refused(_("This cannot be recorded."), reasons)
    if getattr(held, name) == day:
        return held
    if day:
        _refuse_wrong_days(held, Facts(**{name: day}))  # type: ignore[arg-type]
    _write(held, {name: day})
    record("send_udem_documents" if status == Filing.DOCUMENTS else "meet_condition", held, by=by)
    return held


def step_before(udem_file: UdemFile) -> Filing | None:
    """The step that the last report followed, as the facts tell it; None where there is no way back."""
    conditional = bool(udem_file.condition) and not udem_file.condition_met_on
    if udem_file.status == Filing.ACCEPTED:
        return Filing.CONDITIONAL if conditional else Filing.ADMITTED
    if udem_file.status == Filing.ADMITTED and udem_file.condition:
        return Filing.CONDITIONAL
    if udem_file.status in ANSWERS and udem_file.documents_asked_on:
        return Filing.DOCUMENTS
    return Filing.FILED if udem_file.status in (Filing.DOCUMENTS, *ANSWERS) else None


@transaction.atomic
def take_back(udem_file: UdemFile, *, by: User) -> UdemFile:
    """The person reported a step by mistake: the file is at the step before again. Raises Refused."""
    held = _held(udem_file)
    to = step_before(held)
    if to is None or not held.filed_on:
        raise Refused(_("There is nothing to take back."))
    gone = {} if to == Filing.CONDITIONAL else Facts().whole(Filing(held.status))
    gone |= {"accepted_on": None} if held.status == Filing.ACCEPTED else {}
    gone |= {"documents_done_on": None} if held.status == Filing.DOCUMENTS else {}
    return move(held, TAKES_BACK[to], by=by, confirmed_at=_confirmed_at(held, to), **gone)


def _confirmed_at(held: UdemFile, to: Filing) -> Any:
    """When the office last confirmed this step, for a file that goes back to it."""
    said = Q(verb=f"record_{to}") | Q(verb="confirm_udem")
    entry = AuditEntry.objects.about(held).filter(said, new=to).last()
    return entry.at if entry else None


@transaction.atomic
def record_step(
    udem_file: UdemFile,
    to: Filing,
    facts: Facts,
    *,
    by: User,
    why: str = "",
    emptied: Collection[str] = (),
) -> UdemFile:
    """The office writes what it knows of a step, as confirmed; the person is told if it changed.

    `emptied` names facts that are to be forgotten. Raises Refused.
    """
    held = _held(udem_file)
    if not records_udem(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    columns = {**_empty(emptied), **facts.columns()}
    _refuse_impossible(held, {**columns, "status": to})
    if held.status == to:
        return _confirmed(held, columns, by=by, why=why)
    move(held, RECORDS[to], by=by, why=why, confirmed_at=timezone.now(), **columns)
    tell_changed([held], timezone.now())
    return held


@transaction.atomic
def put_back(udem_file: UdemFile, before: Mapping[str, Any], *, by: User, why: str) -> UdemFile:
    """Write the step and the facts that `facts_of` told before a mistake. Raises Refused."""
    held = _held(udem_file)
    facts = {name: before[name] for name in KEPT if name != "status"}
    facts |= {"number_mark": mark(facts["number"]), "confirmed_at": None}
    move(held, RECORDS[Filing(before["status"])], by=by, why=why, **facts)
    tell_changed([held], timezone.now())
    return held


def _empty(names: Collection[str]) -> dict[str, Any]:
    """Nothing in each of these; a number goes with its mark."""
    columns = {name: "" if name in ("number", "condition") else None for name in names}
    return columns | ({"number_mark": ""} if "number" in columns else {})


def _confirmed(held: UdemFile, new: Mapping[str, Any], *, by: User, why: str) -> UdemFile:
    """The same step with other facts, or only the office's yes to it."""
    # Marks are made of a key that may be newer than the row's.
    names = [name for name in new if name != "number_mark"]
    changed = [name for name in names if getattr(held, name) != new[name]]
    _write(held, {**new, "confirmed_at": timezone.now()})
    # By name only: a value of these may be a UdeM number.
    record("confirm_udem", held, by=by, old=held.status, new=held.status, why=why, changed=changed)
    if changed:
        tell_changed([held], timezone.now())
    return held


def _write(held: UdemFile, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=list(columns))


def _refuse_wrong_days(held: UdemFile, facts: Facts) -> None:
    if found := check(held, asdict(facts)):
        raise Refused(_("This cannot be recorded."), list(found.values()))


def _refuse_impossible(held: UdemFile, columns: Mapping[str, Any]) -> None:
    """Raise Refused, in words, for what the database would not take."""
    tried = UdemFile(**{one.attname: getattr(held, one.attname) for one in held._meta.fields})
    for name, value in columns.items():
        setattr(tried, name, value)
    try:
        tried.validate_constraints()
    except ValidationError as error:
        raise Refused(_("This cannot be recorded."), error.messages) from error


def _says_nothing_new(held: UdemFile, facts: Facts) -> bool:
    return all(getattr(held, name) == value for name, value in facts.columns().items())


def _held(udem_file: UdemFile) -> UdemFile:
    """The row, locked and fresh."""
    return (
        UdemFile.objects.select_for_update(of=("self",))
        .select_related(
            "program",
            "offer__decision__program",
            "offer__decision__release",
            "offer__decision__application__applicant",
            "offer__decision__application__cycle",
        )
        .get(pk=udem_file.pk)
    )
