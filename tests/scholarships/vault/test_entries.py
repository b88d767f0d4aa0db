"""What is said in the vault: kept sealed, shown to its person, disclosed with a reason, corrected, erased at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.models import Role, User
from audit.moves import Refused
from scholarships.vault import entries
from scholarships.vault.entries import About
from scholarships.vault.keys import Locked, marks, seal, unseal
from scholarships.vault.rotating import rotate

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SAID = {"words": "femme, non binaire — ma façon de le dire"}
WHY = "Vérifier l’admissibilité à la bourse, à sa demande."


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def about(amina: User) -> About:
    return About("women_in_ai", "scholarships.request:1", amina.pk)


@pytest.fixture
def fatou(person: Any) -> User:
    return person("fatou", Role.EDI_OFFICER)


def rows(question: str) -> list[Any]:
    with connections["vault"].cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def everything() -> str:
    """Each row of the vault as text: what a dump would hold."""
    return str(
        [rows(f"SELECT t::text FROM {table} t") for table in ("link", "entry", "disclosure")]
    )


def test_a_person_reads_what_they_said(about: About, amina: User) -> None:
    assert entries.own(about, by=amina) is None
    entries.declare(about, SAID, by=amina)
    assert entries.own(about, by=amina) == SAID
    assert entries.stands(about)


def test_nothing_is_readable_in_the_rows(about: About, amina: User) -> None:
    entries.declare(about, SAID, by=amina)
    held = everything()
    assert "binaire" not in held
    assert "scholarships.request" not in held
    assert str(amina.pk) not in [str(row[0]) for row in rows("SELECT kind FROM entry")]


def test_said_again_it_is_corrected(about: About, amina: User) -> None:
    entries.declare(about, SAID, by=amina)
    entries.declare(about, {"words": "femme"}, by=amina)
    entries.correct(about, {"words": "autre"}, by=amina)
    assert entries.own(about, by=amina) == {"words": "autre"}
    assert len(rows("SELECT 1 FROM entry")) == len(rows("SELECT 1 FROM link")) == 1


def test_nothing_is_not_corrected(about: About, amina: User) -> None:
    with pytest.raises(Refused):
        entries.correct(about, SAID, by=amina)


def test_erased_it_is_gone_at_once(about: About, amina: User, fatou: User) -> None:
    entries.declare(about, SAID, by=amina)
    assert entries.erase(about, by=amina)
    assert not entries.erase(about, by=amina)
    assert not entries.stands(about)
    assert rows("SELECT 1 FROM entry UNION ALL SELECT 1 FROM link") == []
    entries.declare(about, SAID, by=amina)
    assert entries.erase(about, by=fatou)


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_else_comes_near(about: About, amina: User, person: Any, role: Role | None) -> None:
    entries.declare(about, SAID, by=amina)
    other = person("other", *([role] if role else []))
    for verb in (
        lambda: entries.own(about, by=other),
        lambda: entries.declare(about, {}, by=other),
        lambda: entries.correct(about, {}, by=other),
        lambda: entries.disclosures(amina, by=other),
        lambda: entries.disclose(about, purpose=WHY, by=other, signed_in_at=timezone.now()),
        lambda: entries.erase(about, by=other),
    ):
        if role == Role.EDI_OFFICER and verb.__code__.co_names[1] in {
            "disclosures",
            "disclose",
            "erase",
        }:
            continue
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.forbidden
    assert entries.own(about, by=amina) == SAID


def test_a_person_who_was_barred_reads_nothing(about: About, amina: User) -> None:
    entries.declare(about, SAID, by=amina)
    amina.is_active = False
    with pytest.raises(Refused):
        entries.own(about, by=amina)


def test_a_disclosure_has_a_reason_and_is_told(about: About, amina: User, fatou: User) -> None:
    entries.declare(about, SAID, by=amina)
    now = timezone.now()
    assert entries.disclose(about, purpose=WHY, by=fatou, signed_in_at=now) == SAID
    (told,) = entries.disclosures(amina, by=amina)
    assert (told.kind, told.purpose, told.by) == ("women_in_ai", WHY, fatou.pk)
    assert WHY not in everything()
    entries.erase(about, by=amina)
    assert entries.disclosures(amina, by=fatou) == [told]
    assert entries.disclose(about, purpose=WHY, by=fatou, signed_in_at=now) is None


def test_a_disclosure_asks_who_one_is(about: About, amina: User, fatou: User) -> None:
    entries.declare(about, SAID, by=amina)
    for purpose, minutes in ((WHY, 6), ("Pour voir.", 0), ("x" * 501, 0)):
        at = timezone.now() - timedelta(minutes=minutes)
        with pytest.raises(Refused):
            entries.disclose(about, purpose=purpose, by=fatou, signed_in_at=at)
    assert entries.disclosures(amina, by=amina) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE disclosure SET mark = mark", "DELETE FROM disclosure", "TRUNCATE disclosure"],
)
def test_a_disclosure_is_kept(statement: str) -> None:
    with pytest.raises(DatabaseError, match="neither changed nor deleted"):
        rows(statement)


def test_what_is_sealed_opens_in_its_place_only() -> None:
    sealed = seal(SAID, "entry:a:1")
    assert unseal(sealed, "entry:a:1") == SAID
    with pytest.raises(Locked):
        unseal(sealed, "entry:a:2")


def test_a_key_is_replaced(about: About, amina: User, settings: Any) -> None:
    entries.declare(about, SAID, by=amina)
    old = settings.VAULT_KEYS
    settings.VAULT_KEYS = ["a newer key", *old]
    assert entries.own(about, by=amina) == SAID
    assert rotate() == 2
    assert rotate() == 0
    settings.VAULT_KEYS = ["a newer key"]
    assert entries.own(about, by=amina) == SAID
    settings.VAULT_KEYS = old
    assert entries.own(about, by=amina) is None
    assert not set(marks("x", "a")) & set(marks("x", "b"))


def test_many_are_looked_up_at_once(
    about: About, amina: User, person: Any, django_assert_num_queries: Any
) -> None:
    empty = About("women_in_ai", "scholarships.request:2", amina.pk)
    other = About("budget", "scholarships.request:1", amina.pk)
    entries.declare(about, SAID, by=amina)
    entries.declare(other, {"rent": 900}, by=amina)
    with django_assert_num_queries(1, using="vault"):
        assert entries.standing([about, empty, other]) == {about, other}
    with django_assert_num_queries(1, using="vault"):
        found = entries.all_own([about, empty, other], by=amina)
    assert found == {about: SAID, other: {"rent": 900}}
    with pytest.raises(Refused):
        entries.all_own([about], by=person("other"))


def test_a_whole_queue_is_asked_in_one_query(
    amina: User, bruno: User, django_assert_num_queries: Any
) -> None:
    abouts = [About("women_in_ai", f"t:{user.pk}", user.pk) for user in (amina, bruno)]
    entries.declare(abouts[1], {"said": "x"}, by=bruno)
    with django_assert_num_queries(1, using="vault"):
        assert entries.standing(abouts) == {abouts[1]}
    with django_assert_num_queries(0, using="vault"):
        assert entries.standing([]) == set()
