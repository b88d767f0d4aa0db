"""A bound dossier as a row: what the database holds it to, when it may be opened, what is said when its bytes are gone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from applications.models import Application
from audit.invariants import broken
from cycles.models import Cycle
from dossiers import noticing, shelf
from dossiers.models import Edition
from papers.sweeping import named, sweep
from tests import factories
from tests.dossiers import factories as dossiers


@pytest.fixture
def edition(application: Application) -> Edition:
    """Amina's, bound."""
    dossiers.bind()
    return dossiers.edition(application)


@pytest.mark.parametrize(
    "fields", [{"file": ""}, {"sha256": ""}, {"basis": ""}, {"pages": 0}, {"bound_at": None}]
)
def test_the_database_refuses_half_a_dossier(edition: Edition, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(**fields)


def test_the_database_refuses_a_second_one(edition: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(submission=edition.submission, is_blind=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(state="torn")


def test_it_says_what_it_is(edition: Edition) -> None:
    assert str(edition) == f"{edition.submission_id} (prêt)"


def test_the_sweep_leaves_it_and_takes_what_nobody_names_any_more(
    edition: Edition, application: Application
) -> None:
    name = str(edition.file)
    assert named([name]) == {name}
    later = timezone.now() + timedelta(days=2)
    sweep(later)
    assert default_storage.exists(name)
    factories.letter_from(factories.referee(application), dossiers.document(1, "letter"))
    dossiers.bind()
    sweep(later)
    assert not default_storage.exists(name)
    assert broken() == []


def test_a_lost_or_changed_dossier_is_seen(edition: Edition) -> None:
    path = Path(default_storage.path(str(edition.file)))
    path.write_bytes(b"other")
    assert "not what was made" in broken()[0]
    path.unlink()
    assert "its file is not there" in broken()[0]


def test_one_with_names_stays_open_while_it_is_bound_again(
    edition: Edition, application: Application
) -> None:
    submission = edition.submission
    assert shelf.edition_of(submission, blind=False) == edition
    factories.letter_from(factories.referee(application))
    noticing.notice()
    assert Edition.objects.get().state == "waiting"
    assert shelf.edition_of(submission, blind=False) == edition
    Edition.objects.all().delete()
    assert shelf.edition_of(submission, blind=False) is None
    assert shelf.edition_of(None, blind=False) is None


def test_a_blind_one_is_opened_only_while_it_is_what_would_be_bound_now(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cycle.objects.update(is_blind=True)
    dossiers.bind()
    submission = application.submissions.get()
    assert shelf.edition_of(submission, blind=True)
    marks = {submission.pk: "something is hidden now"}
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "marks_of", lambda _submissions: marks)
        assert shelf.edition_of(submission, blind=True) is None
    Edition.objects.update(state="waiting")
    assert shelf.edition_of(submission, blind=True) is None
    assert shelf.edition_of(submission, blind=False)


def test_a_piece_is_named_in_the_language_of_the_page(edition: Edition) -> None:
    french = [place.what for place in shelf.places_of(edition)]
    with translation.override("en"):
        english = [place.what for place in shelf.places_of(edition)]
    assert french[1].startswith("Relevé de notes")
    assert english[1].startswith("Transcript")
