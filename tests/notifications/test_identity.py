"""A restored backup sends nothing until a person says that this is the right database."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from notifications import identity
from notifications.delivery import deliver
from notifications.models import DatabaseIdentity, OutgoingEmail
from notifications.settling import settle
from tests.notifications.conftest import Queue


@pytest.fixture(params=["system_identifier", "timeline", "database_oid"])
def elsewhere(request: Any, db: None) -> None:
    """Letters used to leave from another database."""
    assert identity.is_trusted()
    value = "7" if request.param == "system_identifier" else 7_000_000
    DatabaseIdentity.objects.update(**{request.param: value})


def test_the_first_database_ever_is_the_one(db: None) -> None:
    assert identity.is_trusted()
    assert identity.is_trusted()
    known = DatabaseIdentity.objects.get()
    assert str(known) == "/".join(str(part) for part in identity.here().values())


def test_a_restored_database_sends_and_settles_nothing(
    queued: Queue, elsewhere: None, caplog: Any
) -> None:
    waiting, doubtful = queued("a@example.com"), queued("b@example.com")
    OutgoingEmail.objects.filter(pk=doubtful.pk).update(
        status="unknown", tried_at=waiting.queued_at
    )
    for _ in range(3):
        deliver()
        settle()
    assert set(OutgoingEmail.objects.values_list("status", flat=True)) == {"pending", "unknown"}
    assert caplog.text.count("trust_database") == 1  # said once a minute, not at each sweep


def test_trusting_it_puts_what_waited_in_doubt(queued: Queue, elsewhere: None, capsys: Any) -> None:
    queued()
    call_command("trust_database", why="Restored after the fire.")
    assert "1 are in doubt" in capsys.readouterr().out
    assert identity.is_trusted()
    assert OutgoingEmail.objects.get().status == "unknown"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.why) == ("trust database", "Restored after the fire.")
    assert entry.details["put_in_doubt"] == 1
    assert entry.details["before"] != entry.details["now"]


def test_after_a_fail_over_what_waits_may_leave(queued: Queue, elsewhere: None) -> None:
    queued()
    call_command("trust_database", "--send-waiting", why="The standby took over.")
    deliver()
    assert OutgoingEmail.objects.get().status == "sent"


def test_it_may_be_trusted_before_anything_was_sent(db: None) -> None:
    assert identity.trust(why="New.", send_waiting=False) == 0
    assert identity.is_trusted()


def test_a_reason_is_asked(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("trust_database")
