"""Administrators read the outbox and help stuck letters; they never see a code."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from tests.notifications.conftest import Queue

LIST = "admin:notifications_outgoingemail_changelist"
ONE = "admin:notifications_outgoingemail_change"


@pytest.fixture
def admin(client: Client, adam: User) -> Client:
    """adam, signed in."""
    client.force_login(adam)
    return client


def act(admin: Client, email: OutgoingEmail, action: str, why: str = "Because.") -> str:
    """Do it in the list, and read the page after."""
    asked = {"action": action, "why": why, "_selected_action": [email.pk]}
    answer = admin.post(reverse(LIST), asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_lists_searches_and_filters(admin: Client, queued: Queue) -> None:
    queued("a@example.com")
    queued("b@example.com")
    page = admin.get(reverse(LIST), {"q": "a@example.com", "status": "pending"}).content.decode()
    assert "a@example.com" in page
    assert "b@example.com" not in page


def test_a_letter_is_read_and_not_written(admin: Client, queued: Queue) -> None:
    email = queued(context={"name": "Zebulon"})
    page = admin.get(reverse(ONE, args=[email.pk]))
    assert "Bonjour Zebulon" in page.content.decode()
    assert admin.post(reverse(ONE, args=[email.pk]), {"subject": "Other"}).status_code == 403
    assert admin.get(reverse("admin:notifications_outgoingemail_add")).status_code == 403
    delete = reverse("admin:notifications_outgoingemail_delete", args=[email.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403


def test_a_code_is_for_its_reader_alone(admin: Client, queued: Queue) -> None:
    email = queued(letter=Letter("probe", secret=True))
    assert "Vous pouvez lire" not in admin.get(reverse(ONE, args=[email.pk])).content.decode()


@pytest.mark.parametrize(
    ("action", "after"), [("send_again", "pending"), ("it_did_arrive", "sent")]
)
def test_a_stuck_letter_is_helped(admin: Client, queued: Queue, action: str, after: str) -> None:
    email = queued()
    OutgoingEmail.objects.update(status="unknown", tried_at=email.queued_at)
    act(admin, email, action)
    assert OutgoingEmail.objects.get().status == after
    assert AuditEntry.objects.get().why == "Because."


def test_a_refusal_and_a_missing_reason_are_said(admin: Client, queued: Queue) -> None:
    email = queued()
    assert "errorlist" in act(admin, email, "send_again", why="") or not AuditEntry.objects.exists()
    act(admin, email, "send_again")
    assert OutgoingEmail.objects.get().status == "pending"
    assert not AuditEntry.objects.exists()


def test_the_trail_is_read_and_not_written(admin: Client, queued: Queue, adam: User) -> None:
    email = queued()
    entry: Any = AuditEntry.objects.create(verb="probe", subject=f"x:{email.pk}", actor=adam)
    page = admin.get(reverse("admin:audit_auditentry_changelist"))
    assert "probe" in page.content.decode()
    change = reverse("admin:audit_auditentry_change", args=[entry.pk])
    assert admin.get(change).status_code == 200
    assert admin.post(change, {"verb": "other"}).status_code == 403
    assert admin.get(reverse("admin:audit_auditentry_add")).status_code == 403
    delete = reverse("admin:audit_auditentry_delete", args=[entry.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403
