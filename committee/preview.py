"""What the page of a plan shows: its figures with names, and nothing of the viewer's conflicts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from committee.gathering import hidden_from
from committee.models import Plan
from committee.problem import Why

SHOWN = 100
HEADINGS: dict[str, tuple[Promise, Promise]] = {
    Why.NOBODY: (
        gettext_lazy("Too few readers"),
        gettext_lazy("More people have to read, or be back."),
    ),
    Why.LANGUAGE: (
        gettext_lazy("Too few who read the language"),
        gettext_lazy("Ask a reader whether they read it too."),
    ),
    Why.PROGRAM: (
        gettext_lazy("Too few who read the program"),
        gettext_lazy("Tick the program for more readers."),
    ),
    Why.APART: (
        gettext_lazy("Too many conflicts of interest"),
        gettext_lazy("Somebody from outside the committee could read it."),
    ),
    Why.FULL: (
        gettext_lazy("Everyone who could read it is full"),
        gettext_lazy("Raise how many files readers take."),
    ),
}


@dataclass(frozen=True)
class Bar:
    """A reader's load before and after; widths in SVG units from 0 to 100, as text whatever the language."""

    reader: User
    capacity: int
    before: int
    more: int
    less: int
    after: int
    kept: str
    start: str
    added: str
    room: str


@dataclass(frozen=True)
class Short:
    """A file that is left without a reading, and why."""

    application: Application
    missing: int
    sentence: str


@dataclass(frozen=True)
class Reason:
    """The files that are short for the same reason, and what would help."""

    title: Promise
    advice: Promise
    count: int
    files: list[Short]


@dataclass(frozen=True)
class Moved:
    """A file that leaves a reader, and whom the plan gives it to."""

    application: Application
    leaves: User | None
    joins: list[User]


@dataclass(frozen=True)
class Preview:
    """All of it."""

    bars: list[Bar]
    reasons: list[Reason]
    moves: list[Moved]
    given: list[Application]
    reader: User | None
    conflicted: bool


def preview(plan: Plan, viewer: User, *, reader: str = "") -> Preview:
    """The plan in names, in four queries; with `reader`, the id of one, the files that they would get."""
    hidden = hidden_from(viewer, plan)
    loads = plan.figures["loads"]
    people = User.objects.in_bulk([row["reader"] for row in loads])
    chosen = people.get(int(reader)) if reader.isdecimal() else None
    given = [file for file, one in plan.lines if chosen and one == chosen.pk][:SHOWN]
    moves = plan.moves[:SHOWN]
    unmet = [row for row in plan.figures["unmet"] if row["file"] not in hidden]
    some = list(_first_of_each(unmet))
    named = {*given, *(file for file, _reader in moves), *(row["file"] for row in some)}
    files = Application.objects.in_bulk(named - hidden)
    return Preview(
        bars=list(_bars(loads, people)),
        reasons=list(_reasons(unmet, some, files)),
        moves=list(_moves(plan, moves, files, people)),
        given=[files[file] for file in given if file in files],
        reader=chosen,
        conflicted=bool(hidden),
    )


def _bars(loads: list[dict[str, Any]], people: dict[int, User]) -> Iterator[Bar]:
    widest = max((max(row["capacity"], row["after"], row["before"]) for row in loads), default=0)
    unit = 100 / max(widest, 1)
    for row in loads:
        stay = row["after"] - row["more"]
        yield Bar(
            reader=people[row["reader"]],
            **{name: row[name] for name in ("capacity", "before", "more", "less", "after")},
            kept=f"{stay * unit:.1f}",
            start=f"{stay * unit:.1f}",
            added=f"{row['more'] * unit:.1f}",
            room=f"{row['capacity'] * unit:.1f}",
        )


def _first_of_each(unmet: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first hundred files of each reason."""
    counts: dict[str, int] = {}
    for row in unmet:
        counts[row["why"]] = counts.get(row["why"], 0) + 1
        if counts[row["why"]] <= SHOWN:
            yield row


def _reasons(
    unmet: list[dict[str, Any]], some: list[dict[str, Any]], files: dict[int, Application]
) -> Iterator[Reason]:
    for why, (title, advice) in HEADINGS.items():
        shown = [row for row in some if row["why"] == why and row["file"] in files]
        if shown:
            yield Reason(
                title=title,
                advice=advice,
                count=sum(1 for row in unmet if row["why"] == why),
                files=[Short(files[r["file"]], r["missing"], sentence(r["left"])) for r in shown],
            )


def sentence(left: list[int]) -> str:
    """How many readers each rule leaves over, in one line."""
    here, language, program, apart = left
    text = _(
        "readers without it: %(here)s; who read its language: %(language)s; "
        "and its program: %(program)s; and are not kept apart: %(apart)s"
    )
    return text % {"here": here, "language": language, "program": program, "apart": apart}


def _moves(
    plan: Plan, moves: list[list[int]], files: dict[int, Application], people: dict[int, User]
) -> Iterator[Moved]:
    joins: dict[int, list[User]] = {}
    moved = {file for file, _reader in moves}
    for file, reader in plan.lines:
        if file in moved:
            joins.setdefault(file, []).append(people[reader])
    for file, reader in moves:
        if file in files:
            yield Moved(files[file], people.get(reader), joins.get(file, []))
