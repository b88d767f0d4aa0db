"""The people with a place, as UdeM's own columns name what we know of them: a file for a coordinator, logged without content."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from applications.sight import unhidden
from audit.moves import Refused, record
from cycles.models import Cycle, Program
from followup.models import Filing, Identity, UdemFile
from reconciliation.cells import neutral
from reconciliation.columns import LABELS, Meaning
from reconciliation.models import UdemList
from reconciliation.permissions import settles_lists
from reconciliation.workbook import workbook

PATH = "offer__decision__application"
OURS = (
    *(Meaning.NUMBER, Meaning.LAST, Meaning.FIRST, Meaning.EMAIL, Meaning.BORN),
    *(Meaning.PROGRAM, Meaning.SEGMENT, Meaning.STATUS, Meaning.FILED_ON),
    *(Meaning.DOCUMENTS_DUE_ON, Meaning.DECIDED_ON, Meaning.CONDITION, Meaning.CONDITION_MET_ON),
    *(Meaning.ACCEPT_BY, Meaning.ACCEPTED_ON, Meaning.REGISTERED_ON),
)
ENDED = (Filing.REGISTERED,)


def people(
    user: User, cycle: Cycle, program: Program | None = None, status: str = ""
) -> QuerySet[UdemFile]:
    """Everybody of the cycle with a place, whom nothing keeps from this person, by name."""
    rows = UdemFile.objects.filter(**{f"{PATH}__cycle": cycle})
    rows = rows.filter(program=program) if program else rows
    rows = rows.filter(status=status) if status else rows
    ordered = rows.order_by(f"{PATH}__last_names", f"{PATH}__first_names", "pk")
    return unhidden(ordered, user, PATH)


def export(
    cycle: Cycle, kind: str, *, program: Program | None = None, status: str = "", by: User
) -> bytes:
    """The file, as a workbook or as a CSV that a spreadsheet opens with its accents. Raises Refused.

    The trail says who took how many out, never whom.
    """
    if not settles_lists(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = list(people(by, cycle, program, status).select_related("program", f"{PATH}__applicant"))
    lines = [headings(cycle), *_lines(rows, cycle)]
    safe = [[neutral(cell) for cell in line] for line in lines]
    record("export_udem", cycle, by=by, people=len(rows), kind=kind)
    return workbook(safe) if kind == "xlsx" else as_csv(safe)


def headings(cycle: Cycle) -> list[str]:
    """UdeM's own words for the columns, as its last list named them; ours where it has none."""
    rows = UdemList.objects.filter(cycle=cycle).exclude(columns={})
    theirs: dict[str, str] = next(
        iter(rows.order_by("-received_at").values_list("columns", flat=True)[:1]), {}
    )
    return [theirs.get(meaning.value) or str(LABELS[meaning]) for meaning in OURS]


def _lines(rows: Sequence[UdemFile], cycle: Cycle) -> Iterator[list[str]]:
    identities = Identity.objects.filter(application__cycle=cycle)
    born = {row.application_id: row.birth for row in identities}
    for row in rows:
        application = row.offer.decision.application
        yield [
            row.number,
            application.last_names,
            application.first_names,
            application.applicant.email,
            born.get(application.pk, ""),
            row.program.udem_code,
            row.program.udem_segment,
            str(row.get_status_display()),
            *_days(row),
        ]


def _days(row: UdemFile) -> Iterable[str]:
    """The facts after the state, in the order of the columns."""
    registered_on = row.ended_on if row.status in ENDED else None
    return (
        *(_day(row.filed_on), _day(row.documents_due_on), _day(row.decided_on), row.condition),
        *(_day(row.condition_met_on), _day(row.accept_by), _day(row.accepted_on)),
        _day(registered_on),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Semicolons, every cell quoted, and the mark that tells a spreadsheet that it is UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(lines)
    return out.getvalue().encode("utf-8-sig")
