"""The verbs of an offer: accept, decline, lapse; and what the database refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from audit.models import AuditEntry
from audit.moves import Refused
from desk import closing
from followup import offers, tasks
from followup.models import Filing, Offer, Reply, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Decision
from tests.followup.factories import World, decided, release_all

pytestmark = pytest.mark.django_db
NOW = timezone.now


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name))


def test_an_offer_has_no_row_until_somebody_replies(world: World, amina: User) -> None:
    decision = world.answered(amina)
    offer = offers.offer_of(decision)
    assert offer.pk is None
    assert offer.status == Reply.OPEN
    assert offer.reply_by == offers.reply_deadline(decision)
    assert not Offer.objects.exists()


def test_accept_records_the_yes_the_udem_file_and_one_letter(world: World, amina: User) -> None:
    decision, at = world.answered(amina), NOW()
    offer = offers.accept(decision, by=amina, at=at)
    assert (offer.status, offer.replied_at) == (Reply.ACCEPTED, at)
    assert offer.udem_file.status == Filing.TO_FILE
    assert offer.udem_file.program == decision.program
    entry = AuditEntry.objects.about(offer).get()
    assert (entry.verb, entry.old, entry.new, entry.actor) == (
        "accept_offer",
        "open",
        "accepted",
        amina,
    )
    (letter,) = letters("offer_accepted")
    assert letter.address == amina.email
    assert letter.language == "fr"
    assert "217-510" in letter.text
    assert [entry["uid"] for entry in letter.dates] == [f"udem-{decision.application.number}"]
    assert "\u00a0:" in letter.text


def test_accept_twice_is_one_yes(world: World, amina: User) -> None:
    decision = world.answered(amina)
    first = offers.accept(decision, by=amina, at=NOW())
    second = offers.accept(decision, by=amina, at=NOW() + timedelta(seconds=1))
    assert second == first
    assert second.replied_at == first.replied_at
    assert UdemFile.objects.count() == 1
    assert len(letters("offer_accepted")) == 1


def test_decline_keeps_the_reason_and_sends_one_letter(world: World, bruno: User) -> None:
    decision = world.answered(bruno)
    offer = offers.decline(decision, by=bruno, at=NOW(), reason="Elsewhere")
    assert offers.decline(decision, by=bruno, at=NOW()) == offer
    offer.refresh_from_db()
    assert (offer.status, offer.reason) == (Reply.DECLINED, "Elsewhere")
    assert not UdemFile.objects.exists()
    (letter,) = letters("offer_declined")
    assert letter.language == "en"
    assert "You said no" in letter.text


def test_a_no_cannot_become_a_yes_nor_a_yes_a_no(world: World, amina: User, bruno: User) -> None:
    yes, no = world.submitted(amina), world.submitted(bruno)
    for application in (yes, no):
        decided(application, "accept", **world.staff)
    release_all(world.cycle, **world.staff)
    said_yes = Decision.objects.get(application=yes)
    said_no = Decision.objects.get(application=no)
    offers.accept(said_yes, by=amina, at=NOW())
    offers.decline(said_no, by=bruno, at=NOW())
    with pytest.raises(Refused):
        offers.decline(said_yes, by=amina, at=NOW())
    with pytest.raises(Refused):
        offers.accept(said_no, by=bruno, at=NOW())
    assert not letters("offer_accepted")[1:]
    assert not letters("offer_declined")[1:]


@pytest.mark.parametrize("verb", [offers.accept, offers.decline])
def test_nobody_replies_for_another(world: World, amina: User, bruno: User, verb: Any) -> None:
    decision = world.answered(amina)
    for stranger in (bruno, world.claire, world.dominique):
        with pytest.raises(Refused) as refusal:
            verb(decision, by=stranger, at=NOW())
        assert refusal.value.forbidden
    assert not Offer.objects.exists()


@pytest.mark.parametrize("verb", [offers.accept, offers.decline])
def test_nobody_hears_of_a_reply_by_repeating_it(
    world: World, amina: User, bruno: User, verb: Any
) -> None:
    decision = world.answered(amina)
    verb(decision, by=amina, at=NOW())
    with pytest.raises(Refused) as refusal:
        verb(decision, by=bruno, at=NOW())
    assert refusal.value.forbidden


@pytest.mark.parametrize("verb", [offers.accept, offers.decline])
def test_nothing_is_replied_to_before_the_release(world: World, amina: User, verb: Any) -> None:
    decision = decided(world.submitted(amina), "accept", **world.staff)
    with pytest.raises(Refused) as refusal:
        verb(decision, by=amina, at=NOW())
    assert refusal.value.forbidden
    assert not Offer.objects.exists()


@pytest.mark.parametrize("outcome", ["waitlist", "decline"])
def test_only_an_accept_is_an_offer(world: World, amina: User, outcome: str) -> None:
    decision = world.answered(amina, outcome)
    with pytest.raises(Refused):
        offers.accept(decision, by=amina, at=NOW())


@pytest.mark.parametrize("verb", [offers.accept, offers.decline])
def test_the_last_second_counts_and_the_next_does_not(world: World, amina: User, verb: Any) -> None:
    decision = world.answered(amina)
    last = offers.reply_deadline(decision)
    with pytest.raises(Refused):
        verb(decision, by=amina, at=last + timedelta(seconds=1))
    assert verb(decision, by=amina, at=last).replied_at == last


def test_a_withdrawn_file_takes_no_reply(world: World, amina: User) -> None:
    decision = world.answered(amina)
    lifecycle.withdraw(decision.application, by=amina)
    with pytest.raises(Refused) as refusal:
        offers.accept(decision, by=amina, at=NOW())
    assert refusal.value.reasons
    assert not OutgoingEmail.objects.filter(letter="offer_accepted").exists()


def test_a_file_closed_as_incomplete_takes_no_reply(world: World, amina: User) -> None:
    decision = world.answered(amina)
    closing.close_incomplete(decision.application, by=world.claire, why="It never came.")
    with pytest.raises(Refused) as refusal:
        offers.accept(decision, by=amina, at=NOW())
    assert refusal.value.reasons == ["Cette demande a été fermée, car elle est incomplète."]
    assert not OutgoingEmail.objects.filter(letter="offer_accepted").exists()


def test_silent_offers_lapse_after_the_last_day(world: World, amina: User, bruno: User) -> None:
    silent, heard = world.submitted(amina), world.submitted(bruno)
    for application in (silent, heard):
        decided(application, "accept", **world.staff)
    release_all(world.cycle, **world.staff)
    decision = Decision.objects.get(application=silent)
    offers.accept(Decision.objects.get(application=heard), by=bruno, at=NOW())
    last = offers.reply_deadline(decision)
    assert offers.lapse_all(at=last + timedelta(minutes=1)) == 0, "requests may be on their way"
    later = last + timedelta(minutes=20)
    assert offers.lapse_all(at=later) == 1
    assert offers.lapse_all(at=later) == 0
    decision = Decision.objects.get(pk=decision.pk)
    assert decision.offer.status == Reply.EXPIRED
    assert AuditEntry.objects.about(decision.offer).get().actor is None
    (letter,) = letters("offer_expired")
    assert (letter.address, letter.language) == (amina.email, "fr")
    assert "n’est plus valable" in letter.text
    with pytest.raises(Refused):
        offers.accept(decision, by=amina, at=last)


def test_a_withdrawn_file_does_not_lapse(world: World, amina: User) -> None:
    decision = world.answered(amina)
    lifecycle.withdraw(decision.application, by=amina)
    assert offers.lapse_all(at=offers.reply_deadline(decision) + timedelta(days=1)) == 0


def test_the_timetable_lapses_nothing_today(world: World, amina: User) -> None:
    world.answered(amina)
    tasks.lapse_offers()
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("followup_offer_status_known", {"status": "maybe"}),
        ("followup_offer_reply_dated", {"status": "accepted"}),
        ("followup_offer_reply_dated", {"replied_at": NOW()}),
        (
            "followup_offer_reply_in_time",
            {"status": "accepted", "replied_at": NOW() + timedelta(days=900)},
        ),
        ("followup_offer_reason_of_decline", {"reason": "why"}),
    ],
)
def test_the_database_refuses(
    world: World, amina: User, constraint: str, changes: dict[str, Any]
) -> None:
    offer = offers.offer_of(world.answered(amina))
    offer.save()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_make_one_yes(world: World, amina: User) -> None:
    decision = world.answered(amina)

    def click(_index: int) -> int:
        try:
            return offers.accept(decision, by=amina, at=NOW()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        found = set(pool.map(click, range(20)))
    assert len(found) == 1
    assert UdemFile.objects.count() == Offer.objects.count() == 1
    assert len(letters("offer_accepted")) == 1


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_at_once_leave_one_of_them(world: World, amina: User) -> None:
    decision = world.answered(amina)

    def say(verb: Any) -> bool:
        try:
            verb(decision, by=amina, at=NOW())
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(say, [offers.accept, offers.decline]))
    assert sorted(outcomes) == [False, True]
    offer = Offer.objects.get()
    assert UdemFile.objects.exists() == (offer.status == Reply.ACCEPTED)
    assert OutgoingEmail.objects.filter(letter__startswith="offer_").count() == 1
