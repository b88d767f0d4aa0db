"""Who may do what, when: every verb of a decision and of a release, in every status, by every kind of person.

`verbs.txt` is the documentation, and the product must obey it. A cell is the status that the row has afterwards;
`-` is "you may never do this", `no` is "not now, or not you again". With `WRITE_TABLE=1` in the environment the
test writes what the product does now: read the difference before committing it.

`alone` holds every role, and made the first of the two acts; `second` made the second one.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from answers import freeing, release
from answers.models import Call, Sighting
from applications.models import Application
from audit.moves import Refused
from reviews import decisions
from reviews.models import Decision, Release
from tests import factories
from tests.answers import factories as answers
from tests.conftest import Settle
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("verbs.txt")
WHO = ("alone", "second", "coordinator", "director", "reviewer", "applicant", "admin")
Verb = Callable[[Any, Any], Any]


def _hour() -> Any:
    return timezone.now() + timedelta(hours=1)


def _propose(row: Decision, by: User) -> Any:
    decisions.propose(row.application, "accept", factories.program(), by=by)
    return row


def _correct(row: Decision, by: User) -> Any:
    return answers.correction(row, "waitlist", proposer=by)


OF_DECISIONS: dict[str, Verb] = {
    "propose another": _propose,
    "withdraw": lambda row, by: decisions.withdraw_proposal(row, by=by),
    "approve": lambda row, by: decisions.approve(row, by=by),
    "correct": _correct,
}
OF_RELEASES: dict[str, Verb] = {
    "prepare": lambda row, by: release.prepare_release(row.cycle, by=by, while_open=True),
    "approve for an hour": lambda row, by: release.approve_release(row, by=by, at=_hour()),
    "resume": lambda row, by: release.resume_release(row, by=by, at=_hour()),
    "release at once": lambda row, by: release.release(row, by=by),
    "hold": lambda row, by: release.hold_release(row, by=by, why="Wait"),
    "cancel": lambda row, by: release.cancel_release(row, by=by, why="Wrong"),
    "send the rest": lambda row, by: freeing.free_the_rest(row, by=by, why="All is well") and row,
}


@pytest.fixture
def people(person: Settle, amina: User) -> dict[str, User]:
    """One of each kind."""
    return {
        "alone": person("alone", *(role for role in Role if role != Role.EDI_OFFICER)),
        "second": person("second", Role.DIRECTOR),
        "coordinator": person("claire", Role.COORDINATOR),
        "director": person("dominique", Role.DIRECTOR),
        "reviewer": person("david", Role.REVIEWER),
        "applicant": amina,
        "admin": person("adam", Role.ADMINISTRATOR),
    }


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def _cell(verb: Verb, row: Any, by: User) -> str:
    """What comes of it; afterwards nothing has happened."""
    told = ""
    try:
        with transaction.atomic():
            done = verb(type(row).objects.get(pk=row.pk), by)
            done.refresh_from_db()
            told = done.status
            raise _Undo
    except _Undo:
        return told
    except Refused as refused:
        return "-" if refused.forbidden else "no"


def _decisions(file: Application, alone: User, second: User) -> Iterator[tuple[str, Decision]]:
    """One decision, from its proposal on."""
    row = decisions.propose(file, "decline", by=alone)
    yield "proposed", row
    yield "approved", decisions.approve(row, by=second)
    frozen = answers.approved(file.cycle, preparer=alone, director=second)
    yield "frozen", row
    release.release(frozen, by=second)
    yield "released", row
    made = answers.correction(row, "accept", proposer=alone)
    yield "correction proposed", made
    yield "correction approved", decisions.approve(made, by=second)
    answers.corrected(file.cycle, preparer=alone, director=second)
    yield "corrected", row


def _releases(file: Application, alone: User, second: User) -> Iterator[tuple[str, Release]]:
    """One release after another, in each status."""
    answers.answered(file, "accept", proposer=alone, director=second)
    row = release.prepare_release(file.cycle, by=alone, while_open=True)
    yield "prepared", row
    hour = timezone.now() + timedelta(days=1)
    yield "approved", release.approve_release(row, by=second, at=hour)
    yield "held", release.hold_release(row, by=second, why="Wait")
    release.cancel_release(row, by=second, why="Wrong")
    yield "cancelled", row
    yield "done", judging.release_all(file.cycle, proposer=alone, director=second)


def _lines(file: Application, people: dict[str, User], settings: Any) -> list[list[str]]:
    """The whole table."""
    settings.RELEASE_CANARY = 0  # all letters are held back
    lines = [["row", "status", "verb", *WHO]]
    alone, second = people["alone"], people["second"]
    walks: Any = ((_releases, OF_RELEASES, "release"), (_decisions, OF_DECISIONS, "decision"))
    for walk, verbs, noun in walks:
        try:
            with transaction.atomic():
                for status, row in walk(file, alone, second):
                    lines += [
                        [noun, status, name, *(_cell(verb, row, people[who]) for who in WHO)]
                        for name, verb in verbs.items()
                    ]
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


def test_the_table_is_obeyed(
    application: Application, people: dict[str, User], settings: Any
) -> None:
    lines = _lines(application, people, settings)
    if "WRITE_TABLE" in os.environ:
        TABLE.write_text(_written(lines), encoding="utf-8")
    assert _written(lines) == TABLE.read_text(encoding="utf-8")
    # Nobody who made the first act makes the second, and nobody changes what is visible.
    for _noun, status, verb, alone, *_others in lines[1:]:
        second_act = verb in ("approve", "approve for an hour", "resume", "release at once")
        assert not second_act or alone in ("no", "-"), (status, verb)
        assert status != "released" or verb in ("correct", "approve") or alone in ("no", "-")


def test_the_admin_has_no_door() -> None:
    registered = set(admin.site._registry)
    assert not registered & {Decision, Release, Sighting, Call}
