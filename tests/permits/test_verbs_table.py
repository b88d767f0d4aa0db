"""Who may do what, when: every report and every correction of a step, in every state, by every kind of person.

`verbs.txt` is the documentation, and the product must obey it. A cell is the state that the step has afterwards; `-` is
"you may never do this", `no` is "not now". With `WRITE_TABLE=1` in the environment the test writes what the product does
now: read the difference before committing it.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from audit.moves import Refused
from permits import steps
from permits.days import Said
from permits.models import Kind, PermitPath, PermitStep, State, WhyNot
from tests.conftest import Settle
from tests.followup.factories import World
from tests.permits.factories import accepted, ago

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("verbs.txt")
WHO = ("owner", "other", "coordinator", "director", "reviewer", "admin")
# All days that a state may ask for; each keeps its own.
SAID = Said(
    asked_on=ago(9),
    more_on=ago(8),
    obtained_on=ago(7),
    refused_on=ago(7),
    why_not=WhyNot.UDEM,
)


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def _cell(verb: str, file: Application, kind: Kind, to: State, by: User) -> str:
    """What comes of it; afterwards nothing has happened."""
    told, now = "", timezone.now()
    try:
        with transaction.atomic():
            if verb == "report":
                told = steps.report(file, kind, to, SAID, by=by, at=now).status
            else:
                told = steps.put_right(file, kind, to, SAID, by=by, why="Erreur.", at=now).status
            raise _Undo
    except _Undo:
        return told
    except Refused as refused:
        return "-" if refused.forbidden else "no"


def _lines(file: Application, people: dict[str, User]) -> list[list[str]]:
    """The whole table."""
    lines = [["step", "state", "verb", *WHO]]
    for kind, states in ((Kind.CAQ, list(State)), (Kind.FUNDS, [State.TO_DO, State.READY])):
        for state in states:
            now = timezone.now()
            try:
                with transaction.atomic():
                    steps.put_right(
                        file, kind, state, SAID, by=people["coordinator"], why="Erreur.", at=now
                    )
                    for verb in ("report", "put right"):
                        for to in State:
                            cells = [_cell(verb, file, kind, to, people[who]) for who in WHO]
                            lines.append([kind, state, f"{verb} {to}", *cells])
                    raise _Undo
            except _Undo:
                continue
    return lines


def _written(lines: list[list[str]]) -> str:
    """In columns."""
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    rows = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join(rows) + "\n"


def test_the_table_is_obeyed(world: World, amina: User, bruno: User, person: Settle) -> None:
    people = {
        "owner": amina,
        "other": bruno,
        "coordinator": world.claire,
        "director": world.dominique,
        "reviewer": person("david", Role.REVIEWER),
        "admin": person("adam", Role.ADMINISTRATOR),
    }
    lines = _lines(accepted(world, amina), people)
    if "WRITE_TABLE" in os.environ:
        TABLE.write_text(_written(lines), encoding="utf-8")
    assert _written(lines) == TABLE.read_text(encoding="utf-8")
    for _step, _state, verb, owner, other, coordinator, *nobody in lines[1:]:
        # The person reports, the coordination puts right, and nobody else does either.
        assert other == "-"
        assert set(nobody) == {"-"}
        assert (coordinator == "-") == verb.startswith("report")
        assert (owner == "-") == verb.startswith("put right")


def test_the_admin_has_no_door() -> None:
    registered: set[Any] = set(admin.site._registry)
    assert not registered & {PermitStep, PermitPath}
