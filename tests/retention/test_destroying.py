"""An application with everything that hangs on it, and its person, are gone: rows, files, letters, sealed entries, words of the trail."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from audit.invariants import broken
from audit.models import AuditEntry
from finding import exporting
from papers import sweeping
from retention.due import due
from retention.models import Disposal, Hold, Item, Kind
from scholarships import abouts
from scholarships.vault import entries
from tests.access.planting import plant
from tests.access.world import World, build
from tests.retention.factories import dispose, years_later
from tests.scholarships.factories import a_candidacy, a_round

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=False)
KINDS = (Kind.DRAFT, Kind.ENDED, Kind.REGISTERED, Kind.ACCOUNT)
SAID = {"words": "zqxvaultk"}


@pytest.fixture
def world(person: Callable[..., User], adam: User) -> World:
    return build(person, adam)


def everything() -> str:
    """Each row of each table of the product's, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
                found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def sealed() -> int:
    with connections["vault"].cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM link)")
        return int(cursor.fetchone()[0])


def files_of(folder: str) -> set[str]:
    return {path.name for path in Path(folder).rglob("*") if path.is_file()}


def test_nothing_of_a_person_is_left(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    owner, claire, dominique = (world.people[x] for x in ("owner", "coordinator", "director"))
    mine = list(Application.objects.filter(applicant=owner))
    asked = a_candidacy(a_round(mine[0].cycle), mine[0])
    for about in (abouts.identification(mine[0]), abouts.declaration(asked)):
        entries.declare(about, SAID, by=owner)
    Hold.objects.all().delete()  # the world holds one of them
    marks = [mark for mark in plant(owner) if not mark.place.startswith("cycles.")]
    before = everything()
    planted = [mark for mark in marks if mark.text in before]
    assert len(planted) > 100
    assert len(files_of(settings.MEDIA_ROOT)) >= 3
    at = years_later()
    for kind in KINDS:
        with django_capture_on_commit_callbacks(execute=True):
            if Disposal.objects.standing().filter(kind=kind).exists() or due(kind, at):
                dispose(kind, at=at, claire=claire, dominique=dominique)
    after = everything()
    assert [mark.place for mark in planted if mark.text in after] == []
    assert owner.email not in after
    assert not sealed()
    sweeping.sweep(
        timezone.now() + timedelta(days=1)
    )  # the same content under another name waits for the day's sweep
    exporting.expire()  # a list that was taken away goes once somebody on it does
    assert files_of(settings.MEDIA_ROOT) == set()
    assert not Application.objects.filter(applicant=owner).exists()
    assert not User.objects.filter(pk=owner.pk).exists()
    done = Disposal.objects.filter(kind__in=KINDS).values_list("status", flat=True)
    assert set(done) == {"done"}
    # What was done, and when, stays; of whom, nothing.
    subject = f"applications.application:{mine[0].pk}"
    kept = AuditEntry.objects.filter(subject=subject)
    assert kept.exists()
    assert set(kept.values_list("why", flat=True)) == {""}
    assert Item.objects.get(subject=subject).counted["applications.application"] == 1
    assert broken() == []
