"""What `check_invariants` says of files."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from audit.invariants import broken
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(amina: User) -> CheckedFile:
    factories.attach(factories.draft(amina, factories.cycle(), complete=False))
    assert broken() == []
    factories.check()
    assert broken() == []
    return CheckedFile.objects.get()


def path_of(name: object) -> Path:
    return Path(default_storage.path(str(name)))


def test_a_lost_or_changed_copy_is_seen(check: CheckedFile) -> None:
    path_of(check.cleaned).write_bytes(b"other")
    assert "not what was made" in broken()[0]
    path_of(check.cleaned).unlink()
    assert "cleaned copy is not there" in broken()[0]


def test_a_lost_picture_is_seen(check: CheckedFile) -> None:
    CheckedFile.objects.update(preview="previews/aa/none.webp")
    assert "picture of its first page is not there" in broken()[0]
