"""Who looked at their answer, when first, and whom the staff calls."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from answers import seeing
from answers.models import Call, Sighting
from applications.models import Application
from audit.moves import Refused
from reviews.models import Decision
from tests.answers import factories as answers
from tests.conftest import Settle
from tests.reviews import factories as judging

HOME = "/en/applications/mine/"


@pytest.fixture
def shown(application: Application, claire: User, dominique: User) -> Decision:
    """Accepted, and visible."""
    return answers.released(application, "accept", proposer=claire, director=dominique)


def test_the_first_look_is_kept_once(client: Client, shown: Decision, amina: User) -> None:
    client.force_login(amina)
    client.get(HOME, headers={"Sec-Purpose": "prefetch"})
    assert not Sighting.objects.exists()
    client.get(HOME)
    first = Sighting.objects.get()
    assert str(first) == str(shown)
    client.get(HOME)
    client.get(f"/en/applications/{shown.application.number}/")
    assert Sighting.objects.get().at == first.at
    assert seeing.seen_of(shown.release) == 1  # type: ignore[arg-type]


def test_nothing_is_kept_before_the_release(
    client: Client, application: Application, claire: User, dominique: User
) -> None:
    answers.answered(application, "accept", proposer=claire, director=dominique)
    client.force_login(application.applicant)
    client.get(HOME)
    assert not Sighting.objects.exists()


def test_whom_to_call(
    client: Client, shown: Decision, claire: User, person: Settle, settings: Any
) -> None:
    release: Any = shown.release
    assert not seeing.is_time_to_call(release)
    settings.RELEASE_UNREAD_HOURS = 0
    assert seeing.is_time_to_call(release)
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(shown.application, zoe, by=claire)
    assert list(seeing.unread(release, claire)) == [shown]
    assert not seeing.unread(release, zoe).exists()
    for by, note in ((claire, " "), (zoe, "x"), (person("ned"), "x")):
        with pytest.raises(Refused):
            seeing.call(shown, by=by, note=note)
    client.force_login(claire)
    address = f"/en/decisions/{shown.pk}/called/"
    assert client.get(address).status_code == 405
    client.post(address, {"note": "She looks tonight."})
    noted = Call.objects.get()
    assert (noted.note, str(noted)) == ("She looks tonight.", str(shown))
    page = client.get(f"/en/releases/{release.pk}/unread/").content.decode()
    assert "She looks tonight." in page
    seeing.saw(shown, {})
    assert not seeing.unread(release, claire).exists()


def test_a_release_that_is_not_done_has_nobody_to_call(
    application: Application, claire: User, dominique: User
) -> None:
    answers.answered(application, "accept", proposer=claire, director=dominique)
    row = answers.approved(application.cycle, preparer=claire, director=dominique)
    assert not seeing.is_time_to_call(row)
    assert row.due_at is not None
    assert row.due_at - timezone.now() > timedelta(hours=1)
