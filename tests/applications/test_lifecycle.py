"""The verbs of an application: start, submit, reopen, withdraw."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application, Status, Submission
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db


def send(application: Application, **changes: Any) -> Submission:
    values = {
        "by": application.applicant,
        "revision": application.revision,
        "at": timezone.now(),
        **changes,
    }
    return lifecycle.submit(application, **values)


def test_start_makes_one_draft_and_gives_it_back(amina: User) -> None:
    cycle = factories.cycle()
    first = lifecycle.start(cycle, by=amina)
    assert lifecycle.start(cycle, by=amina) == first
    assert first.status == Status.DRAFT
    assert first.number.startswith("A27-")
    assert AuditEntry.objects.about(first).get().verb == "start"


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-3, -1)])
def test_start_is_refused_outside_the_window(amina: User, opens: int, closes: int) -> None:
    with pytest.raises(Refused):
        lifecycle.start(factories.cycle(opens=opens, closes=closes), by=amina)
    assert not Application.objects.exists()


def test_start_gives_back_a_draft_after_the_close(amina: User) -> None:
    cycle = factories.cycle()
    draft = lifecycle.start(cycle, by=amina)
    cycle.closes_at = timezone.now() - timedelta(days=1)
    cycle.save()
    assert lifecycle.start(cycle, by=amina) == draft


def test_submit_freezes_acknowledges_and_records(amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    submission = application.submissions.get()
    assert application.status == Status.SUBMITTED
    assert submission.receipt == f"MPP-{application.number}-1"
    assert submission.content["statement"] == application.statement
    assert [d["kind"] for d in submission.content["documents"]] == ["cv", "transcript"]
    assert submission.documents.count() == 2
    letter = OutgoingEmail.objects.get()
    assert letter.letter == "acknowledgement"
    assert submission.receipt in letter.subject
    assert submission.sha256 in letter.text
    assert AuditEntry.objects.about(application).last().verb == "submit"


def test_submit_writes_in_the_language_of_the_applicant(person: Any) -> None:
    reader = person("awa", language="en")
    factories.submitted(reader, factories.cycle())
    letter = OutgoingEmail.objects.get()
    assert letter.language == "en"
    assert letter.subject.startswith("We have received")


def test_submit_twice_gives_the_same_receipt_and_one_letter(amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()
    first = send(application)
    assert send(application) == first
    assert OutgoingEmail.objects.count() == 1


def test_submit_is_refused_with_what_lacks(amina: User) -> None:
    application = factories.draft(amina, factories.cycle(), statement="  ")
    application.refresh_from_db()
    with pytest.raises(Refused) as refused:
        send(application)
    assert len(refused.value.reasons) == 1
    application.refresh_from_db()
    assert application.status == Status.DRAFT
    assert not Submission.objects.exists()
    assert not OutgoingEmail.objects.exists()


def test_submit_is_refused_when_the_draft_changed_since_it_was_looked_at(amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()
    with pytest.raises(Refused):
        send(application, revision=application.revision - 1)


def test_submit_by_a_stranger_is_forbidden(amina: User, bruno: User) -> None:
    application = factories.draft(amina, factories.cycle())
    with pytest.raises(Refused) as refused:
        send(application, by=bruno)
    assert refused.value.forbidden


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-5, True), (0, True), (599, True), (600, True), (601, False)]
)
def test_the_deadline_is_judged_by_the_arrival_of_the_request(
    amina: User, seconds: int, accepted: bool
) -> None:
    cycle = factories.cycle(grace_minutes=10)
    application = factories.draft(amina, cycle)
    application.refresh_from_db()
    at = cycle.closes_at + timedelta(seconds=seconds)
    if accepted:
        assert send(application, at=at).at == at
    else:
        with pytest.raises(Refused):
            send(application, at=at)


def test_reopen_keeps_the_submission_and_submitting_again_makes_the_next(amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    first = application.submissions.get()
    lifecycle.reopen(application, by=amina, at=timezone.now())
    assert application.status == Status.REOPENED
    assert application.is_filed
    application.statement = "Autre chose."
    application.save()
    second = send(application)
    assert second.receipt.endswith("-2")
    first.refresh_from_db()
    assert first.content["statement"] == "Je veux apprendre."
    assert OutgoingEmail.objects.count() == 2


def test_a_late_retry_of_the_first_submission_gives_the_first_receipt(amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()
    revision = application.revision
    first = send(application)
    application.refresh_from_db()
    lifecycle.reopen(application, by=amina, at=timezone.now())
    assert send(application, revision=revision) == first
    application.refresh_from_db()
    assert application.status == Status.REOPENED


def test_reopen_is_refused_after_the_close(amina: User) -> None:
    cycle = factories.cycle()
    application = factories.submitted(amina, cycle)
    with pytest.raises(Refused):
        lifecycle.reopen(application, by=amina, at=cycle.closes_at + timedelta(hours=1))


def test_withdraw_by_the_applicant_then_start_again(amina: User) -> None:
    cycle = factories.cycle()
    application = factories.submitted(amina, cycle)
    lifecycle.withdraw(application, by=amina)
    assert application.status == Status.WITHDRAWN
    assert not application.is_filed
    assert lifecycle.start(cycle, by=amina) != application


def test_withdraw_by_a_coordinator_needs_no_more_than_a_reason(amina: User, claire: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    lifecycle.withdraw(application, by=claire, why="Asked by telephone.")
    assert AuditEntry.objects.about(application).last().why == "Asked by telephone."


def test_editable_refuses_a_submitted_file_and_a_stranger(amina: User, bruno: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    with transaction.atomic():
        with pytest.raises(Refused):
            lifecycle.editable(application, by=amina, at=timezone.now())
        with pytest.raises(Refused) as refused:
            lifecycle.editable(application, by=bruno, at=timezone.now())
    assert refused.value.forbidden


def test_a_submission_is_never_rewritten(amina: User) -> None:
    submission = factories.submitted(amina, factories.cycle()).submissions.get()
    submission.content = {}
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        submission.save()


def in_threads(count: int, work: Any) -> list[Any]:
    """Run `work` at the same time in real threads, each with its own connection."""

    def one(_index: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_from_twenty_threads_make_one_submission(amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    application.refresh_from_db()

    def click() -> list[str]:
        mine = Application.objects.select_related("applicant", "cycle").get(pk=application.pk)
        return [send(mine, revision=application.revision).receipt for _click in range(50)]

    receipts = {receipt for clicks in in_threads(20, click) for receipt in clicks}
    assert receipts == {f"MPP-{application.number}-1"}
    assert Submission.objects.count() == 1
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_start_at_once_share_one_draft(amina: User) -> None:
    cycle = factories.cycle()
    started = in_threads(8, lambda: lifecycle.start(cycle, by=amina).pk)
    assert len(set(started)) == 1
    assert Application.objects.count() == 1
