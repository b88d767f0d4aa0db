"""The second check: asked for with the row, once for each content."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from papers import checking
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db

SHA = "ab" * 32


def ask(sha: str = SHA, **fields: Any) -> CheckedFile:
    values = {"sha256": sha, "size": 10, "pages": 1, **fields}
    with transaction.atomic():
        checking.ask(f"documents/{sha[:2]}/{sha}.pdf", **values)
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
