"""The five verbs of the vault, four of them here: declare, correct, erase, disclose. (`counting` has counts.)

Each takes whom the entry is about as a string that only the caller understands, and the person whose it is. What was said
is returned to that person, or to the privacy service, which states why, has just signed in again, and is written down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import protects
from audit.moves import Refused
from scholarships.vault.keys import marks, seal, unseal

FRESH = timedelta(minutes=5)
SHORTEST_PURPOSE, LONGEST_PURPOSE = 15, 500


@dataclass(frozen=True)
class About:
    """Whom an entry is about and what kind it is: the subject is the caller's own word for it."""

    kind: str
    subject: str
    person: int


@dataclass(frozen=True)
class Disclosure:
    """One time that an entry was shown to somebody else than its person."""

    kind: str
    shown_at: datetime
    purpose: str
    by: int


def own(about: About, *, by: User) -> dict[str, Any] | None:
    """What the person said, to the person; None when nothing is there. Raises Refused for anybody else."""
    _refuse_others(about, by)
    found = _found(about)
    return found[1] if found else None


def declare(about: About, said: Mapping[str, Any], *, by: User) -> None:
    """Keep what a person says for the first time; said again, it is corrected. Raises Refused."""
    _refuse_others(about, by)
    with transaction.atomic("vault"):
        _hold(about)
        if found := _found(about):
            _write(found[0], about.kind, said)
            return
        token = uuid4()
        link = seal({"subject": about.subject, "kind": about.kind}, f"link:{token}")
        _do("INSERT INTO link (mark, token, sealed) VALUES (%s, %s, %s)", _mark(about), token, link)
        sealed = seal(said, _place(token, about.kind))
        _do(
            "INSERT INTO entry (token, kind, sealed) VALUES (%s, %s, %s)", token, about.kind, sealed
        )


def correct(about: About, said: Mapping[str, Any], *, by: User) -> None:
    """Replace what is there; nothing of it is kept. Raises Refused, also where there is nothing to correct."""
    _refuse_others(about, by)
    with transaction.atomic("vault"):
        _hold(about)
        found = _found(about)
        if found is None:
            raise Refused(_("There is nothing to correct."))
        _write(found[0], about.kind, said)


def erase(about: About, *, by: User) -> bool:
    """Delete it, at once and wholly; whether there was something. By its person, or by the privacy service for them."""
    if not protects(by):
        _refuse_others(about, by)
    with transaction.atomic("vault"):
        _hold(about)
        rows = _rows("DELETE FROM link WHERE mark = ANY(%s) RETURNING token", _marks(about))
        for (token,) in rows:
            _do("DELETE FROM entry WHERE token = %s", token)
    return bool(rows)


def dispose(about: Iterable[tuple[str, str]]) -> int:
    """Delete what is said about these (kind, subject), because its time is over; how much there was.

    Who may ask for that, two people or the subject's own end, is decided where retention is.
    """
    wanted = [mark for kind, subject in about for mark in marks(subject, kind)]
    with transaction.atomic("vault"):
        rows = _rows("DELETE FROM link WHERE mark = ANY(%s) RETURNING token", wanted)
        _do("DELETE FROM entry WHERE token = ANY(%s)", [token for (token,) in rows])
    return len(rows)


def disclose(
    about: About, *, purpose: str, by: User, signed_in_at: datetime
) -> dict[str, Any] | None:
    """Show it to the privacy service, once that is written down; None when nothing is there. Raises Refused.

    `signed_in_at` is when this person last proved who they are.
    """
    if not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if timezone.now() - signed_in_at > FRESH:
        raise Refused(_("Confirm who you are once more: this is shown for a few minutes only."))
    if not SHORTEST_PURPOSE <= len(purpose.strip()) <= LONGEST_PURPOSE:
        raise Refused(_("Say what for, in a sentence: the person can read it."))
    with transaction.atomic("vault"):
        found = _found(about)
        if found is None:
            return None
        key = uuid4()
        told = {"kind": about.kind, "purpose": purpose.strip(), "by": by.pk}
        _do(
            "INSERT INTO disclosure (id, mark, sealed) VALUES (%s, %s, %s)",
            *(key, _person_mark(about.person), seal(told, f"disclosure:{key}")),
        )
    return found[1]


def disclosures(person: User, *, by: User) -> list[Disclosure]:
    """Every disclosure that ever happened of anything that a person said, oldest first: for them. Raises Refused."""
    if by.pk != person.pk and not protects(by):
        raise Refused(_("You may not do this."), forbidden=True)
    rows = _rows(
        "SELECT id, sealed, shown_at FROM disclosure WHERE mark = ANY(%s) ORDER BY shown_at, id",
        marks(str(person.pk), "person"),
    )
    return [
        Disclosure(shown_at=at, **unseal(sealed, f"disclosure:{key}")) for key, sealed, at in rows
    ]


def stands(about: About) -> bool:
    """Whether something is there, and not a word of it: what a panel may know of an express declaration."""
    return bool(_rows("SELECT 1 FROM link WHERE mark = ANY(%s)", _marks(about)))


def standing(abouts: Iterable[About]) -> set[About]:
    """Of which of these something is there: `stands` of many, in one look-up."""
    by_mark = {mark: about for about in abouts for mark in _marks(about)}
    rows = _rows("SELECT mark FROM link WHERE mark = ANY(%s)", list(by_mark)) if by_mark else []
    return {by_mark[mark] for (mark,) in rows}


def all_own(abouts: Iterable[About], *, by: User) -> dict[About, dict[str, Any]]:
    """What the person said in all of these, in one look-up; without those where nothing is. Raises Refused as `own`."""
    by_mark: dict[str, About] = {}
    for about in abouts:
        _refuse_others(about, by)
        by_mark |= dict.fromkeys(_marks(about), about)
    rows = _rows(
        "SELECT l.mark, e.token, e.sealed FROM entry e JOIN link l ON l.token = e.token"
        " WHERE l.mark = ANY(%s)",
        list(by_mark),
    )
    found = {by_mark[mark]: (token, sealed) for mark, token, sealed in rows}
    return {
        about: unseal(found[about][1], _place(found[about][0], about.kind))
        for about in by_mark.values()
        if about in found
    }


def said_of(kind: str, subjects: list[str]) -> Iterator[dict[str, Any]]:
    """What was said of these subjects, without a word of whom, in no order that tells: for `counting` alone."""
    wanted = [mark for subject in subjects for mark in marks(subject, kind)]
    rows = _rows(
        "SELECT e.token, e.sealed FROM entry e JOIN link l ON l.token = e.token"
        " WHERE l.mark = ANY(%s) AND e.kind = %s ORDER BY e.token",
        wanted,
        kind,
    )
    for token, sealed in rows:
        yield unseal(sealed, _place(token, kind))


def _refuse_others(about: About, by: User) -> None:
    if not by.is_active or by.pk != about.person:
        raise Refused(_("You may not do this."), forbidden=True)


def _marks(about: About) -> list[str]:
    return marks(about.subject, about.kind)


def _mark(about: About) -> str:
    return _marks(about)[0]


def _person_mark(person: int) -> str:
    return marks(str(person), "person")[0]


def _place(token: UUID, kind: str) -> str:
    return f"entry:{kind}:{token}"


def _hold(about: About) -> None:
    """Two pages of one person write one after the other."""
    _rows("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", _marks(about)[-1])


def _found(about: About) -> tuple[UUID, dict[str, Any]] | None:
    rows = _rows(
        "SELECT e.token, e.sealed FROM entry e JOIN link l ON l.token = e.token WHERE l.mark = ANY(%s)",
        _marks(about),
    )
    return next(
        ((token, unseal(sealed, _place(token, about.kind))) for token, sealed in rows), None
    )


def _write(token: UUID, kind: str, said: Mapping[str, Any]) -> None:
    sealed = seal(said, _place(token, kind))
    _do("UPDATE entry SET sealed = %s, said_on = current_date WHERE token = %s", sealed, token)


def _do(statement: str, *values: Any) -> None:
    with connections["vault"].cursor() as cursor:
        cursor.execute(statement, values)


def _rows(question: str, *values: Any) -> list[Any]:
    with connections["vault"].cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
