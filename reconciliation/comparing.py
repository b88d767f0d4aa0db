"""A list beside what we know: each line finds its person or is asked about, and what it would change is worked out.

Nothing of a person's file is written here. Comparing again begins anew, as long as nothing was applied.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, move
from cycles.models import Cycle
from followup.models import UdemFile
from reconciliation import words as wording
from reconciliation.columns import DATES, Columns, Meaning, wanting
from reconciliation.differences import counts, differences
from reconciliation.facts import plain, read, written
from reconciliation.lifecycle import COMPARE
from reconciliation.matching import Match, match
from reconciliation.models import Change, Line, UdemList
from reconciliation.people import files_of, people, segments
from reconciliation.reading import Table
from reconciliation.receiving import bytes_of, remember, table_of
from reconciliation.telling import Reading, Said, listen
from reconciliation.values import DateOrder, order_of


def states_in(table: Table, columns: Columns) -> list[str]:
    """Every cell of the column of states."""
    return _cells(table, columns, Meaning.STATUS)


def date_order(table: Table, columns: Columns) -> DateOrder | None:
    """How the list writes its days; None when they read both ways."""
    days = [cell for one in DATES if one in columns for cell in _cells(table, columns, one)]
    return order_of(days)


def _cells(table: Table, columns: Columns, meaning: Meaning) -> list[str]:
    if meaning not in columns:
        return []
    place = table.headers.index(columns[meaning])
    return [row[place] for row in table.rows]


@transaction.atomic
def compare(udem_list: UdemList, columns: Columns, order: str, *, by: User) -> UdemList:
    """Find the person of each line and what it would change. Raises Refused while something must still be said."""
    Cycle.objects.select_for_update(of=("self",)).get(pk=udem_list.cycle_id)
    table = table_of(bytes_of(udem_list), udem_list.encoding_if_text)
    _refuse_unsaid(table, columns, order)
    move(
        udem_list,
        COMPARE,
        by=by,
        columns={meaning.value: header for meaning, header in columns.items()},
        date_order=order,
        revision=udem_list.revision + 1,
    )
    remember(table, columns, by=by)
    udem_list.lines.all().delete()
    reading = Reading(DateOrder(order), wording.known(), segments())
    payloads = cells_of(table, columns)
    said = {number: listen(number, cells, reading) for number, cells in payloads.items()}
    files = files_of(udem_list.cycle)
    matches = match(people(files, udem_list.cycle), [one.who for one in said.values()])
    lines = Line.objects.bulk_create(
        _line(udem_list, one, payloads[one.line], said[one.line]) for one in matches
    )
    by_pk = {row.pk: row for row in files}
    Change.objects.bulk_create(
        change_of(line, by_pk[line.udem_file_id], said[line.number])
        for line in lines
        if line.udem_file_id
    )
    return udem_list


def _refuse_unsaid(table: Table, columns: Columns, order: str) -> None:
    """Raise Refused when a column or a word must still be explained."""
    if not set(columns.values()) <= set(table.headers):
        raise Refused(_("This column is not in the file."))
    if reasons := wanting(columns):
        raise Refused(_("Something must still be said of the columns."), reasons)
    if order not in list(DateOrder):
        raise Refused(_("Say how the list writes its days."))
    if unknown := wording.unknown(states_in(table, columns)):
        raise Refused(_("Say first what these words of UdeM mean."), unknown)


def cells_of(table: Table, columns: Columns) -> dict[int, dict[Meaning, str]]:
    """By the number of the line (the first below the headings is 2, as in a spreadsheet): the cells that tell something."""
    places = {meaning: table.headers.index(header) for meaning, header in columns.items()}
    return {
        number: {meaning: row[place] for meaning, place in places.items() if row[place]}
        for number, row in enumerate(table.rows, 2)
    }


def _line(udem_list: UdemList, found: Match, cells: Mapping[Meaning, str], said: Said) -> Line:
    """A line with its verdict, not saved."""
    return Line(
        udem_list=udem_list,
        number=found.line,
        payload=written({one.value: text for one, text in cells.items()}),
        verdict=found.verdict.value,
        why=found.why.value if found.why else "",
        candidates={
            str(pk): {"place": place, **{what: word.value for what, word in says.items()}}
            for place, (pk, says) in enumerate(found.candidates.items())
        },
        unclear=[one.value for one in said.unclear],
        same_as=found.same_as,
        udem_file_id=found.person,
    )


def change_of(line: Line, udem_file: UdemFile, said: Said) -> Change:
    """What this line would change in this file, not saved."""
    change = Change(udem_list=line.udem_list, line=line, udem_file=udem_file)
    work_out(change, udem_file, said)
    return change


def work_out(change: Change, udem_file: UdemFile, said: Said) -> None:
    """Fill in a change from the file as it stands now."""
    now = plain(udem_file)
    told = differences(now, said, as_of=change.udem_list.as_of)
    change.told, change.stood = written(dict(told)), written(now)
    for name, value in counts(now, told, {}).items():
        setattr(change, name, value)


def said_by(line: Line) -> Said:
    """What a line that is kept says, read again as the list was."""
    return listen(line.number, cells_kept(line), reading_of(line.udem_list))


def reading_of(udem_list: UdemList) -> Reading:
    """How this list was read."""
    return Reading(DateOrder(udem_list.date_order), wording.known(), segments())


def cells_kept(line: Line) -> dict[Meaning, str]:
    """The cells of a line by their meaning."""
    return {Meaning(name): text for name, text in read(line.payload).items()}


def all_said(lines: Sequence[Line], udem_list: UdemList) -> dict[int, Said]:
    """What these lines say, by their primary key; two queries however many."""
    reading = reading_of(udem_list)
    return {line.pk: listen(line.number, cells_kept(line), reading) for line in lines}
