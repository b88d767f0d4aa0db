"""Replacing the vault's key with every kind of entry in it, and a crash on the way."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from accounts.models import Role, User
from scholarships import abouts
from scholarships.vault import entries, rotating
from scholarships.vault.entries import About
from scholarships.vault.keys import Locked, is_newest, seal
from scholarships.vault.rotating import rotate

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
KINDS = (abouts.IDENTIFICATION, abouts.DECLARATION, abouts.BUDGET, abouts.PROOF)
PEOPLE = 3
Said = dict[About, dict[str, Any]]


@pytest.fixture
def said(person: Callable[..., User], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Of three people one entry of each kind, in batches of five; the first of each kind was once opened."""
    monkeypatch.setattr(rotating, "BATCH", 5)
    fatou = person("fatou", Role.EDI_OFFICER)
    kept: Said = {}
    for number in range(PEOPLE):
        who = person(f"person{number}")
        for kind in KINDS:
            about = About(kind, f"x:{number}", who.pk)
            kept[about] = {"words": f"{kind} de {number}", "content": "é" * 40_000}
            entries.declare(about, kept[about], by=who)
            if number == 0:
                entries.disclose(
                    about, purpose="To judge it again.", by=fatou, signed_in_at=timezone.now()
                )
    return kept


def people() -> dict[int, User]:
    return {one.pk: one for one in User.objects.all()}


def read(said: Said) -> Said:
    """What each person reads of theirs now."""
    known = people()
    found = {about: entries.own(about, by=known[about.person]) for about in said}
    return {about: words for about, words in found.items() if words is not None}


def new_ones() -> list[bool]:
    """Of each row that is sealed, whether the newest key sealed it."""
    with connections["vault"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM entry UNION ALL SELECT sealed FROM link")
        return [is_newest(sealed) for (sealed,) in cursor.fetchall()]


def test_every_kind_moves_to_the_new_key(said: Said, settings: Any) -> None:
    old = settings.VAULT_KEYS
    settings.VAULT_KEYS = ["a newer key", *old]
    out = StringIO()
    call_command("rotate_vault", stdout=out)
    assert out.getvalue() == f"{2 * len(said)} rows sealed anew.\n"
    assert all(new_ones())
    settings.VAULT_KEYS = ["a newer key"]
    assert read(said) == said
    # A disclosure is evidence: it stays under the key of its day, which is kept with it.
    amina = people()[next(iter(said)).person]
    assert entries.disclosures(amina, by=amina) == []
    settings.VAULT_KEYS = ["a newer key", *old]
    assert {one.kind for one in entries.disclosures(amina, by=amina)} == set(KINDS)


@pytest.mark.parametrize("after", [0, 3, 5, 7, 12, 14, 19, 23])
def test_a_crash_on_the_way_loses_nothing(
    said: Said, settings: Any, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Whatever row it comes at: all can be read at once, what was done stays done, the next run does the rest."""
    settings.VAULT_KEYS = ["a newer key", *settings.VAULT_KEYS]
    real, done = rotating.seal, iter(range(after))

    def crashes(*args: Any) -> bytes:
        if next(done, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    with monkeypatch.context() as broken:
        broken.setattr(rotating, "seal", crashes)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    assert read(said) == said
    kept = sum(new_ones())
    assert kept <= after
    # People go on meanwhile: one corrects, one erases, one is new.
    known, (first, second, *rest) = people(), said
    entries.correct(first, {"words": "autre"}, by=known[first.person])
    entries.erase(second, by=known[second.person])
    rotate()
    assert all(new_ones())
    assert rotate() == 0
    settings.VAULT_KEYS = ["a newer key"]
    now = read(said)
    assert now[first] == {"words": "autre"}
    assert second not in now
    assert {about: now[about] for about in rest} == {about: said[about] for about in rest}


def test_a_key_that_is_missing_stops_it(said: Said, settings: Any) -> None:
    """It says so, and changes nothing: it does not skip what it cannot read."""
    settings.VAULT_KEYS = ["neither the one", "nor the other"]
    with pytest.raises(Locked):
        rotate()
    settings.VAULT_KEYS = ["only-for-the-vault-of-tests"]
    assert all(new_ones())
    assert read(said) == said


def test_without_a_key_nothing_is_kept(settings: Any) -> None:
    """It stops, in words, rather than keep an answer in clear."""
    settings.VAULT_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="VAULT_KEYS"):
        seal({"words": "x"}, "entry:a:1")


def test_without_a_connection_there_is_no_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(connections.settings, "vault")
    with pytest.raises(CommandError, match="VAULT_DATABASE_URL"):
        call_command("migrate_vault", verbosity=0)
