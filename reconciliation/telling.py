"""What a line says once its cells are read: who it is, the step, the facts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from followup.models import Filing
from followup.models.udem import CONDITION_LIMIT
from reconciliation.columns import Meaning
from reconciliation.folding import folded, key
from reconciliation.matching import Who
from reconciliation.values import DateOrder, Unclear, day, missing, number, yes

Cells = Mapping[Meaning, str]
# The fact that each column tells, where it tells one by itself.
FACT_OF = {
    Meaning.FILED_ON: "filed_on",
    Meaning.DOCUMENTS_DUE_ON: "documents_due_on",
    Meaning.CONDITION_MET_ON: "condition_met_on",
    Meaning.DECIDED_ON: "decided_on",
    Meaning.ACCEPT_BY: "accept_by",
    Meaning.ACCEPTED_ON: "accepted_on",
    Meaning.REGISTERED_ON: "ended_on",
}
# The fact that the date of a state tells.
DATED_BY = {
    Filing.FILED: "filed_on",
    Filing.DOCUMENTS: "documents_asked_on",
    Filing.ADMITTED: "decided_on",
    Filing.CONDITIONAL: "decided_on",
    Filing.REFUSED: "decided_on",
    Filing.CLOSED: "ended_on",
    Filing.ACCEPTED: "accepted_on",
    Filing.REGISTERED: "ended_on",
    Filing.DEFERRED: "ended_on",
    Filing.NOT_REGISTERED: "ended_on",
}
SENSIBLE_YEARS = range(2000, 2101)
BIRTH_YEARS = range(1900, 2101)
TELLS_WHO = (Meaning.NUMBER, Meaning.BORN)


@dataclass(frozen=True)
class Reading:
    """How a list is to be read: its days, its words, and the programs that we know by number and segment."""

    order: DateOrder
    words: Mapping[str, str]
    segments: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class Said:
    """What a line says."""

    who: Who
    step: Filing | None = None
    facts: dict[str, str] = field(default_factory=dict)
    unclear: list[Meaning] = field(default_factory=list)


def listen(line: int, cells: Cells, reading: Reading) -> Said:
    """Read one line; a cell that cannot be read is named, and tells nothing."""
    unclear: list[Meaning] = []
    days = _days(cells, reading, unclear)
    our_number = _number(cells, unclear)
    born = days.pop(Meaning.BORN, None)
    facts = {FACT_OF[one]: value.isoformat() for one, value in days.items() if one in FACT_OF}
    if our_number:
        facts["number"] = our_number
    if condition := cells.get(Meaning.CONDITION, ""):
        if len(condition) > CONDITION_LIMIT:
            unclear.append(Meaning.CONDITION)
        else:
            facts["condition"] = condition
    step = _step(cells, reading, facts, days.get(Meaning.STATUS_ON), unclear)
    who = Who(
        line,
        number=our_number,
        email=cells.get(Meaning.EMAIL, ""),
        last=cells.get(Meaning.LAST, "") or cells.get(Meaning.FULL, ""),
        first=cells.get(Meaning.FIRST, ""),
        born=born,
        program=program_of(
            cells.get(Meaning.PROGRAM, ""), cells.get(Meaning.SEGMENT, ""), reading.segments
        ),
        unclear=any(one in unclear for one in TELLS_WHO),
        tells=tuple(sorted((one.value, folded(text)) for one, text in cells.items() if text)),
    )
    return Said(who, step, facts, unclear)


def program_of(code: str, segment: str, segments: Mapping[str, Sequence[str]]) -> str:
    """A program by its figures; with its segment where that is not the only one of ours with this number."""
    figures = "".join(sign for sign in code if sign.isdigit())
    wanted = segment.strip().lstrip("0")
    ours = [one.lstrip("0") for one in segments.get(figures, ())]
    if not figures or not wanted or ours == [wanted] or not any(ours):
        return figures
    return f"{figures}/{wanted}"


def _number(cells: Cells, unclear: list[Meaning]) -> str:
    """The UdeM number, if there is one that reads."""
    try:
        return number(cells.get(Meaning.NUMBER, ""))
    except Unclear:
        unclear.append(Meaning.NUMBER)
        return ""


def _days(cells: Cells, reading: Reading, unclear: list[Meaning]) -> dict[Meaning, date]:
    """The days that the cells tell, sensible ones only."""
    found = {}
    for meaning in (*FACT_OF, Meaning.STATUS_ON, Meaning.BORN):
        years = BIRTH_YEARS if meaning == Meaning.BORN else SENSIBLE_YEARS
        try:
            one = day(cells.get(meaning, ""), reading.order)
        except Unclear:
            unclear.append(meaning)
            continue
        if one and one.year not in years:
            unclear.append(meaning)
        elif one:
            found[meaning] = one
    return found


def _step(
    cells: Cells,
    reading: Reading,
    facts: dict[str, str],
    status_on: date | None,
    unclear: list[Meaning],
) -> Filing | None:
    """How far the line says the file is: the word of its state, then what the yes-or-no columns add."""
    said = reading.words.get(key(cells.get(Meaning.STATUS, "")), "")
    step = Filing(said) if said else None
    if step and status_on:
        facts.setdefault(DATED_BY[step], status_on.isoformat())
    if _agreed(cells, Meaning.ACCEPTED, unclear) and step in (
        None,
        Filing.ADMITTED,
        Filing.CONDITIONAL,
    ):
        step = Filing.ACCEPTED
    if _agreed(cells, Meaning.REGISTERED, unclear):
        step = Filing.REGISTERED
    if missing(cells.get(Meaning.DOCUMENTS, "")) and step in (None, Filing.FILED):
        step = Filing.DOCUMENTS
    return step


def _agreed(cells: Cells, meaning: Meaning, unclear: list[Meaning]) -> bool:
    """Whether a yes-or-no column says yes."""
    try:
        return yes(cells.get(meaning, "")) is True
    except Unclear:
        unclear.append(meaning)
        return False
