"""Messages both ways: who writes, who is told, what is opened and answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from audit.moves import Refused
from desk import talking
from desk.models import Message
from notifications.models import OutgoingEmail


def notices() -> int:
    """How many letters say that a message waits."""
    return OutgoingEmail.objects.filter(letter="message_waiting").count()


def age(minutes: int) -> None:
    """Let every message be older."""
    Message.objects.update(at=timezone.now() - timedelta(minutes=minutes))


def test_the_office_writes_and_the_letter_does_not_say_what(
    application: Application, claire: User
) -> None:
    message = talking.write(application, "CANARY: your transcript", by=claire)
    assert message.from_office
    letter = OutgoingEmail.objects.get(letter="message_waiting")
    assert "CANARY" not in letter.text + letter.subject
    assert letter.address == "amina@example.com"


def test_one_notice_for_several_messages_in_ten_minutes(
    application: Application, claire: User
) -> None:
    for _message in range(3):
        talking.write(application, "One more thing", by=claire)
    assert notices() == 1
    age(11)
    talking.write(application, "Still there?", by=claire)
    assert notices() == 2


def test_a_new_notice_once_the_last_message_was_opened(
    application: Application, claire: User, amina: User
) -> None:
    talking.write(application, "One", by=claire)
    talking.thread_of(application, reader=amina)
    talking.write(application, "Two", by=claire)
    assert notices() == 2


def test_the_applicant_writes_and_waits_for_an_answer(
    application: Application, amina: User, claire: User
) -> None:
    talking.write(application, "Hello?", by=amina)
    assert notices() == 0
    assert application.messages.unanswered().count() == 1
    talking.write(application, "Yes?", by=claire)
    assert application.messages.unanswered().count() == 0


def test_no_answer_needed(application: Application, amina: User, claire: User) -> None:
    talking.write(application, "Thank you!", by=amina)
    assert talking.settle(application, by=claire) == 1
    assert talking.settle(application, by=claire) == 0
    with pytest.raises(Refused) as refused:
        talking.settle(application, by=amina)
    assert refused.value.forbidden


def test_nobody_else_writes(application: Application, bruno: User, david: User) -> None:
    for who in (bruno, david):
        with pytest.raises(Refused) as refused:
            talking.write(application, "Hello", by=who)
        assert refused.value.forbidden
    assert not Message.objects.exists()


def test_who_sees_messages(
    application: Application, amina: User, bruno: User, claire: User, david: User
) -> None:
    talking.write(application, "Hello", by=amina)
    sees = {who.email: Message.objects.visible_to(who).count() for who in (amina, bruno)}
    sees |= {who.email: Message.objects.visible_to(who).count() for who in (claire, david)}
    assert list(sees.values()) == [1, 0, 1, 0]


def test_the_two_pages(home: Client, office: Client, application: Application) -> None:
    mine = f"/en/applications/{application.number}/messages/"
    theirs = f"/en/desk/{application.number}/messages/"
    assert "No message yet" in home.get(mine).content.decode()
    home.post(mine, {"text": "May I send it later?"})
    page = office.get(theirs).content.decode()
    assert "May I send it later?" in page
    assert "No answer needed" in page
    assert "Opened" in home.get(mine).content.decode()
    office.post(theirs, {"text": "Yes, until Friday."})
    page = home.get(mine).content.decode()
    assert "Yes, until Friday." in page
    assert "Claire" not in page
    assert "Admission office" in page
    assert "No answer needed" not in office.get(theirs).content.decode()
    home.post(mine, {"text": "Thank you!"})
    office.post(f"{theirs}settle/")
    assert not Message.objects.unanswered().exists()


HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "too long": "é" * 4001,
    "a megabyte": "x" * 1_000_000,
    "NUL": "a\0b",
    "turned around": "abc\u202ecba",
    "isolated": "abc\u2067cba",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("side", ["applications", "desk"])
def test_bad_text_gets_a_sentence_and_is_not_lost(
    home: Client, office: Client, application: Application, side: str, text: str
) -> None:
    browser = home if side == "applications" else office
    answer = browser.post(f"/en/{side}/{application.number}/messages/", {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert not Message.objects.exists()
    if text.strip() and len(text) < 5000 and "\0" not in text:
        assert text in page


@pytest.mark.parametrize("text", ["é" * 4000, "שלום, مرحبا\u200f!", "<script>x</script>", "a\r\nb"])
def test_honest_text_is_kept_as_written(home: Client, application: Application, text: str) -> None:
    answer = home.post(f"/en/applications/{application.number}/messages/", {"text": text})
    assert answer.status_code == 302
    assert Message.objects.get().text == text.replace("\r\n", "\n")
    page = home.get(f"/en/applications/{application.number}/messages/").content.decode()
    assert "<script>x" not in page


def test_what_was_typed_survives_the_session(
    client: Client, application: Application, amina: User
) -> None:
    address = f"/en/applications/{application.number}/messages/"
    client.post(address, {"text": "A long thought"})
    client.force_login(amina)
    assert "A long thought" in client.get(address).content.decode()
    assert not Message.objects.exists()
