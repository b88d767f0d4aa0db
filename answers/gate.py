"""What looks inconsistent before answers are approved: asked in one statement, told in sentences, kept with a reason.

Nothing here decides. What is grave stops an approval until it is mended, or until a director says why it stands.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import directs
from answers.gate_rules import GRAVE, RULES, statement
from answers.models import Kept
from answers.permissions import keeps
from answers.saying import why
from applications.models import Application
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from cycles.models import Cycle, Program

MOST = 20
ALL = 1_000_000
FEW = 5


@dataclass(frozen=True)
class Finding:
    """One inconsistency: which rule, about which program or files, why, and the fingerprint of its facts."""

    rule: str
    program: Program | None
    first: Application | None
    second: Application | None
    facts: dict[str, Any]
    fingerprint: str
    total: int

    @property
    def is_grave(self) -> bool:
        """Whether it stops an approval."""
        return self.rule in GRAVE

    @property
    def why(self) -> str:
        """The sentence that says what is the matter."""
        return why(self.rule, self.facts, {"program": self.program})

    @property
    def files(self) -> list[Application]:
        """The files it is about."""
        return [file for file in (self.first, self.second) if file]


@dataclass(frozen=True)
class Group:
    """The findings of one rule; `total` counts those beyond the first ones too."""

    rule: str
    is_grave: bool
    findings: list[Finding]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.findings)


def _asked(
    cycle: Cycle, user: User, *, only: Collection[int] | None, most: int, grave: bool
) -> list[tuple[Any, ...]]:
    """The rows of the statement: rule, program, first, second, facts, fingerprint, total. Two queries."""
    rules = tuple(rule for rule in RULES if rule.is_grave or not grave)
    values: dict[str, Any] = {
        "cycle": cycle.pk,
        "hidden": sorted(ids_kept_from(user)),
        "only": None if only is None else sorted(only),
        "grave": list(GRAVE),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement(rules), values)
        return list(cursor.fetchall())


def findings(
    cycle: Cycle,
    user: User,
    *,
    only: Collection[int] | None = None,
    most: int = MOST,
    grave: bool = False,
) -> list[Finding]:
    """What is open in a cycle, the nearest first, so many a rule; without the files kept from this person.

    `only`: about these files. `grave`: what stops an approval. The number of queries does not grow.
    """
    rows = _asked(cycle, user, only=only, most=most, grave=grave)
    ids = {pk for _rule, _program, *pair, _facts, _print, _total in rows for pk in pair if pk}
    files = Application.objects.filter(pk__in=ids).select_related("standing")
    named = {row.pk: row for row in files.only("number", "first_names", "last_names", "standing")}
    programs = {row.pk: row for row in Program.objects.all()}
    return [
        Finding(
            *(rule, programs.get(program), named.get(first), named.get(second)),
            *(json.loads(facts), fingerprint, total),
        )
        for rule, program, first, second, facts, fingerprint, total in rows
    ]


def grouped(rows: Iterable[Finding]) -> list[Group]:
    """By rule, in the order of the rules: the grave ones first."""
    told: dict[str, list[Finding]] = {}
    for row in rows:
        told.setdefault(row.rule, []).append(row)
    return [
        Group(rule.key, rule.is_grave, told[rule.key], told[rule.key][0].total)
        for rule in RULES
        if rule.key in told
    ]


def how_many(cycle: Cycle, user: User) -> int:
    """How many findings are open, of those that this person may see; two queries."""
    rows = _asked(cycle, user, only=None, most=1, grave=False)
    return sum({rule: total for rule, *_rest, total in rows}.values())


def files_found(cycle: Cycle, user: User) -> dict[int, list[str]]:
    """The rules that found something about a file, by file; two queries."""
    found: dict[int, list[str]] = {}
    for rule, _program, first, second, *_rest in _asked(
        cycle, user, only=None, most=ALL, grave=False
    ):
        for pk in (first, second):
            if pk:
                found.setdefault(pk, []).append(rule)
    return found


def refuse_grave(cycle: Cycle, files: Collection[int], *, by: User) -> None:
    """Raise Refused, with the first few, while something grave about these answers is open."""
    rows = findings(cycle, by, only=files, most=FEW, grave=True)
    if not rows:
        return
    raise Refused(
        _(
            "Something grave about these answers is open: mend it, or say why it stands on the page"
            " “To look at before approving”."
        ),
        [_line(row) for row in rows[:FEW]],
    )


def _line(row: Finding) -> str:
    """`A27-7F3K2M: Read by 1 of 2 readers.`"""
    named = ", ".join(file.number for file in row.files) or str(row.program or "")
    return _("%(files)s: %(why)s") % {"files": named, "why": row.why}


@transaction.atomic
def keep(cycle: Cycle, fingerprints: Sequence[str], reason: str, *, by: User) -> int:
    """Say that these findings were looked at again and stand; returns how many. Raises Refused.

    A finding whose facts changed meanwhile is another one: nothing is kept then.
    """
    if not reason.strip():
        raise Refused(_("Say why it stands."))
    wanted = set(fingerprints)
    if not wanted:
        raise Refused(_("Tick first what stands."))
    rows = [row for row in findings(cycle, by, most=ALL) if row.fingerprint in wanted]
    if {row.fingerprint for row in rows} != wanted:
        raise Refused(_("What you looked at has changed: look at it once more."))
    if not all(keeps(by, grave=row.is_grave) for row in rows):
        raise Refused(_("A director says why something grave stands."), forbidden=True)
    Kept.objects.bulk_create(
        (
            Kept(
                cycle=cycle,
                rule=row.rule,
                fingerprint=row.fingerprint,
                first=row.first,
                second=row.second,
                reason=reason.strip(),
                by=by,
                is_directed=directs(by),
            )
            for row in rows
        ),
        ignore_conflicts=True,  # two people at the same moment: the first one's words stay
    )
    record("keep_findings", cycle, by=by, why=reason.strip(), findings=len(rows))
    return len(rows)
