"""The second check: asked for with the row, once for each content."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from papers import checking, tasks
from papers.models import CheckedFile
from papers.models.checked_file import cleaned_name, preview_name
from tests import factories
from tests.papers.scanner import EICAR, VERSION, Scanner

pytestmark = pytest.mark.django_db

SHA = "ab" * 32


def ask(sha: str = SHA, **fields: Any) -> CheckedFile:
    values = {"sha256": sha, "size": 10, "pages": 1, **fields}
    name = f"documents/{sha[:2]}/{sha}.pdf"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"%PDF-"))
    with transaction.atomic():
        checking.ask(name, **values)
    return CheckedFile.objects.get(sha256=sha)


def test_an_upload_asks_for_its_check(amina: User) -> None:
    document = factories.attach(factories.draft(amina, factories.cycle(), complete=False))
    row = CheckedFile.objects.get()
    assert (row.sha256, row.original, row.pages) == (document.sha256, document.file.name, 1)
    assert (row.state, row.problem, row.size) == ("waiting", "", document.size)
    assert row in CheckedFile.objects.due()


def test_the_same_content_is_checked_once() -> None:
    first = ask(preview=b"RIFF")
    assert ask(pages=7) == first
    assert CheckedFile.objects.get().pages == 1
    with default_storage.open(str(first.preview)) as picture:
        assert picture.read() == b"RIFF"


@pytest.mark.django_db(transaction=True)
def test_a_check_is_never_asked_for_without_its_row() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        checking.ask("x.pdf", sha256=SHA, size=1, pages=1)


def test_the_states_of_many_files_are_one_query(django_assert_num_queries: Any) -> None:
    one, two = ask(), ask("cd" * 32)
    with django_assert_num_queries(1):
        assert checking.state_of([SHA, two.sha256, "ef" * 32]) == {
            SHA: one,
            two.sha256: two,
        }


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "clean", "checked_at": timezone.now()},
        {"state": "refused", "checked_at": timezone.now()},
        {"state": "waiting", "checked_at": timezone.now()},
        {"state": "refused", "problem": "virus"},
        {"problem": "virus"},
    ],
)
def test_the_database_refuses_half_a_check(fields: dict[str, Any]) -> None:
    ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckedFile.objects.update(**fields)


def test_it_says_what_it_is() -> None:
    row = ask()
    assert str(row) == "abababababab (vérification en cours)"
    assert row.why == ""
    row.problem = "virus"
    assert "antivirus" in str(row.why)


@pytest.fixture
def document(amina: User) -> Any:
    return factories.attach(factories.draft(amina, factories.cycle(), complete=False))


def test_a_sound_file_gets_its_cleaned_copy(document: Any) -> None:
    assert factories.check() == 1
    row = CheckedFile.objects.get()
    assert (row.state, row.problem, row.scanned_by, row.tries) == ("clean", "", "", 1)
    assert row.cleaned.name == f"cleaned/{row.sha256[:2]}/{row.sha256}.pdf"
    assert row.checked_at
    with default_storage.open(str(row.cleaned)) as kept:
        content = kept.read()
    assert hashlib.sha256(content).hexdigest() == row.cleaned_sha256
    assert content != factories.pdf()
    assert factories.check() == 0


def test_a_file_that_came_without_a_picture_gets_one(document: Any) -> None:
    assert not CheckedFile.objects.get().preview
    factories.check()
    row = CheckedFile.objects.get()
    assert row.preview.name == preview_name(row)
    with default_storage.open(str(row.preview)) as picture:
        assert picture.read(4) == b"RIFF"


def test_the_scanner_is_named(document: Any, scanner: Scanner, settings: Any) -> None:
    settings.CLAMAV_URL = scanner.url
    factories.check()
    row = CheckedFile.objects.get()
    assert (row.state, row.scanned_by) == ("clean", VERSION)
    assert scanner.seen == [factories.pdf()]


def test_a_virus_is_refused_and_nothing_is_cleaned(
    amina: User, scanner: Scanner, settings: Any
) -> None:
    settings.CLAMAV_URL = scanner.url
    draft = factories.draft(amina, factories.cycle(), complete=False)
    factories.attach(draft, content=factories.pdf() + EICAR)
    factories.check()
    row = CheckedFile.objects.get()
    assert (row.state, row.problem, row.cleaned.name) == ("refused", "virus", "")
    (line,) = AuditEntry.objects.about(row)
    assert (line.verb, line.details) == ("refuse_file", {"problem": "virus"})
    assert not default_storage.exists(cleaned_name(row))


def test_a_false_alarm_is_checked_again(document: Any, scanner: Scanner, settings: Any) -> None:
    settings.CLAMAV_URL = scanner.url
    scanner.says = "Heuristics.Silly FOUND"
    factories.check()
    assert checking.again("broken") == 0
    assert checking.again("virus") == 1
    scanner.says = ""
    factories.check()
    assert CheckedFile.objects.get().state == "clean"


def test_while_the_scanner_is_away_files_wait_longer_and_longer(
    document: Any, short_path: Path, settings: Any
) -> None:
    settings.CLAMAV_URL = f"unix://{short_path}/nobody"
    pauses = []
    for _turn in range(8):
        CheckedFile.objects.update(due_at=timezone.now())
        assert factories.check() == 1
        row = CheckedFile.objects.get()
        assert row.state == "waiting"
        pauses.append(round((row.due_at - timezone.now()).total_seconds(), -1))
        assert factories.check() == 0
    assert pauses == sorted(pauses)
    assert pauses[0] == pytest.approx(30, abs=5)
    assert pauses[-1] == pytest.approx(600, abs=5)


def test_a_worker_that_dies_only_delays(document: Any) -> None:
    assert checking.take() == CheckedFile.objects.get()
    assert checking.take() is None
    CheckedFile.objects.update(due_at=timezone.now())
    assert factories.check() == 1
    assert CheckedFile.objects.get().state == "clean"


def test_a_file_that_cannot_be_cleaned_is_refused_the_third_time(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle(), complete=False)
    factories.attach(draft, content=b"%PDF-1.7 and nothing else")
    states = []
    for _turn in range(3):
        CheckedFile.objects.update(due_at=timezone.now())
        factories.check()
        states.append(CheckedFile.objects.get().state)
    assert states == ["waiting", "waiting", "refused"]
    assert CheckedFile.objects.get().problem == "broken"


def test_a_stored_file_that_changed_is_never_cleaned(document: Any) -> None:
    Path(default_storage.path(str(document.file))).write_bytes(factories.pdf(9))
    factories.check()
    assert CheckedFile.objects.get().state == "waiting"


def test_who_answers_late_changes_nothing(document: Any) -> None:
    row = checking.take()
    assert row
    CheckedFile.objects.update(state="refused", problem="virus", checked_at=timezone.now())
    checking.check(row)
    assert CheckedFile.objects.get().state == "refused"


def test_the_check_stops_after_its_time(document: Any) -> None:
    assert checking.check_due(0) == 0


def test_two_workers_never_take_the_same_file(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle(), complete=False)
    for pages in range(1, 4):
        factories.attach(draft, "cv", factories.pdf(pages))
    assert len({row.pk for _turn in range(3) if (row := checking.take())}) == 3


def test_the_timetable_checks_files(document: Any) -> None:
    tasks.check_files()
    assert CheckedFile.objects.get().state == "clean"
