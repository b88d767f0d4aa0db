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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """What is counted: its code, the options in order, and whether a person may choose several.

    `into` counts several options as one: the kinds of a disability as a yes.
    """

    code: str
    options: tuple[str, ...]
    many: bool = False
    into: Mapping[str, str] = field(default_factory=dict)


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
    return counts_all(scope, kind, [question], stages, by=by)[question.code]


def counts_all(
    scope: str,
    kind: str,
    questions: Sequence[Question],
    stages: Sequence[Sequence[str]],
    *,
    by: User,
) -> dict[str, list[Figures]]:
    """The same of several questions, by their code: what was said is unsealed once a stage, whatever their number."""
    _refuse_others(by)
    with transaction.atomic("vault"), connections["vault"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [scope])
        known = _published(cursor, scope)
        for number, subjects in enumerate(stages):
            new = [one for one in questions if (one.code, number) not in known]
            if not new:
                continue
            said = list(said_of(kind, list(subjects)))
            for one in new:
                wider = known.get((one.code, number - 1))
                counted = tally([entry.get(one.code) for entry in said], one)
                known[one.code, number] = figures(counted, one, [wider] if wider else [])
            _publish(cursor, scope, {(one.code, number): known[one.code, number] for one in new})
    return {one.code: [known[one.code, at] for at in range(len(stages))] for one in questions}


def published(scope: str, questions: Sequence[Question], *, by: User) -> dict[str, list[Figures]]:
    """What was given out so far, stage by stage; nothing is counted. Raises Refused as `counts` does."""
    _refuse_others(by)
    with connections["vault"].cursor() as cursor:
        known = _published(cursor, scope)
    return {
        one.code: [known[key] for key in sorted(key for key in known if key[0] == one.code)]
        for one in questions
    }


def _refuse_others(by: User) -> None:
    if not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)


def tally(answers: Sequence[Any], question: Question) -> tuple[int, dict[str, int]]:
    """How many answered, and how many chose each option; an answer left out counts nowhere."""
    chosen = [{answer} if isinstance(answer, str) else set(answer) for answer in answers if answer]
    chosen = [{question.into.get(option, option) for option in one} for one in chosen]
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


def _published(cursor: Any, scope: str) -> dict[tuple[str, int], Figures]:
    cursor.execute("SELECT question, stage, figures FROM published WHERE scope = %s", [scope])
    found = {}
    for question, stage, text in cursor.fetchall():
        kept = json.loads(text) if isinstance(text, str) else text
        found[question, stage] = Figures(kept["total"], kept["cells"])
    return found


def _publish(cursor: Any, scope: str, found: Mapping[tuple[str, int], Figures]) -> None:
    rows = [
        {"question": code, "stage": stage, "figures": {"total": one.total, "cells": one.cells}}
        for (code, stage), one in found.items()
    ]
    cursor.execute(
        "INSERT INTO published (scope, question, stage, figures)"
        " SELECT %s, question, stage, figures FROM jsonb_to_recordset(%s::jsonb)"
        " AS row (question text, stage smallint, figures jsonb)",
        [scope, json.dumps(rows)],
    )
