"""The fifth verb: counts, of which no cell under five can be read or worked out.

A figure is given out once for each question and stage of a cycle, and is the same for ever after: nobody can ask on two dates
and subtract. Stages lie within each other (who applied, who was accepted, who registered), so what is hidden at one stage
stays hidden at the next, and the difference between two stages is held to the same rules as a stage.

In a question with one answer a person, the cells add up to the total: where cells are hidden there are at least two, and
together they are at least five and not such a number that only one filling is possible. In a question with several answers
each option is a table of its own: those who chose it, those who did not.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import protects
from audit.moves import Refused
from scholarships.vault.entries import said_of

FEWEST = 5
Cells = dict[str, int | None]


@dataclass(frozen=True)
class Question:
    """What is counted: its code, the options in order, and whether a person may choose several."""

    code: str
    options: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class Figures:
    """What may be known of one stage: None is hidden. Without a total, there were too few to say anything."""

    total: int | None
    cells: Cells


NOTHING = Figures(None, {})


def counts(
    scope: str, kind: str, question: Question, stages: Sequence[Sequence[str]], *, by: User
) -> list[Figures]:
    """The figures of each stage, from the widest to the narrowest; those not given out yet are, for ever.

    `scope` names the cycle, `stages` the subjects of each. Raises Refused for anybody but the privacy service.
    """
    if not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)
    with transaction.atomic("vault"), connections["vault"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [scope])
        given: list[Figures] = []
        for number, subjects in enumerate(stages):
            key = (scope, question.code, number)
            found = _published(cursor, key)
            if found is None:
                answers = [said.get(question.code) for said in said_of(kind, list(subjects))]
                found = figures(tally(answers, question), question, given[-1:])
                _publish(cursor, key, found)
            given.append(found)
    return given


def tally(answers: Sequence[Any], question: Question) -> tuple[int, dict[str, int]]:
    """How many answered, and how many chose each option; an answer left out counts nowhere."""
    chosen = [{answer} if isinstance(answer, str) else set(answer) for answer in answers if answer]
    count = Counter(option for one in chosen for option in one)
    return len(chosen), {option: count[option] for option in question.options}


def figures(
    counted: tuple[int, dict[str, int]], question: Question, before: Sequence[Figures]
) -> Figures:
    """What may be given out of a stage, after what was given out of the wider one."""
    total, cells = counted
    wider = before[0] if before else None
    if total < FEWEST or (wider and (wider.total is None or wider.total - total < FEWEST)):
        return NOTHING
    if question.many:
        return Figures(total, {name: _alone(name, counted, wider) for name in cells})
    return _shared(counted, wider)


def _alone(name: str, counted: tuple[int, dict[str, int]], wider: Figures | None) -> int | None:
    """One option as a table of two cells: it is shown if both are, in the stage and in what the stage leaves out."""
    total, cells = counted
    value = cells[name]
    parts = [value, total - value]
    if wider and wider.total is not None:
        more = wider.cells[name]
        if more is None:
            return None
        parts += [more - value, wider.total - total - (more - value)]
    return value if min(parts) >= FEWEST else None


def _shared(counted: tuple[int, dict[str, int]], wider: Figures | None) -> Figures:
    """The options of one table: hide what is too small, then more, until nothing can be worked out."""
    total, cells = counted
    hidden = {name for name, value in cells.items() if value < FEWEST}
    if wider:
        kept = {name: value for name, value in wider.cells.items() if value is not None}
        hidden |= set(cells) - set(kept)
        # Which of the others became too small would tell by how much: then none of them is shown.
        if any(min(cells[name], value - cells[name]) < FEWEST for name, value in kept.items()):
            hidden = set(cells)
    while not _safe(counted, wider, hidden):
        rest = {name: value for name, value in cells.items() if name not in hidden}
        if not rest:
            return NOTHING
        # All of one size at once: which of them was hidden would tell something. Of a narrower stage, all: a single one
        # that was shown before, and is hidden now though it could be shown, would be known to be just large enough.
        least = max(rest.values()) if wider else min(rest.values())
        hidden |= {name for name, value in rest.items() if value <= least}
    return Figures(total, {name: None if name in hidden else cells[name] for name in cells})


def _safe(counted: tuple[int, dict[str, int]], wider: Figures | None, hidden: set[str]) -> bool:
    """Whether the hidden cells of the stage, and of what it leaves out, keep their secret."""
    if not hidden:
        return True
    total, cells = counted
    shown = [name for name in cells if name not in hidden]
    sums = [total - sum(cells[name] for name in shown)]
    if wider and wider.total is not None:
        left_out = sum((wider.cells[name] or 0) - cells[name] for name in shown)
        sums.append(wider.total - total - left_out)
    pinned = (FEWEST - 1) * len(hidden)
    return len(hidden) > 1 and all(each >= FEWEST and each != pinned for each in sums)


def ratio(chosen: Figures, among: Figures, option: str, most: str) -> float | None:
    """An adverse-impact ratio: how often this option went on, by how often the other did; None where a cell is hidden."""
    parts = [row.cells.get(name) for name in (option, most) for row in (chosen, among)]
    if None in parts or not chosen.total or not among.total:
        return None
    on, all_of, other_on, all_others = (int(part or 0) for part in parts)
    return (on / all_of) / (other_on / all_others)


def _published(cursor: Any, key: tuple[str, str, int]) -> Figures | None:
    cursor.execute(
        "SELECT figures FROM published WHERE scope = %s AND question = %s AND stage = %s", key
    )
    row = cursor.fetchone()
    if row is None:
        return None
    kept = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return Figures(kept["total"], kept["cells"])


def _publish(cursor: Any, key: tuple[str, str, int], found: Figures) -> None:
    text = json.dumps({"total": found.total, "cells": found.cells})
    cursor.execute(
        "INSERT INTO published (scope, question, stage, figures) VALUES (%s, %s, %s, %s)",
        [*key, text],
    )
