"""A letter is queued with its fact, once, in the reader's language."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.template import TemplateDoesNotExist
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import User
from notifications import nudge
from notifications.letters import Letter, Unsendable
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed, queue, queue_all
from tests.notifications.conftest import PROBE, Queue


def copies(person: User, count: int, **asked: Any) -> list[Addressed]:
    """So many copies of a letter."""
    return [
        Addressed(f"p{number}@example.com", "fr", person, f"probe:{number}", {"name": "A", **asked})
        for number in range(count)
    ]


def test_a_letter_is_whole_when_it_is_queued(queued: Queue, amina: User) -> None:
    email = queued()
    assert email.status == "pending"
    assert email.subject == "Bonjour Amina"
    assert "http://localhost:8000" in email.text
    assert email.about == f"accounts.user:{amina.pk}"
    assert list(OutgoingEmail.objects.about(amina)) == [email]
    assert str(email) == "probe → amina@example.com"


def test_each_letter_has_its_own_message_id_in_our_domain(queued: Queue, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Mila <admissions@mila.example>"
    first, second = queued("a@example.com"), queued("b@example.com")
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@mila.example>")


def test_asking_twice_queues_once(queued: Queue) -> None:
    first, second = queued(key="same"), queued(key="same", context={"name": "Other"})
    assert first == second
    assert second.subject == "Bonjour Amina"
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_needs_a_transaction(amina: User) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        queue(PROBE, address="a@example.com", language="fr", about=amina, key="k", context={})
    with pytest.raises(transaction.TransactionManagementError):
        queue_all(PROBE, copies(amina, 2))
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_with_its_fact(queued: Queue) -> None:
    def fail() -> None:
        with transaction.atomic():
            queued()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("count", [1, 300])
def test_many_letters_take_as_many_queries_as_one(amina: User, count: int) -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        assert queue_all(PROBE, copies(amina, count)) == count
    assert len(queries) == 3  # the savepoint, the letters, the end of the savepoint
    assert OutgoingEmail.objects.filter(status="pending").count() == count


def test_many_letters_asked_twice_are_queued_once(amina: User) -> None:
    queue_all(PROBE, copies(amina, 3))
    queue_all(PROBE, copies(amina, 4))
    assert OutgoingEmail.objects.count() == 4


def test_poison_among_many_is_listed_and_stops_nobody(amina: User) -> None:
    poison = [
        Addressed("nobody", "fr", amina, "bad:1", {"name": "A"}),
        Addressed("a@example.com\r\nBcc: b@example.com", "fr", amina, "bad:2", {"name": "A"}),
        Addressed("c@example.com", "fr", amina, "bad:3", {"name": "A\r\nBcc: b@example.com"}),
        Addressed(
            f"{'x' * 64}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 30}.ca",
            "fr",
            amina,
            "bad:4",
            {"name": "A"},
        ),
    ]
    queue_all(PROBE, [*copies(amina, 5), *poison])
    assert OutgoingEmail.objects.filter(status="pending").count() == 5
    dead = OutgoingEmail.objects.needing_a_person()
    assert set(dead.values_list("key", "status")) == {(one.key, "dead") for one in poison}
    assert all(dead.values_list("error", flat=True))


def test_a_text_that_breaks_stops_only_itself(amina: User) -> None:
    class Thing:
        def explode(self) -> str:
            raise ZeroDivisionError

    letter = Letter("fragile")
    context = {"thing": Thing()}
    queue_all(letter, [Addressed("a@example.com", "fr", amina, "k", context)])
    assert "ZeroDivisionError" in OutgoingEmail.objects.get().error
    with pytest.raises(Unsendable):
        queue(letter, address="a@example.com", language="fr", about=amina, key="l", context=context)


@pytest.mark.parametrize("address", ["nobody", "a@example.com\nBcc: b@example.com", ""])
def test_one_letter_to_a_broken_address_is_refused(queued: Queue, address: str) -> None:
    with pytest.raises(Unsendable):
        queued(address)


@pytest.mark.parametrize("name", ["A\r\nBcc: b@example.com", "A\nB", "A\u2028B"])
def test_a_name_cannot_add_a_header(queued: Queue, name: str) -> None:
    with pytest.raises(Unsendable):
        queued(context={"name": name})


def test_both_languages_have_a_text_or_none_leaves(queued: Queue) -> None:
    assert queued(language="en", key="en").subject == "Hello Amina"
    with pytest.raises(TemplateDoesNotExist):
        queued(letter=Letter("only_french"), language="en", key="missing")


def test_the_reader_s_language_decides_whoever_clicked(queued: Queue) -> None:
    with translation.override("fr"), timezone.override(ZoneInfo("America/Toronto")):
        today = date_format(timezone.localdate(), "F Y")
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Tokyo")):
        assert today in queued().text


def test_a_text_is_plain(queued: Queue) -> None:
    email = queued(context={"name": "Élise & <Fils>"})
    assert email.subject == "Bonjour Élise & <Fils>"
    assert "restent ce qu’ils sont : Élise & <Fils>." in email.text


def test_what_the_letter_says_of_itself_is_kept(queued: Queue) -> None:
    letter = Letter("probe", resend_after=timedelta(minutes=15), secret=True, priority=1)
    email = queued(letter=letter)
    assert (email.resend_after, email.secret, email.priority) == (timedelta(minutes=15), True, 1)


def test_one_nudge_for_all_letters_of_a_transaction(
    queued: Queue, amina: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        queued("a@example.com")
        queued("b@example.com")
        queue_all(PROBE, copies(amina, 2))
    assert callbacks == [nudge.nudge]
