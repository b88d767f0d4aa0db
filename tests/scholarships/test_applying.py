"""Applying: once a round, by those whom it is for, in its window; what counts is what was sent."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from scholarships import abouts, applying, confidences, consents
from scholarships.models import Award, Candidacy, Category, Standing
from scholarships.vault import entries
from tests.followup.factories import World
from tests.scholarships.factories import STATEMENT, a_draft, a_round, closed, sent

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SECOND = Category.EDI_RESEARCH
AGREED = ["panel", "cv", "transcripts"]


def now() -> Any:
    return timezone.now()


def letters(name: str) -> int:
    return OutgoingEmail.objects.filter(letter=name).count()


def test_it_is_begun_once_with_a_number_that_tells_nothing(
    world: World, file: Application, amina: User
) -> None:
    row = a_round(world.cycle, SECOND)
    mine = applying.begin(row, file, by=amina, at=now())
    assert applying.begin(row, file, by=amina, at=now()) == mine
    assert mine.number.startswith(f"S{row.pk}-")
    assert len(mine.number.partition("-")[2]) == 6
    assert file.number not in mine.number
    assert AuditEntry.objects.about(mine).get().verb == "begin"


def test_two_tabs_begin_one(
    world: World, file: Application, amina: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_round(world.cycle, SECOND)
    first = applying.begin(row, file, by=amina, at=now())
    found = type(Candidacy.objects.all()).first
    looks = iter([None])
    monkeypatch.setattr(
        type(Candidacy.objects.all()), "first", lambda rows: next(looks, found(rows))
    )
    assert applying.begin(row, file, by=amina, at=now()) == first


def test_it_is_begun_by_its_person_in_the_window(
    world: World, file: Application, amina: User, bruno: User
) -> None:
    row = a_round(world.cycle, SECOND)
    with pytest.raises(Refused) as refused:
        applying.begin(row, file, by=bruno, at=now())
    assert refused.value.forbidden
    for moment in (row.opens_at - timedelta(seconds=1), row.closes_at + timedelta(seconds=1)):
        with pytest.raises(Refused):
            applying.begin(row, file, by=amina, at=moment)
    row.is_published = False
    row.save()
    with pytest.raises(Refused):
        applying.begin(row, file, by=amina, at=now())
    assert not Candidacy.objects.exists()


def test_who_it_is_not_for_does_not_begin(world: World, file: Application, amina: User) -> None:
    row = a_round(world.cycle, SECOND, audience="accepted")
    with pytest.raises(Refused, match="retenues"):
        applying.begin(row, file, by=amina, at=now())


def test_the_statement_is_saved_and_not_sent(world: World, file: Application, amina: User) -> None:
    row = a_round(world.cycle, SECOND)
    mine = a_draft(row, file)
    assert (mine.statement, mine.status, mine.sent) == (STATEMENT, Standing.DRAFT, None)
    assert not applying.is_changed(mine)


def test_two_pages_do_not_overwrite_each_other(
    world: World, file: Application, amina: User
) -> None:
    mine = applying.begin(a_round(world.cycle, SECOND), file, by=amina, at=now())
    seen = applying.mark_of(mine)
    save = {"by": amina, "at": now()}
    applying.save(mine, {"statement": "Un"}, seen=seen, page="a", **save)
    applying.save(mine, {"statement": "Deux"}, seen=seen, page="a", **save)
    with pytest.raises(applying.ChangedElsewhere):
        applying.save(mine, {"statement": "Trois"}, seen=seen, page="b", **save)
    with pytest.raises(applying.ChangedElsewhere):
        applying.save(mine, {"statement": "Trois"}, seen=seen, page="", **save)
    mine.refresh_from_db()
    assert mine.statement == "Deux"


def test_a_late_save_changes_nothing(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    late = mine.round.closes_at + timedelta(seconds=1)
    with pytest.raises(Refused):
        applying.save(
            mine, {"statement": ""}, seen=applying.mark_of(mine), page="", by=amina, at=late
        )
    mine.refresh_from_db()
    assert mine.statement == STATEMENT


def test_what_lacks_is_said_and_blocks(world: World, file: Application, amina: User) -> None:
    row = a_round(
        world.cycle,
        Category.WOMEN_IN_AI,
        stacking="top_up",
        top_up_above=Decimal(1000),
        top_up_amount=Decimal(500),
        statement_words=50,
    )
    mine = applying.begin(row, file, by=amina, at=now())
    assert len(applying.missing(mine)) == 3
    with pytest.raises(Refused) as refused:
        applying.send(mine, agreed=AGREED, by=amina, at=now())
    assert len(refused.value.reasons) == 3
    mine.statement = "mot " * 51
    assert "51 mots" in applying.missing(mine)[0]
    mine.statement = "m" * 1001
    assert "1001" in applying.missing(mine)[0]
    assert not letters("scholarship_received")


def test_sent_it_counts_and_a_letter_says_so_once(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, SECOND, stacking="allowed"), file)
    assert mine.status == Standing.SUBMITTED
    assert mine.sent == {
        "statement": STATEMENT,
        "other_awards": None,
        "submission": file.submissions.get().pk,
    }
    assert set(consents.standing(mine)) == set(AGREED)
    applying.send(mine, agreed=AGREED, by=amina, at=now())
    assert letters("scholarship_received") == 1


def test_a_change_counts_once_it_is_sent_again(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    typed = {"statement": "Mieux.", "other_awards": Decimal("12.5")}
    mine = applying.save(mine, typed, seen=applying.mark_of(mine), page="", by=amina, at=now())
    assert applying.is_changed(mine)
    assert mine.sent is not None
    assert mine.sent["statement"] == STATEMENT
    mine = applying.send(mine, agreed=[], by=amina, at=now())
    assert mine.sent is not None
    assert (mine.sent["statement"], mine.sent["other_awards"]) == ("Mieux.", "12.50")
    assert not applying.is_changed(mine)
    assert letters("scholarship_received") == 2


def test_each_sentence_is_agreed_to(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    with pytest.raises(Refused) as refused:
        applying.send(mine, agreed=["panel", "cv"], by=amina, at=now())
    assert len(refused.value.reasons) == 1
    mine.refresh_from_db()
    assert (mine.status, mine.consents) == (Standing.DRAFT, [])


def test_late_is_not_sent(world: World, file: Application, amina: User) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    late = mine.round.closes_at + timedelta(seconds=1)
    with pytest.raises(Refused):
        applying.send(mine, agreed=AGREED, by=amina, at=late)
    applying.send(mine, agreed=AGREED, by=amina, at=mine.round.closes_at)


def test_nobody_else_writes_sends_or_withdraws(
    world: World, file: Application, bruno: User
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    by = {"by": bruno, "at": now()}
    acts = [
        lambda: applying.save(mine, {}, seen="", page="", **by),
        lambda: applying.send(mine, agreed=AGREED, **by),
        lambda: applying.withdraw(mine, **by),
        lambda: applying.restore(mine, **by),
        lambda: applying.take_consent_back(mine, "panel", **by),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.forbidden
    assert not applying.owns(None, mine)


def test_withdrawn_what_was_confided_is_gone_and_the_rest_comes_back_as_a_draft(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, Category.WOMEN_IN_AI), file)
    about = abouts.declaration(mine)
    mine = applying.withdraw(mine, by=amina, at=now())
    assert mine.status == Standing.WITHDRAWN
    assert not entries.stands(about)
    assert "declaration" not in consents.standing(mine)
    assert letters("scholarship_withdrawn") == 1
    with pytest.raises(Refused):
        applying.writable(mine, by=amina, at=now())
    mine = applying.restore(mine, by=amina, at=now())
    assert mine.status == Standing.DRAFT
    assert mine.statement == STATEMENT
    assert letters("scholarship_restored") == 1


def test_with_nothing_confided_a_withdrawal_undone_counts_as_sent(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    mine = applying.restore(applying.withdraw(mine, by=amina, at=now()), by=amina, at=now())
    assert mine.status == Standing.SUBMITTED
    with pytest.raises(Refused):
        applying.restore(mine, by=amina, at=now())


def test_after_the_close_it_can_be_withdrawn_and_not_undone(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    closed(mine.round)
    mine = applying.withdraw(mine, by=amina, at=now())
    assert mine.status == Standing.WITHDRAWN
    with pytest.raises(Refused):
        applying.restore(mine, by=amina, at=now())


def test_an_award_is_declined_not_withdrawn(world: World, file: Application, amina: User) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    Award.objects.create(candidacy=mine, amount=1, months=1, reply_by=now())
    with pytest.raises(Refused):
        applying.withdraw(mine, by=amina, at=now())


def test_a_consent_taken_back_takes_the_application_with_it(
    world: World, file: Application, amina: User
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    mine = applying.take_consent_back(mine, "cv", by=amina, at=now())
    assert mine.status == Standing.WITHDRAWN
    assert set(consents.standing(mine)) == {"panel", "transcripts"}
    kept = next(one for one in mine.consents if one["code"] == "cv")
    assert kept["text"]
    assert kept["version"] == mine.round.notice_version
    with pytest.raises(Refused):
        applying.take_consent_back(mine, "cv", by=amina, at=now())
    mine = applying.take_consent_back(mine, "panel", by=amina, at=now())
    assert mine.status == Standing.WITHDRAWN
    mine = applying.restore(mine, by=amina, at=now())
    assert mine.status == Standing.DRAFT
    mine = applying.send(mine, agreed=AGREED, by=amina, at=now())
    assert [one["code"] for one in mine.consents].count("cv") == 2


def test_a_withdrawn_application_for_admission_sends_nothing(
    world: World, file: Application, amina: User
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    Application.objects.filter(pk=file.pk).update(status="withdrawn")
    with pytest.raises(Refused):
        applying.send(mine, agreed=AGREED, by=amina, at=now())
    assert not confidences.lacks(mine)


def test_the_database_holds_one_a_round(world: World, file: Application) -> None:
    row = a_round(world.cycle, SECOND)
    Candidacy.objects.create(round=row, application=file, number="S1-A")
    with pytest.raises(IntegrityError):
        Candidacy.objects.create(round=row, application=file, number="S1-B")


def test_a_question_about_it_goes_to_whoever_is_in_charge_of_privacy(
    world: World, file: Application, settings: Any
) -> None:
    settings.PRIVACY_EMAIL = "vie-privee@example.com"
    world.cycle.reply_to = "admissions@example.com"
    world.cycle.save()
    file.refresh_from_db()
    sent(a_round(world.cycle, Category.EDI_RESEARCH), file)
    letter = OutgoingEmail.objects.get(letter="scholarship_received")
    assert letter.reply_to == "vie-privee@example.com"
    assert "vie-privee@example.com" in letter.text
