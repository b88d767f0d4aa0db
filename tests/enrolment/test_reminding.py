"""Reminders to many: who gets one, who is left out and why, and that a double click sends once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from audit.models import AuditEntry
from audit.moves import Refused
from enrolment import reminding
from enrolment.models import Batch, Kind, Reminder
from enrolment.reminding import LATELY, NOT_DUE, OVER, Preview, kind_for
from enrolment.steps import Step
from followup.models import Filing
from notifications.letters import render
from notifications.models import OutgoingEmail
from tests.enrolment.factories import Enrolled, in_days
from tests.followup.factories import NUMBER

pytestmark = pytest.mark.django_db
LETTERS = OutgoingEmail.objects.filter(letter="follow_up_reminder")


def looked_at(world: Enrolled, kind: Kind, *people: User) -> Preview:
    rows = [world.entry(person) for person in people]
    return reminding.preview(world.board(), rows, kind)


def sent(world: Enrolled, kind: Kind, *people: User, key: UUID | None = None) -> Batch:
    ids = [world.entry(person).place.application for person in people]
    return reminding.remind(world.cycle, ids, kind, key=key or uuid4(), by=world.claire)


def test_people_are_reminded_of_what_is_awaited_from_them(
    world: Enrolled, amina: User, bruno: User
) -> None:
    world.accepted(amina)
    world.filed(bruno)
    told = looked_at(world, Kind.FILING, amina, bruno)
    assert [copy.application.applicant for copy in told.copies] == [amina]
    assert [(copy.application.applicant, copy.why_not) for copy in told.left_out] == [
        (bruno, NOT_DUE)
    ]
    assert len(looked_at(world, Kind.WORD, amina, bruno).copies) == 2


def test_each_kind_is_for_its_step(world: Enrolled, amina: User, bruno: User) -> None:
    world.answered(amina)
    world.at(bruno, Filing.ADMITTED, accept_by=in_days(9))
    for kind, person in ((Kind.REPLY, amina), (Kind.UDEM_OFFER, bruno), (Kind.PERMITS, bruno)):
        told = looked_at(world, kind, amina, bruno)
        assert [copy.application.applicant for copy in told.copies] == [person], kind
    assert looked_at(world, Kind.DOCUMENTS, amina, bruno).copies == []
    assert kind_for(world.entry(bruno)) == Kind.UDEM_OFFER
    assert (
        kind_for(
            world.entry(bruno)._replace(next=world.entry(bruno).next._replace(step=Step.STUDIED))
        )
        == Kind.WORD
    )


def test_whoever_left_is_left_alone(world: Enrolled, amina: User) -> None:
    lifecycle.withdraw(world.accepted(amina).decision.application, by=amina)
    told = looked_at(world, Kind.FILING, amina)
    assert [copy.why_not for copy in told.left_out] == [OVER]
    with pytest.raises(Refused):
        sent(world, Kind.FILING, amina)
    assert not Batch.objects.exists()


def test_nobody_is_reminded_twice_in_two_days(world: Enrolled, amina: User) -> None:
    world.accepted(amina)
    sent(world, Kind.FILING, amina)
    assert [copy.why_not for copy in looked_at(world, Kind.WORD, amina).left_out] == [LATELY]
    with pytest.raises(Refused):
        sent(world, Kind.WORD, amina)
    OutgoingEmail.objects.update(queued_at=timezone.now() - timedelta(hours=49))
    assert len(looked_at(world, Kind.WORD, amina).copies) == 1


def test_a_reminder_of_the_timetable_counts_as_one(world: Enrolled, amina: User) -> None:
    application = world.accepted(amina).decision.application
    OutgoingEmail.objects.filter(letter="offer_accepted").update(letter="udem_reminder")
    assert [copy.why_not for copy in looked_at(world, Kind.FILING, amina).left_out] == [LATELY]
    assert reminding.reminded([application.pk])[application.pk].times == 1
    OutgoingEmail.objects.filter(letter="udem_reminder").update(letter="draft_reminder")
    assert reminding.reminded([application.pk]) == {}


def test_addresses_that_do_not_work_and_shut_accounts_are_left_out(
    world: Enrolled, amina: User, bruno: User
) -> None:
    world.accepted(amina)
    world.accepted(bruno)
    OutgoingEmail.objects.filter(address=amina.email).update(
        status="bounced", error="550", tried_at=timezone.now()
    )
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    told = looked_at(world, Kind.FILING, amina, bruno)
    assert {copy.why_not for copy in told.left_out} == {reminding.UNREACHED, reminding.INACTIVE}


def test_one_key_sends_once(world: Enrolled, amina: User, bruno: User) -> None:
    world.accepted(amina)
    world.accepted(bruno)
    key = uuid4()
    first, again = (sent(world, Kind.FILING, amina, bruno, key=key) for _turn in range(2))
    assert first == again
    assert (LETTERS.count(), Reminder.objects.count()) == (2, 2)
    entry = AuditEntry.objects.get(verb="remind_people")
    assert entry.details == {"kind": "filing", "people": 2}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_once(world: Enrolled, amina: User) -> None:
    pk = world.accepted(amina).decision.application_id
    key, start = uuid4(), threading.Barrier(2)

    def click() -> None:
        start.wait()
        try:
            reminding.remind(world.cycle, [pk], Kind.FILING, key=key, by=world.claire)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _turn in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert (LETTERS.count(), Batch.objects.count()) == (1, 1)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_tells_no_number_and_leads_to_the_page(
    world: Enrolled, amina: User, kind: Kind, language: str
) -> None:
    User.objects.filter(pk=amina.pk).update(language=language)
    application = world.filed(amina).offer.decision.application
    application.applicant.refresh_from_db()
    copy = reminding.letters.reminder(application, kind, in_days(3))
    text = render(
        reminding.letters.FOLLOW_UP_REMINDER, language=copy.language, context=copy.context
    )
    assert NUMBER not in text.text + text.subject
    assert "applications/mine" in text.text
    assert "  " not in text.text


def test_a_day_that_has_passed_is_not_named() -> None:
    assert reminding.named_day(in_days(-1), in_days(0)) is None
    assert reminding.named_day(in_days(0), in_days(0)) == in_days(0)
    assert reminding.named_day(None, in_days(0)) is None


def test_only_coordinators_remind(world: Enrolled, amina: User) -> None:
    pk = world.accepted(amina).decision.application_id
    for user in (world.dominique, amina):
        with pytest.raises(Refused) as refused:
            reminding.remind(world.cycle, [pk], Kind.WORD, key=uuid4(), by=user)
        assert refused.value.forbidden


@pytest.mark.parametrize("people", [1, 3])
def test_a_preview_costs_the_same_for_many(
    world: Enrolled, people: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for index in range(people):
        world.accepted(world.person(f"p{index}"))
    board = world.board()
    with django_assert_num_queries(3):
        reminding.preview(board, board.entries, Kind.WORD)
