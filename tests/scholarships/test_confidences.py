"""What is confided: in the vault and nowhere else, agreed to, taken back at any time, proved by a clean copy alone."""

import json
import logging
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from audit.sight import subjects_kept_from
from notifications.models import OutgoingEmail
from papers import clamav
from scholarships import abouts, budgets, confidences, consents, declaring, proofs
from scholarships.models import Candidacy, Category, Result
from scholarships.vault import entries
from tests import factories
from tests.followup.factories import World, decided
from tests.scholarships.factories import MONEY, SAID, a_draft, a_result, a_round, closed, sent

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FIRST, SECOND, THIRD = Category.WOMEN_IN_AI, Category.EDI_RESEARCH, Category.SOCIOECONOMIC


def now() -> Any:
    return timezone.now()


def dumped() -> str:
    """Every row of every table that the ordinary role may read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def shortlisted(world: World, file: Application) -> Candidacy:
    mine = sent(a_round(world.cycle, THIRD), file)
    mine.shortlisted_at = now()
    mine.save(update_fields=["shortlisted_at"])
    return mine


def test_a_declaration_is_in_the_vault_and_nowhere_else(
    world: World, file: Application, amina: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mine = sent(a_round(world.cycle, FIRST), file)
    assert confidences.own(mine, by=amina) == SAID
    assert "zqxdeclared" not in dumped() + caplog.text
    assert "non_binary" not in dumped()
    assert mine.statement in dumped(), "else the look finds nothing"
    given = consents.standing(mine)["declaration"]
    assert given["version"] == "1"
    assert "scellée" in given["text"]
    assert "zqxdeclared" not in serializers.serialize("json", [mine])


def test_a_budget_is_in_the_vault_and_nowhere_else(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, THIRD), file)
    said = confidences.own(mine, by=amina)
    assert said is not None
    assert said["expenses"] == {"housing": "11000.50"}
    dump = dumped()
    assert "zqxcircumstances" not in dump
    assert "11000.50" not in dump
    read = budgets.read(said)
    assert (read.total_income, read.total_expenses) == (Decimal("9000.00"), Decimal("11000.50"))
    assert read.balance == Decimal("-2000.50")
    assert read.circumstances == "zqxcircumstances"


def test_a_declaration_says_something_known(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, FIRST), file)
    by: Any = {"by": amina, "at": now()}
    for chosen, words in (([], "  "), (["martian"], ""), ([], "x" * 301)):
        with pytest.raises(Refused):
            declaring.declare(mine, chosen=chosen, words=words, **by)
    declaring.declare(mine, chosen=[], words=" à ma façon ", **by)
    assert confidences.own(mine, by=amina) == {"chosen": [], "words": "à ma façon"}


def test_a_budget_says_something_likely(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, THIRD), file)
    one = Decimal(1)
    wrong: list[dict[str, Any]] = [
        {"expenses": {}},
        {"expenses": {"lottery": one}},
        {"income": {"lottery": one}},
        {"expenses": {"food": -one}},
        {"expenses": {"food": Decimal(1_000_000)}},
        {"circumstances": "mot " * 501},
    ]
    for change in wrong:
        with pytest.raises(Refused):
            budgets.keep(mine, **{**MONEY, **change}, by=amina, at=now())
    said = confidences.own(mine, by=amina)
    assert said is not None
    assert said["income"] == {"work": "9000.00"}


def test_it_is_its_persons_alone_and_in_the_window(
    world: World, file: Application, amina: User, bruno: User
) -> None:
    mine = a_draft(a_round(world.cycle, FIRST), file)
    for act in (
        lambda: confidences.own(mine, by=bruno),
        lambda: confidences.keep(mine, SAID, by=bruno, at=now()),
        lambda: confidences.take_back(mine, by=bruno, at=now()),
        lambda: declaring.declare(mine, **SAID, by=bruno, at=now()),  # type: ignore[arg-type]
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.forbidden
    late = mine.round.closes_at + timedelta(seconds=1)
    with pytest.raises(Refused):
        declaring.declare(mine, chosen=[], words="Tard", by=amina, at=late)
    assert confidences.own(mine, by=amina) == SAID


def test_category_2_asks_nothing(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    assert confidences.own(mine, by=amina) is None
    assert confidences.agreed(mine)
    assert not confidences.lacks(mine)
    for act in (
        lambda: confidences.keep(mine, SAID, by=amina, at=now()),
        lambda: confidences.take_back(mine, by=amina, at=now()),
    ):
        with pytest.raises(Refused):
            act()


def test_what_fails_in_the_vault_was_not_agreed_to(
    world: World, file: Application, amina: User, settings: Any
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    Candidacy.objects.filter(pk=mine.pk).update(round=a_round(world.cycle, FIRST))
    settings.VAULT_KEYS = []
    with pytest.raises(Exception, match="VAULT_KEYS"):
        confidences.keep(mine, SAID, by=amina, at=now())
    mine.refresh_from_db()
    assert mine.consents == []


def test_taken_back_after_the_close_it_is_not_eligible_and_a_letter_says_so(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, FIRST), file)
    closed(mine.round)
    assert confidences.take_back(mine, by=amina, at=now())
    mine.refresh_from_db()
    assert not entries.stands(abouts.declaration(mine))
    assert confidences.lacks(mine)
    assert not confidences.agreed(mine)
    (letter,) = OutgoingEmail.objects.filter(letter="scholarship_erased")
    words = (letter.subject + letter.text).lower()
    assert not any(word in words for word in ("femme", "déclaration", "zqx", "women"))
    assert letter.about == f"scholarships.candidacy:{mine.pk}"
    assert not confidences.take_back(mine, by=amina, at=now())
    assert OutgoingEmail.objects.filter(letter="scholarship_erased").count() == 1


def test_with_a_budget_go_its_proof_and_what_was_judged_from_it(
    world: World, file: Application, amina: User, fatou: User
) -> None:
    mine = shortlisted(world, file)
    mine.need, mine.need_by = 4, fatou
    mine.save()
    proofs.keep(mine, factories.upload_of(), by=amina)
    assert confidences.take_back(mine, by=amina, at=now())
    mine.refresh_from_db()
    assert mine.need is None
    assert mine.need_by_id is None
    assert proofs.own(mine, by=amina) is None
    with pytest.raises(Refused):
        proofs.keep(mine, factories.upload_of(), by=amina)


def test_a_proof_is_a_clean_copy_in_the_vault(
    world: World, file: Application, amina: User, bruno: User
) -> None:
    mine = shortlisted(world, file)
    original = factories.pdf(2, text="zqxproof")
    proofs.keep(mine, factories.upload_of(original, name="avis.pdf"), by=amina)
    proof = proofs.own(mine, by=amina)
    assert proof is not None
    assert (proof.label, proof.pages) == ("avis.pdf", 2)
    assert proof.content.startswith(b"%PDF-")
    assert b"zqxproof" not in proof.content
    assert "avis.pdf" not in dumped()
    with pytest.raises(Refused):
        proofs.own(mine, by=bruno)
    proofs.keep(mine, factories.upload_of(name="autre.pdf"), by=amina)
    again = proofs.own(mine, by=amina)
    assert again is not None
    assert again.label == "autre.pdf"
    with pytest.raises(Refused):
        proofs.erase(mine, by=bruno)
    assert proofs.erase(mine, by=amina)
    assert not proofs.erase(mine, by=amina)


def test_a_hostile_file_is_refused(world: World, file: Application, amina: User) -> None:
    mine = shortlisted(world, file)
    for content in (
        b"",
        b"\xff\xd8\xff picture",
        b"%PDF-1.7 nothing",
        b"%PDF-" + b"0" * (5 * 1024 * 1024 + 1),
    ):
        with pytest.raises(Refused):
            proofs.keep(mine, factories.upload_of(content), by=amina)
    assert proofs.own(mine, by=amina) is None


def test_the_scanner_is_asked_where_there_is_one(
    world: World, file: Application, amina: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = shortlisted(world, file)
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    with pytest.raises(Refused):
        proofs.keep(mine, factories.upload_of(), by=amina)
    said = iter(["Eicar", ""])
    monkeypatch.setattr(clamav, "virus_in", lambda pieces, url: next(said))
    with pytest.raises(Refused):
        proofs.keep(mine, factories.upload_of(), by=amina)
    proofs.keep(mine, factories.upload_of(), by=amina)


def test_a_proof_is_asked_of_the_shortlisted_until_the_result(
    world: World, file: Application, amina: User, claire: User, dominique: User
) -> None:
    mine = sent(a_round(world.cycle, THIRD), file)
    assert not proofs.is_asked(mine)
    with pytest.raises(Refused):
        proofs.keep(mine, factories.upload_of(), by=amina)
    mine.shortlisted_at = now()
    mine.save()
    a_result(mine, by=claire, approved_by=dominique, shown=False)
    assert proofs.is_asked(mine), "nothing depends on a result that is not shown"
    Result.objects.filter(candidacy=mine).delete()
    a_result(mine, by=claire, approved_by=dominique)
    assert not proofs.is_asked(mine)


def test_the_trail_says_that_and_not_what(world: World, file: Application, amina: User) -> None:
    mine = sent(a_round(world.cycle, FIRST), file)
    lines = list(AuditEntry.objects.about(mine).values("verb", "why", "old", "new", "details"))
    assert [line["verb"] for line in lines] == ["begin", "confide", "submit"]
    assert "zqx" not in json.dumps(lines)


def test_staff_learn_of_it_once_admission_is_decided(
    world: World, file: Application, amina: User, person: Any
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    subject = f"scholarships.candidacy:{mine.pk}"
    adam = person("adam", Role.ADMINISTRATOR)
    for one in (world.claire, world.dominique, adam):
        assert subject in subjects_kept_from(one)
    decided(file, "accept", **world.staff)
    assert subject not in subjects_kept_from(world.claire)
