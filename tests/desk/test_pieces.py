"""A piece asked for after submission: asked, sent, looked at, asked again; and the letters that say so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Document
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, end_of
from cycles.models import Cycle
from desk import checking, pieces
from desk.models import Request
from notifications.models import OutgoingEmail
from tests import factories
from tests.desk.factories import accepted, asked, received


def letters(*names: str) -> list[str]:
    """The names of the letters queued, in order, among those asked about."""
    rows = OutgoingEmail.objects.filter(letter__in=names) if names else OutgoingEmail.objects.all()
    return list(rows.order_by("pk").values_list("letter", flat=True))


def status_of(request: Request) -> str:
    """What the database says."""
    return str(Request.objects.get(pk=request.pk).status)


def test_asking_tells_what_why_and_by_when(application: Application, claire: User) -> None:
    request = asked(application, by=claire, title="Diplôme", reason="Il manque une page.")
    letter = OutgoingEmail.objects.get(letter="piece_asked")
    assert (letter.address, letter.language) == ("amina@example.com", "fr")
    for words in ("Diplôme", "Il manque une page.", f"requests/{request.pk}/"):
        assert words in letter.text
    entry = AuditEntry.objects.about(request).get()
    assert (entry.verb, entry.actor, entry.why) == ("ask_piece", claire, "Il manque une page.")


def test_a_complete_file_is_to_check_again(application: Application, claire: User) -> None:
    checking.mark_complete(application, by=claire)
    asked(application, by=claire)
    assert not checking.check_of(application).holds(application)


@pytest.mark.parametrize("days", [-1, 366])
def test_no_day_in_the_past_or_far_away(application: Application, claire: User, days: int) -> None:
    due_on = day_of(timezone.now()) + timedelta(days=days)
    with pytest.raises(Refused, match=r"jour|day"):
        pieces.ask(application, title="CV", reason="Why", due_on=due_on, by=claire)
    with pytest.raises(Refused):
        pieces.extend(asked(application, by=claire), due_on=due_on, why="", by=claire)


def test_only_of_a_submitted_file_and_by_the_office(
    application: Application, cycle: Cycle, bruno: User, claire: User, amina: User
) -> None:
    with pytest.raises(Refused, match=r"soumise|submitted"):
        asked(factories.draft(bruno, cycle), by=claire)
    for who in (amina, bruno):
        with pytest.raises(Refused) as refused:
            asked(application, by=who)
        assert refused.value.forbidden
    assert not Request.objects.exists()


def test_sent_after_the_close_without_touching_the_submission(
    application: Application, claire: User
) -> None:
    request = asked(application, by=claire)
    before = application.submissions.get()
    Cycle.objects.update(closes_at=timezone.now() - timedelta(days=1))
    application.cycle.refresh_from_db()
    received(request, factories.pdf(text="final"))
    assert status_of(request) == "received"
    after = application.submissions.get()
    assert (after.sha256, after.documents.count()) == (before.sha256, before.documents.count())
    assert application.documents.get(slot=request.slot) == request.document
    assert request.document not in application.documents.current()
    assert letters("piece_received") == ["piece_received"]


def test_a_new_submission_leaves_the_piece_out(application: Application, claire: User) -> None:
    accepted(application, by=claire)
    factories.lifecycle.reopen(application, by=application.applicant, at=timezone.now())
    submission = factories.submit(application)
    assert {row.kind for row in submission.documents.all()} == {"cv", "transcript"}
    assert len(submission.content["documents"]) == 2


def test_sent_again_the_version_before_is_kept(application: Application, claire: User) -> None:
    request = received(asked(application, by=claire), factories.pdf(text="one"))
    first = request.document
    received(request, factories.pdf(text="two"))
    assert Document.objects.filter(slot=request.slot).count() == 2
    assert Document.objects.get(slot=request.slot, replaced_at=None) == request.document != first


def after_the_day(request: Request, seconds: int) -> datetime:
    """This long after the last second of the day it is due."""
    return end_of(request.due_on) + timedelta(seconds=seconds)


@pytest.mark.parametrize(("seconds", "in_time"), [(0, True), (599, True), (601, False)])
def test_until_the_end_of_the_day_in_montreal(
    application: Application, claire: User, seconds: int, in_time: bool
) -> None:
    request = asked(application, by=claire)
    send: Any = {"pages": 1, "by": application.applicant, "at": after_the_day(request, seconds)}
    if in_time:
        pieces.receive(request, factories.upload_of(), **send)
    else:
        with pytest.raises(Refused, match=r"passé|passed"):
            pieces.receive(request, factories.upload_of(), **send)
    assert status_of(request) == ("received" if in_time else "asked")


def test_another_day_lets_a_late_piece_in(application: Application, claire: User) -> None:
    request = asked(application, by=claire, days=-2)
    with pytest.raises(Refused):
        received(request)
    due_on = day_of(timezone.now()) + timedelta(days=3)
    pieces.extend(request, due_on=due_on, why="Strike at the university", by=claire)
    received(request)
    assert status_of(request) == "received"
    assert letters("piece_asked") == ["piece_asked", "piece_asked"]
    entry = AuditEntry.objects.about(request).get(verb="extend_piece")
    assert (entry.why, entry.details["after"]) == ("Strike at the university", str(due_on))
    with pytest.raises(Refused):
        pieces.extend(request, due_on=due_on, why="", by=claire)
    with pytest.raises(Refused) as refused:
        pieces.extend(request, due_on=due_on, why="", by=application.applicant)
    assert refused.value.forbidden


def test_the_same_day_again_says_nothing(application: Application, claire: User) -> None:
    request = asked(application, by=claire)
    pieces.extend(request, due_on=request.due_on, why="", by=claire)
    assert letters("piece_asked") == ["piece_asked"]


def test_nobody_else_sends_and_nothing_is_left(
    application: Application, claire: User, bruno: User
) -> None:
    request = asked(application, by=claire)
    for who in (bruno, claire):
        with pytest.raises(Refused) as refused:
            pieces.receive(request, factories.upload_of(), pages=1, by=who, at=timezone.now())
        assert refused.value.forbidden
    assert not Document.objects.filter(slot=request.slot).exists()
    assert letters("piece_received") == []


def test_refused_with_a_reason_and_asked_again(application: Application, claire: User) -> None:
    request = received(asked(application, by=claire, days=1))
    pieces.refuse(request, why="La page 2 est illisible.", by=claire)
    assert (request.status, request.refusal) == ("asked", "La page 2 est illisible.")
    assert request.due_on == day_of(timezone.now()) + timedelta(days=7)
    letter = OutgoingEmail.objects.get(letter="piece_refused")
    assert "La page 2 est illisible." in letter.text
    pieces.accept(received(request, factories.pdf(text="two")), by=claire)
    pieces.refuse(request, why="It is somebody else’s.", by=claire)
    assert letters("piece_refused") == ["piece_refused", "piece_refused"]


def test_cancelled(application: Application, claire: User) -> None:
    request = asked(application, by=claire)
    pieces.cancel(request, why="We found it.", by=claire)
    letter = OutgoingEmail.objects.get(letter="piece_cancelled")
    assert "We found it." not in letter.text
    with pytest.raises(Refused):
        received(request)


def test_nothing_is_received_for_a_file_that_is_gone(
    application: Application, claire: User
) -> None:
    request = asked(application, by=claire)
    factories.lifecycle.withdraw(application, by=application.applicant)
    with pytest.raises(Refused) as refused:
        received(request)
    assert refused.value.reasons


def test_one_reminder_a_due_day(
    application: Application, claire: User, django_assert_num_queries: Any
) -> None:
    request = asked(application, by=claire)
    soon = end_of(request.due_on) - timedelta(days=3)
    assert pieces.remind_all(at=soon - timedelta(days=1)) == 0
    for _run in range(2):
        pieces.remind_all(at=soon)
    assert letters("piece_reminder") == ["piece_reminder"]
    later = request.due_on + timedelta(days=10)
    pieces.extend(request, due_on=later, why="", by=claire)
    pieces.remind_all(at=end_of(later) - timedelta(days=2))
    assert len(letters("piece_reminder")) == 2
    asked(application, by=claire, title="CV")
    with django_assert_num_queries(5):
        assert pieces.remind_all(at=soon) == 1


def test_nobody_is_reminded_of_what_they_were_just_asked_for(
    application: Application, claire: User
) -> None:
    asked(application, by=claire, days=2)
    assert pieces.remind_all(at=timezone.now()) == 0
    assert pieces.remind_all(at=timezone.now() + timedelta(days=1, minutes=1)) == 1


def test_no_reminder_once_it_came_or_the_file_is_gone(
    application: Application, claire: User, cycle: Cycle, bruno: User
) -> None:
    received(asked(application, by=claire))
    gone = factories.submitted(bruno, cycle)
    request = asked(gone, by=claire)
    factories.lifecycle.withdraw(gone, by=bruno)
    assert pieces.remind_all(at=end_of(request.due_on) - timedelta(days=1)) == 0


def test_readers_get_accepted_pieces_only(application: Application, claire: User) -> None:
    asked(application, by=claire, title="One")
    received(asked(application, by=claire, title="Two"))
    accepted(application, by=claire, title="Three")
    assert [row.what for row in pieces.later_documents(application)] == ["Three"]


def test_who_sees_a_request(
    application: Application, claire: User, amina: User, bruno: User, david: User
) -> None:
    request = asked(application, by=claire)
    for who, sees in ((claire, True), (amina, True), (bruno, False), (david, False)):
        assert Request.objects.visible_to(who).filter(pk=request.pk).exists() == sees
