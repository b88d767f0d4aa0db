"""What no row names goes after a day, and nothing else ever."""

import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.invariants import broken
from audit.moves import Refused
from papers import checking, sweeping, tasks
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db
SHA = "ab" * 32
NAME = f"documents/ab/{SHA}.pdf"


def left(name: str, *, hours: float = 25) -> Path:
    """A file that somebody kept so long ago."""
    default_storage.save(name, ContentFile(b"%PDF-"))
    path = Path(default_storage.path(name))
    at = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))
    return path


def test_what_nobody_names_goes_after_a_day() -> None:
    old, young = left("documents/aa/old.pdf"), left("documents/aa/young.pdf", hours=23)
    half = left("documents/aa/.part-x1y2")
    tasks.sweep_files()
    assert (old.exists(), half.exists(), young.exists()) == (False, False, True)


def test_what_a_row_names_stays(amina: User) -> None:
    document = factories.attach(factories.draft(amina, factories.cycle(), complete=False))
    factories.check()
    check = CheckedFile.objects.get()
    names = {str(document.file), str(check.cleaned)}
    assert sweeping.named([*names, "documents/aa/none.pdf"]) == names
    assert sweeping.sweep(before=timezone.now() + timedelta(days=1)) == 0
    assert broken() == []


def test_many_are_swept_in_few_queries(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    paths = [left(f"documents/aa/{number}.pdf") for number in range(5)]
    assert sweeping.sweep() == 5
    assert not any(path.exists() for path in paths)


def test_what_was_known_of_a_swept_file_goes_with_it() -> None:
    left(NAME)
    with transaction.atomic():
        checking.ask(NAME, sha256=SHA, size=1, pages=1, preview=b"RIFF")
    picture = default_storage.path(str(CheckedFile.objects.get().preview))
    assert sweeping.sweep() == 1
    assert not CheckedFile.objects.exists()
    assert sweeping.sweep(before=timezone.now() + timedelta(days=1)) == 1
    assert not Path(picture).exists()


def test_a_file_that_was_swept_meanwhile_is_asked_for_again() -> None:
    with pytest.raises(Refused, match="Téléversez-le"), transaction.atomic():
        checking.ask(NAME, sha256=SHA, size=1, pages=1)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_waits_for_a_row_that_is_being_written(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle(), complete=False)
    content = factories.pdf(5)
    document = factories.attach(draft, content=content)
    draft.documents.all().delete()
    name = str(document.file)
    told: list[bool] = []

    def sweep() -> None:
        told.append(sweeping.forget(name))
        connection.close()

    thread = threading.Thread(target=sweep)
    with transaction.atomic():
        factories.attach(draft, content=content)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(20)
    assert told == [False]
    assert default_storage.exists(name)
