"""The pages of a release: each act by its address, each refusal a sentence, the part that refreshes itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from answers import gate, release
from answers.dry_run import dry_run, previews
from answers.forms import proposed_hour
from answers.frozen import Halt
from applications.models import Application
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews.models import Decision, Release
from tests import factories
from tests.answers import factories as answers
from tests.reviews import factories as judging


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


@pytest.fixture
def direction(dominique: User) -> Client:
    """Dominique's browser."""
    client = Client()
    client.force_login(dominique)
    return client


@pytest.fixture
def prepared(application: Application, claire: User, dominique: User) -> Release:
    """A frozen list of one."""
    answers.answered(application, "accept", proposer=claire, director=dominique)
    return release.prepare_release(application.cycle, by=claire, while_open=True)


def said(client: Client, address: str, **fields: Any) -> str:
    """The page that follows an act."""
    return client.post(address, fields, follow=True).content.decode()


def status_of(row: Release) -> str:
    row.refresh_from_db()
    return row.status


def test_the_whole_day(direction: Client, office: Client, prepared: Release) -> None:
    here = f"/en/releases/{prepared.pk}/"
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT10:00}"
    assert "do not exist" in said(direction, f"{here}approve/", at="tomorrow")
    assert "by itself" in said(direction, f"{here}approve/", at=tomorrow)
    assert "A professor called" in said(office, f"{here}hold/", why="A professor called")
    assert office.post(f"{here}resume/", {"at": tomorrow}).status_code == 403
    assert "Resumed" in said(direction, f"{here}resume/", at=tomorrow)
    assert "not the fingerprint" in said(direction, f"{here}go/", typed="0000 0000")
    assert status_of(prepared) == "approved"
    said(direction, f"{here}go/", typed=prepared.fingerprint[:8])
    assert status_of(prepared) == "done"
    OutgoingEmail.objects.exclude(batch="").update(status="held")
    assert "1 letter is leaving" in said(office, f"{here}free/", why="Seen")


def test_the_part_that_refreshes_itself(
    direction: Client, prepared: Release, dominique: User
) -> None:
    part = f"/en/releases/{prepared.pk}/progress/"
    assert "HX-Refresh" not in direction.get(f"{part}?seen=prepared")
    assert "hx-get" not in direction.get(f"{part}?seen=prepared").content.decode()
    soon = timezone.now() + timedelta(minutes=5)
    release.approve_release(prepared, by=dominique, at=soon)
    moving = direction.get(f"{part}?seen=prepared")
    assert (moving["HX-Refresh"], "hx-get" in moving.content.decode()) == ("true", True)
    release.release(prepared, by=dominique)
    assert "hx-get" in direction.get(f"{part}?seen=done").content.decode()
    OutgoingEmail.objects.update(status="sent", sent_at=timezone.now())
    assert "every letter has left" in direction.get(f"{part}?seen=done").content.decode()


def test_a_halt_says_why(direction: Client, prepared: Release, dominique: User) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    release.approve_release(prepared, by=dominique, at=soon)
    release._stopped(prepared, release.HOLD, dominique, Halt.PERSON)
    assert "no longer a director" in direction.get(f"/en/releases/{prepared.pk}/").content.decode()


def test_a_correction_from_its_page(
    office: Client, direction: Client, application: Application, claire: User, dominique: User
) -> None:
    old = answers.released(application, "decline", proposer=claire, director=dominique)
    address = f"/en/decisions/{old.pk}/correct/"
    assert "Decline" in office.get(address).content.decode()
    assert office.post(address, {"outcome": "accept"}).status_code == 422
    fields = {"outcome": "accept", "program": factories.program().code, "why": "Wrong line"}
    assert "Wrong line" in said(office, address, **fields)
    made = Decision.objects.corrections().get()
    assert "Something grave" in said(direction, f"/en/decisions/{made.pk}/approve/")
    prints = [row.fingerprint for row in gate.findings(application.cycle, dominique)]
    gate.keep(application.cycle, prints, "Read by all of us", by=dominique)
    said(direction, f"/en/decisions/{made.pk}/approve/")
    said(office, "/en/releases/prepare/", cycle=application.cycle.code, kind="correction")
    frozen = Release.objects.unfinished().get()
    assert frozen.is_correction
    said(direction, f"/en/releases/{frozen.pk}/go/", typed=frozen.short_fingerprint)
    assert judging.current(application) == made


def test_letters_drawn_by_lot(
    direction: Client, prepared: Release, dominique: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = previews(prepared, dominique)
    assert one.letter is not None
    assert prepared.cycle.name_fr in one.letter.text
    address = f"/en/releases/{prepared.pk}/letters/"
    assert one.letter.subject in direction.get(address).content.decode()
    Application.objects.update(number="X\nY")
    assert previews(prepared, dominique)[0].letter is None
    assert "cannot be written" in direction.get(address).content.decode()
    release.cancel_release(prepared, by=dominique, why="Wrong")
    assert "Nothing waits" in direction.get(address).content.decode()


def test_who_may_not_be_reached(prepared: Release, claire: User, amina: User) -> None:
    assert dry_run(prepared, claire).unreachable == []
    User.objects.filter(pk=amina.pk).update(email="not-an-address")
    assert len(dry_run(prepared, claire).unreachable) == 1


def test_the_usual_hour_and_another(cycle: Cycle) -> None:
    assert (proposed_hour(cycle).hour, proposed_hour(cycle).date()) == (10, cycle.release_on)
    cycle.release_on = timezone.localdate() - timedelta(days=1)
    later = proposed_hour(cycle)
    assert (later > timezone.now(), later.minute) == (True, 0)


def test_pages_cost_the_same_whatever_the_number(
    office: Client, cycle: Cycle, claire: User, dominique: User
) -> None:
    counts = []
    for first, number in ((0, 1), (1, 3)):
        for file in judging.filed(number, cycle, first=first):
            answers.answered(file, "decline", proposer=claire, director=dominique)
        row = release.prepare_release(cycle, by=claire, while_open=True)
        pages = [f"/en/releases/{row.pk}/", f"/en/releases/{row.pk}/letters/"]
        counts.append([_queries(office, page) for page in pages])
        release.release(row, by=dominique)
        OutgoingEmail.objects.update(status="bounced", error="550")
        done = [pages[0], f"{pages[0]}progress/?seen=done", f"{pages[0]}unread/"]
        counts[-1] += [_queries(office, page) for page in done]
    assert counts[0] == counts[1]


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
