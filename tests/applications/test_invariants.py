"""Each invariant of the intake sees what it is there to see."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import User
from applications.models import Application, Referee
from audit.invariants import broken
from notifications.models import OutgoingEmail
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(amina: User) -> Application:
    return factories.submitted(amina, factories.cycle())


def test_nothing_is_broken_after_a_submission(filed: Application) -> None:
    assert broken() == []


def test_a_status_written_behind_the_trail_is_seen(filed: Application) -> None:
    Application.objects.update(status="withdrawn")
    assert "its status is not its last move" in broken()[0]


def test_a_filed_application_without_submission_is_seen(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle())
    Application.objects.update(status="submitted", submitted_at=draft.created_at)
    assert any("without a submission" in sentence for sentence in broken())


def test_a_rewritten_submission_is_seen(filed: Application) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE applications_submission DISABLE TRIGGER USER")
        cursor.execute("UPDATE applications_submission SET content = content - 'statement'")
        cursor.execute("ALTER TABLE applications_submission ENABLE TRIGGER USER")
    assert "not what was received" in broken()[0]


def test_a_submission_that_lost_a_document_is_seen(filed: Application) -> None:
    filed.submissions.get().documents.clear()
    assert "does not hold the documents" in broken()[0]


def test_a_missing_acknowledgement_is_seen(filed: Application) -> None:
    OutgoingEmail.objects.all().delete()
    assert "has no acknowledgement" in broken()[0]


def test_a_lost_or_changed_file_is_seen(filed: Application) -> None:
    document = filed.documents.first()
    assert document
    path = Path(default_storage.path(str(document.file)))
    path.write_bytes(b"other")
    assert any("not what was received" in sentence for sentence in broken())
    path.unlink()
    assert any("not there" in sentence for sentence in broken())


def test_a_document_that_nobody_checks_is_seen(filed: Application) -> None:
    CheckedFile.objects.all().delete()
    assert "nobody asked for its check" in broken()[0]


# Referees -----------------------------------------------------------------------------------------
def letter(filed: Application) -> Referee:
    content = factories.pdf(1, "a letter")
    return factories.letter_from(factories.referee(filed), content)


def test_a_letter_of_reference_breaks_nothing(filed: Application) -> None:
    letter(filed)
    assert broken() == []


def test_a_lost_letter_of_reference_is_seen(filed: Application) -> None:
    path = Path(default_storage.path(str(letter(filed).file)))
    path.unlink()
    assert any("Letter of reference" in sentence for sentence in broken())


def test_a_referee_without_an_invitation_is_seen(filed: Application) -> None:
    factories.referee(filed)
    Referee.objects.update(address_version=2)
    assert any("never invited" in sentence for sentence in broken())


def test_a_referees_status_behind_the_trail_is_seen(filed: Application) -> None:
    factories.referee(filed)
    Referee.objects.update(status="removed")
    assert any("not the last move" in sentence for sentence in broken())


def test_a_letter_of_reference_that_nobody_checks_is_seen(filed: Application) -> None:
    row = letter(filed)
    CheckedFile.objects.filter(sha256=row.sha256).delete()
    assert any("check of the letter" in sentence for sentence in broken())
