"""Who may discuss a file, and what they may do with their words."""

from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from committee import remarks
from committee.models import Remark
from committee.permissions import discusses, may_discuss, wrote
from reviews import assignment as assigning
from reviews import decisions, scoring
from reviews.models import Assignment
from tests.reviews import factories as judging


def test_who_may_discuss(
    application: Application,
    handed_in: Assignment,
    amina: User,
    bruno: User,
    david: User,
    zoe: User,
    claire: User,
    dominique: User,
    gilles: User,
) -> None:
    for allowed in (david, claire, dominique):
        assert discusses(allowed, application)
        assert may_discuss(allowed)
    for turned_away in (amina, bruno, zoe, gilles, AnonymousUser()):
        assert not discusses(turned_away, application)
    assert may_discuss(zoe)
    assert not may_discuss(gilles)
    assert not may_discuss(AnonymousUser())
    scoring.take_back(handed_in, by=david)
    assert not discusses(david, application)


def test_a_conflict_shuts_the_discussion_whatever_the_role(
    application: Application, handed_in: Assignment, david: User, claire: User, zoe: User
) -> None:
    said = remarks.say(application, "Before.", by=david)
    assert list(Remark.objects.visible_to(claire)) == [said]
    assigning.declare_conflict(handed_in, by=david, why="A friend.")
    assert not discusses(david, application)
    assert not wrote(david, said)
    assert not Remark.objects.visible_to(david).exists()
    claire.roles = [Role.COORDINATOR, Role.REVIEWER]
    claire.save()
    judging.in_conflict(application, claire, by=claire)
    assert not discusses(claire, application)
    with pytest.raises(Refused) as refused:
        remarks.say(application, "After.", by=claire)
    assert refused.value.forbidden


def test_a_withdrawn_file_is_not_discussed(
    application: Application, handed_in: Assignment, david: User, claire: User
) -> None:
    lifecycle.withdraw(application, by=application.applicant)
    for person in (david, claire):
        with pytest.raises(Refused):
            remarks.say(application, "Too late.", by=person)


def test_said_corrected_withdrawn(
    application: Application, handed_in: Assignment, david: User, claire: User
) -> None:
    said = remarks.say(application, "Strog.", by=david)
    assert str(said) == f"{application.pk}: {said.pk}"
    remarks.correct(said, "Strong.", by=david)
    said.refresh_from_db()
    edited = said.edited_at
    assert (said.text, edited is not None) == ("Strong.", True)
    remarks.correct(said, "Strong.", by=david)
    said.refresh_from_db()
    assert said.edited_at == edited
    for act in (
        lambda: remarks.correct(said, "No.", by=claire),
        lambda: remarks.withdraw(said, by=claire),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.forbidden
    remarks.withdraw(said, by=david)
    said.refresh_from_db()
    assert said.withdrawn_at is not None
    with pytest.raises(Refused, match="withdrawn"):
        remarks.withdraw(said, by=david)
    with pytest.raises(Refused, match="withdrawn"):
        remarks.correct(said, "Again.", by=david)
    trail = AuditEntry.objects.about(said)
    assert [row.verb for row in trail] == ["say_remark", "correct_remark", "withdraw_remark"]
    assert "Strong" not in str([(row.details, row.why, row.new) for row in trail])


def test_ten_minutes(application: Application, handed_in: Assignment, david: User) -> None:
    said = remarks.say(application, "Strong.", by=david)
    assert said.may_change(said.at + timedelta(minutes=9, seconds=59))
    Remark.objects.update(at=timezone.now() - timedelta(minutes=10))
    with pytest.raises(Refused, match="ten minutes"):
        remarks.correct(said, "Weak.", by=david)
    remarks.withdraw(said, by=david)


def test_after_taking_back_ones_words_wait(
    application: Application, handed_in: Assignment, david: User
) -> None:
    said = remarks.say(application, "Strong.", by=david)
    scoring.take_back(handed_in, by=david)
    with pytest.raises(Refused):
        remarks.withdraw(said, by=david)
    scoring.hand_in(handed_in, by=david)
    remarks.withdraw(said, by=david)


def test_a_review_may_change_until_an_answer_is_proposed(
    application: Application, handed_in: Assignment, david: User, claire: User
) -> None:
    remarks.say(application, "I was too mild.", by=david)
    scoring.take_back(handed_in, by=david)
    judging.hand_in(handed_in, 3, 3, 3)
    decisions.propose(application, "decline", by=claire)
    with pytest.raises(Refused):
        scoring.take_back(handed_in, by=david)
    assert remarks.say(application, "Still here.", by=david)


def test_what_no_remark_may_be(application: Application, claire: User) -> None:
    for text in ("", "x" * 2001):
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.create(application=application, author=claire, text=text)


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_speaking_at_once(
    application: Application, handed_in: Assignment, david: User
) -> None:
    """Whoever speaks while their review is being taken back waits, and is then refused."""
    told: list[bool] = []

    def speak() -> None:
        try:
            remarks.say(application, "At the same moment.", by=david)
        except Refused as refused:
            told.append(refused.forbidden)
        finally:
            connection.close()

    thread = Thread(target=speak)
    with transaction.atomic():
        scoring.take_back(handed_in, by=david)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(20)
    assert told == [True]
    assert not Remark.objects.exists()
