"""The two lists of files: how far each is, and what each lacks."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates
from desk import board as desk_board
from finding.lists.listed import CHUNK, Column, Filters, Listed, Rows, in_chunks
from reviews import board
from reviews.permissions import works_on_files


def _programs(line: Any) -> str:
    return ", ".join(program.short for program in line.programs)


OF_A_FILE = (
    Column("number", _("Number"), lambda line: line.application.number),
    Column("last_names", _("Last names"), lambda line: line.application.last_names),
    Column("first_names", _("First names"), lambda line: line.application.first_names),
    Column("programs", _("Programs"), _programs),
    Column("state", _("State"), lambda line: str(line.state.label)),
    Column("submitted", _("Submitted"), lambda line: line.application.submitted_at),
)


def _files(user: Any, filters: Filters) -> Rows:
    cycle = board.chosen_cycle(filters.get("cycle"))
    if cycle is None:
        return Rows(0, iter(()))
    state = filters.get("state", "filed")
    state = state if state in board.STATES else "filed"
    rows = board.files(cycle, user, state=state, words=filters.get("q", ""))
    lines = ((row.pk, board.line(row, cycle)) for row in rows.iterator(chunk_size=CHUNK))
    return Rows(rows.count(), lines)


def _answer(line: Any) -> str:
    if not line.decision:
        return ""
    program = f", {line.decision.program.short}" if line.decision.program else ""
    return f"{line.decision.get_outcome_display()}{program}"


FILES = Listed(
    "board",
    _("Applications"),
    works_on_files,
    ("state", "q"),
    (
        *OF_A_FILE,
        Column(
            *("asked", _("Readers asked")),
            lambda line: line.standing.asked if line.standing else 0,
        ),
        Column(
            *("handed_in", _("Reviews")),
            lambda line: line.standing.handed_in if line.standing else 0,
        ),
        Column("mean", _("Mean"), lambda line: line.standing.mean if line.standing else None),
        Column("answer", _("Answer"), _answer),
    ),
    _files,
)


def _complete(user: Any, filters: Filters) -> Rows:
    cycle = board.chosen_cycle(filters.get("cycle"))
    if cycle is None:
        return Rows(0, iter(()))
    state, sort = filters.get("state", ""), filters.get("sort", "")
    rows = desk_board.files(
        cycle,
        user,
        state=state if state in desk_board.FILTERS else desk_board.TO_CHECK.key,
        words=filters.get("q", ""),
        sort=sort if sort in desk_board.SORTS else "name",
    )
    return Rows(rows.count(), _completed(rows))


def _completed(rows: Any) -> Iterator[tuple[int, Any]]:
    for some in in_chunks(rows.iterator(chunk_size=CHUNK)):
        yield from ((line.application.pk, line) for line in desk_board.lines_of(some))


def _pieces(line: Any) -> str:
    return ", ".join(request.title for request in line.waiting)


COMPLETENESS = Listed(
    "completeness_board",
    _("Completeness"),
    coordinates,
    ("state", "q", "sort"),
    (
        *OF_A_FILE,
        Column("held", _("Documents held"), lambda line: line.held),
        Column("wanted", _("Documents asked for"), lambda line: line.asked),
        Column("letters", _("Letters received"), lambda line: line.references_received),
        Column("referees", _("Letters asked for"), lambda line: line.references_asked),
        Column("waiting", _("Pieces that we wait for"), _pieces),
        Column("due", pgettext_lazy("day", "Due"), lambda line: line.due_on),
        Column("messages", _("Messages to answer"), lambda line: line.unanswered),
    ),
    _complete,
)
