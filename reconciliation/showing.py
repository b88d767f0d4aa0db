"""What the pages show of a list: lines beside the people they could mean, changes field by field.

Each page costs the same number of queries, whatever the list. What is kept from a coordinator shows as that and nothing more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from applications.sight import ids_kept_from
from followup.models import Filing, Identity, UdemFile
from reconciliation.columns import LABELS, Meaning
from reconciliation.facts import DAYS, read
from reconciliation.matching import Says, Why
from reconciliation.models import Change, Line, UdemList

TO_FILE = "offer__decision__application"
WHYS: dict[str, str | Promise] = {
    Why.CONTRADICTION: _("Something speaks against it."),
    Why.SEVERAL: _("It could mean several people."),
    Why.NAME_ONLY: _("Only the name agrees."),
    Why.TWICE: _("Two lines point at the same person."),
    Why.WEAK: _("Too little agrees."),
}
TONES = {
    Says.SAME: ("ok", "check"),
    Says.NEAR: ("time", "circle-dashed"),
    Says.DIFFERS: ("bad", "x"),
}
SAID = {
    Says.SAME: _("agrees"),
    Says.NEAR: _("nearly agrees"),
    Says.DIFFERS: _("differs"),
    Says.SILENT: _("not known on both sides"),
}
FACETS: dict[str, str | Promise] = {
    "number": LABELS[Meaning.NUMBER],
    "email": LABELS[Meaning.EMAIL],
    "name": _("Name"),
    "born": LABELS[Meaning.BORN],
    "program": _("Program"),
}
FACTS: dict[str, str | Promise] = {
    "status": _("Step"),
    "number": LABELS[Meaning.NUMBER],
    "filed_on": LABELS[Meaning.FILED_ON],
    "documents_asked_on": _("Documents asked on"),
    "documents_due_on": LABELS[Meaning.DOCUMENTS_DUE_ON],
    "documents_done_on": _("Documents all sent on"),
    "decided_on": LABELS[Meaning.DECIDED_ON],
    "condition": LABELS[Meaning.CONDITION],
    "condition_met_on": LABELS[Meaning.CONDITION_MET_ON],
    "accept_by": LABELS[Meaning.ACCEPT_BY],
    "accepted_on": LABELS[Meaning.ACCEPTED_ON],
    "ended_on": _("Registered, deferred or ended on"),
}
LACKS: dict[str, str | Promise] = {
    "step": _("The list tells a number or a day, and no step."),
    "filing": _(
        "Both the UdeM number and the day it was filed are needed: neither we nor the list has one of them."
    ),
    "condition": _("An admission on a condition says which; the list does not."),
    "documents": _("The day documents are due comes without, or before, the day they were asked."),
}
SHOWN_LINES = ("doubtful", "certain", "unknown", "folded")
SHOWN_CHANGES: dict[str, tuple[str | Promise, Q]] = {
    "all": (pgettext_lazy("changes", "All"), Q()),
    "ready": (_("To be written"), Q(is_ready=True)),
    "new": (_("New facts"), Q(news__gt=0)),
    "same": (_("Only confirmed"), Q(news=0, conflicts=0)),
    "conflict": (_("Conflicts"), Q(conflicts__gt=0)),
    "settle": (_("To settle by hand"), Q(open__gt=0) | ~Q(lacks=[]) | Q(has_moved=True)),
    "applied": (_("Written"), Q(applied_at__isnull=False, undone_at=None)),
    "left": (_("Left when undone"), Q(was_left=True)),
}


@dataclass(frozen=True)
class Facet:
    """One thing side by side: what the list says, what we have, whether they agree."""

    label: str | Promise
    theirs: Any
    ours: Any
    says: str
    word: str | Promise
    tone: str
    icon: str


@dataclass(frozen=True)
class Candidate:
    """A person whom a line could mean."""

    udem_file: UdemFile
    facets: list[Facet]
    is_chosen: bool


@dataclass(frozen=True)
class LineShown:
    """A line of the queue."""

    line: Line
    is_kept: bool
    cells: list[tuple[str | Promise, str]]
    candidates: list[Candidate]
    unclear: list[str | Promise]
    person: UdemFile | None

    @property
    def why(self) -> str | Promise:
        """Why it is asked about."""
        return WHYS.get(self.line.why, "")


def lines_shown(lines: Sequence[Line], user: User) -> list[LineShown]:
    """These lines with the people they could mean. Three queries, and those of what is kept from the person."""
    wanted = {pk for line in lines for pk in line.candidate_ids()}
    wanted |= {line.udem_file_id for line in lines if line.udem_file_id}
    path = f"{TO_FILE}__applicant"
    rows = UdemFile.objects.filter(pk__in=wanted).select_related(path, "program")
    files = {row.pk: row for row in rows}
    applications = [row.offer.decision.application_id for row in files.values()]
    born = {
        row.application_id: row.born_on
        for row in Identity.objects.filter(application__in=applications)
    }
    kept = ids_kept_from(user)
    hidden = {pk for pk, row in files.items() if row.offer.decision.application_id in kept}
    return [_line(line, files, born, hidden) for line in lines]


def _line(
    line: Line, files: dict[int, UdemFile], born: dict[int, date | None], hidden: set[int]
) -> LineShown:
    meant = {*line.candidate_ids(), *([line.udem_file_id] if line.udem_file_id else [])}
    if meant & hidden:
        return LineShown(line, True, [], [], [], None)
    told = read(line.payload)
    cells = {one: told[one.value] for one in Meaning if one.value in told}
    candidates = [
        Candidate(files[pk], _facets(cells, files[pk], born, says), pk == line.udem_file_id)
        for pk, says in ((int(pk), says) for pk, says in line.said())
        if pk in files
    ]
    return LineShown(
        line,
        False,
        [(LABELS[meaning], text) for meaning, text in cells.items()],
        candidates,
        [LABELS[Meaning(name)] for name in line.unclear],
        files.get(line.udem_file_id) if line.udem_file_id else None,
    )


def _facets(
    cells: dict[Meaning, str], row: UdemFile, born: dict[int, date | None], says: dict[str, Any]
) -> list[Facet]:
    application = row.offer.decision.application
    theirs = {
        "number": cells.get(Meaning.NUMBER, ""),
        "email": cells.get(Meaning.EMAIL, ""),
        "name": " ".join(
            filter(None, (cells.get(one) for one in (Meaning.FIRST, Meaning.LAST, Meaning.FULL)))
        ),
        "born": cells.get(Meaning.BORN, ""),
        "program": " ".join(
            filter(None, (cells.get(one) for one in (Meaning.PROGRAM, Meaning.SEGMENT)))
        ),
    }
    ours: dict[str, Any] = {
        "number": row.number,
        "email": application.applicant.email,
        "name": application.name,
        "born": born.get(application.pk),
        "program": row.program.udem_number,
    }
    facets = []
    for name, label in FACETS.items():
        said = Says(says.get(name, Says.SILENT))
        tone, icon = TONES.get(said, ("", "minus"))
        facets.append(Facet(label, theirs[name], ours[name], said, SAID[said], tone, icon))
    return facets


@dataclass(frozen=True)
class FactShown:
    """One fact of a change: what stands, what the list says, and whose word counts."""

    name: str
    label: str | Promise
    old: Any
    new: Any
    kind: str
    choice: str


@dataclass(frozen=True)
class ChangeShown:
    """One person's part of a list."""

    change: Change
    facts: list[FactShown]
    lacks: list[str | Promise]
    may_choose: bool


def changes_shown(changes: Iterable[Change]) -> list[ChangeShown]:
    """These changes, unsealed; no query, as they come with their people."""
    return [_change(change) for change in changes]


def _change(change: Change) -> ChangeShown:
    told = read(change.told)
    facts = [
        FactShown(
            name,
            FACTS[name],
            shown(name, told[name]["old"]),
            shown(name, told[name]["new"]),
            told[name]["kind"],
            change.choices.get(name, ""),
        )
        for name in FACTS
        if name in told
    ]
    lacks = [LACKS[word] for word in change.lacks]
    may_choose = not change.has_moved and (change.applied_at is None or change.open > 0)
    return ChangeShown(change, facts, lacks, may_choose)


def shown(name: str, text: str) -> Any:
    """A fact for the page: a step in words, a day as a day."""
    if not text:
        return ""
    if name == "status":
        return Filing(text).label
    return date.fromisoformat(text) if name in DAYS else text


def figures(udem_list: UdemList, user: User) -> dict[str, int]:
    """How many lines and people are in which state; of people, those that nothing keeps from this person. Two queries."""
    lines = udem_list.lines.aggregate(
        all=Count("pk"),
        asked=Count("pk", filter=Q(verdict="doubtful", chosen_at=None)),
        **{word: Count("pk", filter=Q(verdict=word)) for word in SHOWN_LINES},
        matched=Count("pk", filter=Q(udem_file__isnull=False)),
    )
    mine = Change.objects.visible_to(user).filter(udem_list=udem_list)
    changes = mine.aggregate(
        **{
            f"c_{word}": Count("pk", filter=wanted or Q(pk__isnull=False))
            for word, (_label, wanted) in SHOWN_CHANGES.items()
        }
    )
    kept = {"kept": lines["matched"] - changes["c_all"]}
    return {**lines, **changes, **kept}
