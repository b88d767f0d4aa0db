"""The verbs of referees: who is invited, reminded, moved, removed; what a referee may still do."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from applications import lifecycle, referees
from applications.completeness import missing
from applications.models import Application, Referee
from applications.models.referee import digest
from applications.referees import REMIND_AFTER, STAFF_REMIND_AFTER, Door, door_of
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import end_of
from notifications.models import OutgoingEmail
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(referees=2))


@pytest.fixture
def elise_asked(draft: Application) -> Referee:
    return factories.referee(draft)


def letters(referee: Referee, name: str = "reference_request") -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.about(referee).filter(letter=name))


def send(referee: Referee, content: bytes | None = None, **fields: Any) -> Referee:
    fields = {"pages": 1, "at": timezone.now(), **fields}
    return referees.receive(referee, factories.upload_of(content, "lettre.pdf"), **fields)


# Inviting -----------------------------------------------------------------------------------------
def test_whoever_is_named_is_written_to_at_once(draft: Application, elise_asked: Referee) -> None:
    (letter,) = letters(elise_asked)
    assert (letter.address, letter.language, letter.secret) == (
        "elise@universite.example",
        "fr",
        True,
    )
    assert f"/reference/{elise_asked.token}/" in letter.text
    assert "Amina Benali" in letter.subject
    assert "Maîtrise" in letter.text
    assert elise_asked.token not in str(Referee.objects.values().get())
    assert AuditEntry.objects.about(elise_asked).get().verb == "invite_referee"


def test_the_letter_is_in_the_referees_language(draft: Application) -> None:
    (letter,) = letters(factories.referee(draft, language="en"))
    assert "asks you for a reference letter" in letter.subject
    assert "/en/reference/" in letter.text


def test_a_second_click_invites_once(draft: Application, elise_asked: Referee) -> None:
    assert factories.referee(draft) == elise_asked
    assert len(letters(elise_asked)) == 1


def test_a_draft_that_named_somebody_must_be_looked_at_again(draft: Application) -> None:
    before = Application.objects.get().revision
    factories.referee(draft)
    assert Application.objects.get().revision == before + 1


@pytest.mark.parametrize("email", ["AMINA@example.org", "Elise@Universite.example"])
def test_some_addresses_are_refused(draft: Application, elise_asked: Referee, email: str) -> None:
    Application.objects.get().applicant.__class__.objects.update(email="amina@example.org")
    with pytest.raises(Refused):
        factories.referee(Application.objects.get(), name="Somebody Else", email=email)
    assert Referee.objects.count() == 1


def test_the_database_refuses_the_same_address_twice(elise_asked: Referee) -> None:
    twin = Referee.objects.get()
    twin.pk, twin.token_sha256, twin.email = None, "other", "ELISE@universite.example"
    with pytest.raises(IntegrityError, match="applications_referee_once"), transaction.atomic():
        twin.save(force_insert=True)


def test_no_more_are_named_than_are_taken(draft: Application, elise_asked: Referee) -> None:
    second = factories.referee(draft, name="Bo", email="bo@x.example")
    with pytest.raises(Refused, match="autant"):
        factories.referee(draft, name="Cy", email="cy@x.example")
    referees.decline(second, reason="", at=timezone.now())
    assert factories.referee(draft, name="Cy", email="cy@x.example").position == 3


def test_two_may_be_named_even_where_none_is_asked(bruno: User) -> None:
    draft = factories.draft(bruno, factories.cycle())
    assert draft.referees_asked == 0
    assert referees.most_referees(draft) == 2


def test_the_most_that_one_program_asks_is_asked(draft: Application) -> None:
    assert draft.referees_asked == 2
    draft.choices.all().delete()
    assert Application.objects.get().referees_asked == 0


def test_nobody_is_written_to_by_somebody_without_a_name(bruno: User) -> None:
    empty = factories.draft(bruno, factories.cycle(), complete=False)
    with pytest.raises(Refused, match="noms"):
        factories.referee(empty)
    empty.first_names = "Bruno"
    empty.save()
    with pytest.raises(Refused, match="programme"):
        factories.referee(empty)


def test_one_file_writes_to_so_many_addresses_and_no_more(
    draft: Application, elise_asked: Referee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referees, "MOST_INVITATIONS", 2)
    moved = referees.change_address(
        elise_asked, email="new@x.example", by=draft.applicant, at=timezone.now()
    )
    with pytest.raises(Refused, match="beaucoup"):
        factories.referee(draft, name="Cy", email="cy@x.example")
    with pytest.raises(Refused, match="beaucoup"):
        referees.change_address(moved, email="x@x.example", by=draft.applicant, at=timezone.now())


def test_others_may_not(draft: Application, bruno: User, david: User) -> None:
    for stranger in (bruno, david):
        with pytest.raises(Refused) as refused:
            factories.referee(draft, by=stranger)
        assert refused.value.forbidden


# When ---------------------------------------------------------------------------------------------
def test_a_draft_names_nobody_after_the_close(draft: Application) -> None:
    after = draft.cycle.closes_at + timedelta(hours=1)
    with pytest.raises(Refused, match="terminée"):
        factories.referee(draft, at=after)


def test_after_submitting_one_may_name_another_until_letters_are_due(
    draft: Application, claire: User
) -> None:
    factories.referee(draft)
    factories.referee(draft, name="Bo", email="bo@x.example")
    factories.submit(draft)
    late = end_of(draft.cycle.documents_due_on)
    referees.decline(Referee.objects.earliest("pk"), reason="", at=late)
    revision = Application.objects.get().revision
    factories.referee(draft, name="Cy", email="cy@x.example", at=late)
    assert Application.objects.get().revision == revision
    referees.decline(Referee.objects.latest("pk"), reason="", at=late)
    too_late = late + timedelta(days=1)
    with pytest.raises(Refused):
        factories.referee(draft, name="Di", email="di@x.example", at=too_late)
    assert factories.referee(draft, name="Di", email="di@x.example", at=too_late, by=claire)


def test_a_late_pass_moves_the_letters_too(draft: Application, elise_asked: Referee) -> None:
    draft.late_until = end_of(draft.cycle.documents_due_on) + timedelta(days=3)
    draft.save()
    assert Referee.objects.get().due_at == draft.late_until


# Completeness ---------------------------------------------------------------------------------------
def test_as_many_as_asked_must_be_invited_and_no_letter_is_waited_for(draft: Application) -> None:
    def lacks() -> list[str]:
        return [item.text for item in missing(Application.objects.get())]

    assert lacks() == ["2 personnes répondantes à inviter"]
    first = factories.referee(draft)
    assert lacks() == ["1 personne répondante à inviter"]
    factories.referee(draft, name="Bo", email="bo@x.example")
    assert lacks() == []
    referees.decline(first, reason="", at=timezone.now())
    assert lacks() == ["1 personne répondante à inviter"]


def test_the_submission_lists_them(draft: Application, elise_asked: Referee) -> None:
    factories.referee(draft, name="Bo", email="bo@x.example")
    content = factories.submit(draft).content
    assert [line["name"] for line in content["referees"]] == ["Élise Fortin", "Bo"]


# Reminding ------------------------------------------------------------------------------------------
def test_the_applicant_reminds_at_most_every_72_hours(elise_asked: Referee, amina: User) -> None:
    at = elise_asked.invited_at + REMIND_AFTER
    with pytest.raises(Refused):
        referees.remind(elise_asked, by=amina, at=at - timedelta(seconds=1))
    referees.remind(elise_asked, by=amina, at=at)
    with pytest.raises(Refused):
        referees.remind(elise_asked, by=amina, at=at + timedelta(hours=71))
    (reminder,) = letters(elise_asked, "reference_reminder")
    assert elise_asked.token in reminder.text


def test_the_coordination_need_not_wait_so_long(elise_asked: Referee, claire: User) -> None:
    at = elise_asked.invited_at + STAFF_REMIND_AFTER
    referees.remind(elise_asked, by=claire, at=at)
    with pytest.raises(Refused):
        referees.remind(elise_asked, by=claire, at=at + timedelta(minutes=1))


def test_nobody_is_reminded_after_an_answer(elise_asked: Referee, claire: User) -> None:
    send(elise_asked)
    with pytest.raises(Refused):
        referees.remind(elise_asked, by=claire, at=timezone.now() + timedelta(days=4))


def test_a_new_secret_key_gives_the_reminder_a_link_that_opens(
    elise_asked: Referee, claire: User, settings: Any
) -> None:
    settings.SECRET_KEY = "another"
    at = timezone.now() + timedelta(days=1)
    row = referees.remind(Referee.objects.get(), by=claire, at=at)
    assert Referee.objects.holding(row.token).get() == elise_asked


# Another address ------------------------------------------------------------------------------------
def test_another_address_gets_a_link_of_its_own(elise_asked: Referee, amina: User) -> None:
    old = elise_asked.token
    row = referees.change_address(
        elise_asked, email="elise@ici.example", by=amina, at=timezone.now()
    )
    first, second = letters(row)
    assert [first.address, second.address] == ["elise@universite.example", "elise@ici.example"]
    assert not Referee.objects.holding(old).exists()
    assert row.token in second.text
    assert row.address_version == 2
    trail = AuditEntry.objects.about(row).last()
    assert trail.details == {"version": 2}


def test_the_same_address_changes_nothing(elise_asked: Referee, amina: User) -> None:
    row = referees.change_address(elise_asked, email=elise_asked.email, by=amina, at=timezone.now())
    assert len(letters(row)) == 1


def test_the_address_of_who_answered_stays(elise_asked: Referee, amina: User) -> None:
    referees.decline(elise_asked, reason="", at=timezone.now())
    with pytest.raises(Refused):
        referees.change_address(elise_asked, email="x@x.example", by=amina, at=timezone.now())


# Removing, and a due date of one's own ----------------------------------------------------------------
def test_who_is_removed_is_named_no_more(elise_asked: Referee, amina: User) -> None:
    referees.remove(elise_asked, by=amina, at=timezone.now())
    assert not Referee.objects.kept().exists()
    assert door_of(Referee.objects.get(), timezone.now()) == Door.GONE
    assert factories.referee(elise_asked.application).pk != elise_asked.pk


def test_a_letter_that_came_is_not_taken_out(elise_asked: Referee, amina: User) -> None:
    send(elise_asked)
    with pytest.raises(Refused):
        referees.remove(elise_asked, by=amina, at=timezone.now())


def test_a_due_date_of_ones_own_is_the_coordinations(
    elise_asked: Referee, amina: User, claire: User
) -> None:
    draft = elise_asked.application
    factories.referee(draft, name="Bo", email="bo@x.example")
    factories.submit(draft)
    at = end_of(draft.cycle.documents_due_on) + timedelta(hours=2)
    due = draft.cycle.documents_due_on + timedelta(days=5)
    assert door_of(Referee.objects.earliest("pk"), at) == Door.LATE
    with pytest.raises(Refused) as refused:
        referees.set_due(elise_asked, due_on=due, why="Ill", by=amina, at=at)
    assert refused.value.forbidden
    row = referees.set_due(elise_asked, due_on=due, why="Ill", by=claire, at=at)
    assert door_of(row, at) == Door.OPEN
    assert len(letters(row, "reference_reminder")) == 1
    assert AuditEntry.objects.about(row).last().why == "Ill"
    for wrong in (draft.cycle.release_on + timedelta(days=1), at.date() - timedelta(days=2)):
        with pytest.raises(Refused):
            referees.set_due(elise_asked, due_on=wrong, why="Ill", by=claire, at=at)


def test_a_due_date_after_an_answer_writes_to_nobody(elise_asked: Referee, claire: User) -> None:
    send(elise_asked)
    due = elise_asked.application.cycle.documents_due_on
    referees.set_due(elise_asked, due_on=due, why="x", by=claire, at=timezone.now())
    assert letters(elise_asked, "reference_reminder") == []


# The letter -------------------------------------------------------------------------------------------
def test_the_letter_is_kept_and_both_are_told(elise_asked: Referee, amina: User) -> None:
    content = factories.pdf(2, "Élise")
    row = send(elise_asked, content, pages=2)
    assert (row.status, row.pages, row.size) == ("received", 2, len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    with row.file.open("rb") as kept:
        assert kept.read() == content
    assert CheckedFile.objects.get(sha256=row.sha256).original == row.file.name
    (thanks,) = letters(row, "reference_thanks")
    assert row.sha256 in thanks.text
    told = OutgoingEmail.objects.get(letter="reference_received")
    assert told.address == amina.email
    assert row.sha256 not in told.text
    assert "lettre.pdf" not in told.text + told.subject


def test_a_letter_may_be_replaced_and_the_applicant_is_told_once(elise_asked: Referee) -> None:
    send(elise_asked)
    row = send(elise_asked, factories.pdf(3), pages=3)
    assert row.pages == 3
    assert len(letters(row, "reference_thanks")) == 2
    assert OutgoingEmail.objects.filter(letter="reference_received").count() == 1


def test_who_declined_may_still_write(elise_asked: Referee, amina: User) -> None:
    row = referees.decline(elise_asked, reason="On leave", at=timezone.now())
    assert (row.status, row.decline_reason) == ("declined", "On leave")
    told = OutgoingEmail.objects.get(letter="reference_declined")
    assert told.address == amina.email
    assert "On leave" not in told.text
    with pytest.raises(Refused):
        referees.decline(elise_asked, reason="", at=timezone.now())
    assert send(elise_asked).decline_reason == ""


def test_the_time_is_that_of_montreal_with_the_cycles_silent_grace(elise_asked: Referee) -> None:
    draft = elise_asked.application
    factories.referee(draft, name="Bo", email="bo@x.example")
    factories.submit(draft)
    row = Referee.objects.get(pk=elise_asked.pk)
    last = row.due_at + timedelta(minutes=draft.cycle.grace_minutes)
    assert door_of(row, last) == Door.OPEN
    with pytest.raises(Refused):
        send(row, at=last + timedelta(seconds=1))
    with pytest.raises(Refused):
        referees.decline(row, reason="", at=last + timedelta(seconds=1))
    assert send(row, at=last).status == "received"


def test_no_letter_is_taken_for_a_file_that_nobody_will_read(
    elise_asked: Referee, amina: User
) -> None:
    after = elise_asked.application.cycle.closes_at + timedelta(hours=1)
    assert door_of(elise_asked, after) == Door.GONE
    lifecycle.withdraw(elise_asked.application, by=amina)
    row = Referee.objects.get()
    with pytest.raises(Refused):
        send(row)
    assert row.file.name == ""


def test_the_doors(elise_asked: Referee) -> None:
    now = timezone.now()
    assert door_of(elise_asked, now) == Door.OPEN
    assert door_of(referees.decline(elise_asked, reason="", at=now), now) == Door.DECLINED
    assert door_of(send(elise_asked), now) == Door.RECEIVED


def test_only_the_digest_of_a_link_is_looked_up(elise_asked: Referee) -> None:
    assert elise_asked.token_sha256 == digest(elise_asked.token)
    assert not Referee.objects.holding(elise_asked.token_sha256).exists()
    assert not Referee.objects.holding("\ud800").exists()
