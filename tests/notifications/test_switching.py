"""One switch stops all mail: within a letter, for every worker, until a named person turns it back."""

from typing import Any

import pytest

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from notifications import delivery, switching
from notifications.delivery import claim, deliver
from notifications.mail_switch import MailSwitch
from notifications.models import OutgoingEmail
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue, statuses


def test_a_pause_stops_within_a_letter(
    queued: Queue, mailbox: TestMailbox, claire: User, monkeypatch: Any
) -> None:
    """The batch was claimed before: the letter on its way goes, no other does, and nothing is lost."""
    for number in range(6):
        queued(f"p{number}@example.com")
    posted = delivery.Round._try

    def and_pause(self: Any, letter: OutgoingEmail, end: float) -> Any:
        answer = posted(self, letter, end)
        if letter.address == "p1@example.com":
            switching.pause(by=claire, why="Wrong text.")
        return answer

    monkeypatch.setattr(delivery.Round, "_try", and_pause)
    deliver()
    assert len(mailbox.store.find()) == 2
    assert sorted(statuses().values()) == ["pending"] * 4 + ["sent"] * 2
    assert not OutgoingEmail.objects.exclude(lease_token=None).exists()
    assert claim(10) is None
    switching.resume(by=claire, why="The text is right.")
    deliver()
    assert set(statuses().values()) == {"sent"}
    assert set(mailbox.counted().values()) == {1}


@pytest.mark.parametrize("who", ["claire", "dominique", "adam"])
def test_who_may_and_what_is_kept(request: Any, who: str, queued: Queue) -> None:
    person = request.getfixturevalue(who)
    assert not MailSwitch.now().paused
    switching.pause(by=person, why="Wrong text.")
    switch = MailSwitch.now()
    assert (switch.paused, switch.changed_by, switch.why) == (True, person, "Wrong text.")
    assert str(switch) == "paused"
    with pytest.raises(Refused):
        switching.pause(by=person, why="Again.")
    switching.resume(by=person, why="Right.")
    assert str(MailSwitch.now()) == "on"
    trail = AuditEntry.objects.about(switch).values_list("verb", "actor", "why")
    assert list(trail) == [
        ("pause mail", person.pk, "Wrong text."),
        ("resume mail", person.pk, "Right."),
    ]


@pytest.mark.parametrize("who", ["amina", "david", "fatou", "gilles", None])
def test_nobody_else_may(request: Any, who: str | None, db: None) -> None:
    person = request.getfixturevalue(who) if who else None
    for verb in (switching.pause, switching.resume, switching.take_first):
        with pytest.raises(Refused) as refused:
            verb(by=person, why="Why not.")
        assert refused.value.forbidden
    assert not MailSwitch.objects.exists()


def test_there_must_be_a_second(claire: User) -> None:
    with pytest.raises(Refused):
        switching.take_second(by=claire, why="The first is slow.")
