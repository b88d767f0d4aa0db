"""The demonstration's world: whole, sound, the same again, and only once."""

import io
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.demo import CAST
from accounts.models import User
from applications.models import Application, Document, Referee, RefereeStatus, Status
from audit.invariants import broken
from config.seed import calendar, files, papers, pretence, world
from config.seed.people import APPLICANTS
from cycles.models import Cycle, Phase
from followup.models import Offer, UdemFile
from reviews.models import Assignment, Decision

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed", *arguments, stdout=out)
    return out.getvalue()


def census() -> dict[str, Any]:
    """What there is, without the random numbers of files and receipts."""
    models = (User, Cycle, Application, Document, Assignment, Decision, Offer, UdemFile)
    counts = {model.__name__: model._default_manager.count() for model in models}
    names = Application.objects.order_by("cycle", "last_names").values_list("last_names", "status")
    documents = Document.objects.order_by("sha256").values_list("sha256", flat=True)
    return {**counts, "names": list(names), "documents": list(documents)}


def test_the_world_has_something_for_every_page() -> None:
    assert "40" in seed()
    assert broken() == []
    past, coming, now = Cycle.objects.order_by("starts_on")
    assert (past.phase(), coming.phase(), now.phase()) == (Phase.AFTER, Phase.ANSWERS, Phase.OPEN)
    assert Cycle.objects.current() == now
    assert User.objects.filter(email__in=[one.email for one in CAST]).count() == len(CAST)
    assert {*now.applications.values_list("status", flat=True)} == {*Status.values}
    assert now.applications.count() == 40
    assert now.criteria.count() == 5
    assert {*Decision.objects.filter(application__cycle=now).values_list("status", flat=True)} == {
        Decision.Status.PROPOSED,
        Decision.Status.APPROVED,
    }
    assert {
        *Assignment.objects.filter(application__cycle=now).values_list("status", flat=True)
    } == {
        Assignment.Status.ASSIGNED,
        Assignment.Status.HANDED_IN,
        Assignment.Status.CONFLICT,
    }
    assert {*Offer.objects.values_list("status", flat=True)} == {"accepted", "declined", "expired"}
    assert UdemFile.objects.exclude(number="").filter(offer__decision__application__cycle=past)
    states = {*Referee.objects.values_list("status", flat=True)}
    assert states == {*RefereeStatus.values} - {RefereeStatus.REMOVED}
    the_two_demo_applicants_can_try_the_main_job()
    seeding_again_changes_nothing()


def the_two_demo_applicants_can_try_the_main_job() -> None:
    without, offered = (User.objects.get(email=one.email) for one in CAST[:2])
    assert not without.applications.exists()
    decision = Decision.objects.visible_to(offered).get()
    assert decision.outcome == "accept"
    assert not Offer.objects.filter(decision=decision).exists()
    assert decision.application.cycle.reply_by > timezone.localdate()


def seeding_again_changes_nothing() -> None:
    before = census()
    assert seed("--if-empty") == ""
    with pytest.raises(CommandError, match="already"):
        seed()
    assert census() == before


def test_the_same_world_every_time() -> None:
    now = timezone.now()
    seen = []
    for _turn in range(2):
        with transaction.atomic():
            seeding = world.build_bare(now=now)
            seeding.accounts = files.accounts(world.crowd(world.LAST_YEAR + world.WINTER))
            world.winter(seeding)
            seen.append(census())
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def test_bare_has_a_cycle_and_nobody() -> None:
    seed("--bare")
    assert Cycle.objects.open().get().criteria.count() == 5
    assert not Application.objects.exists()
    assert broken() == []


def test_only_demonstrations_are_seeded(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demonstration"):
        seed()
    assert not Cycle.objects.exists()


def test_too_few_is_said() -> None:
    with pytest.raises(CommandError, match="At least 4"):
        seed("--applicants", "3")


def test_more_people_than_names() -> None:
    people = world.crowd(3 * len(APPLICANTS))
    assert len({who.key for who in people}) == len(people)


@pytest.mark.parametrize("kind", ["cv", "transcript", "diploma", "reference"])
def test_the_papers_are_sound(kind: str) -> None:
    for who in APPLICANTS[:2]:
        file = papers.paper(kind, who, Random(1))
        assert len(file.name or "") < 64
        with pikepdf.open(io.BytesIO(file.read())) as opened:
            assert not opened.check_pdf_syntax()
            assert len(opened.pages) == papers.pages_of(kind)


def test_the_window_is_the_real_one_when_today_is_inside() -> None:
    year = calendar.this_year(datetime(2026, 11, 10, 12, tzinfo=UTC))
    assert year.fields["code"] == "A27"
    assert year.opens_at.isoformat() == "2026-10-15T09:00:00-04:00"
    assert year.closes_at.isoformat() == "2026-12-01T23:59:59-05:00"
    assert year.fields["udem_safe_on"] == date(2027, 1, 31)


@pytest.mark.parametrize("days", range(0, 366, 13))
def test_a_cycle_is_open_whatever_the_day(days: int) -> None:
    now = datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=days)
    year = calendar.this_year(now)
    assert year.opens_at < now < year.closes_at - timedelta(days=1)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_calendar_stands_in_every_season(month: int) -> None:
    now = datetime(2027, month, 20, 17, tzinfo=UTC)
    offered, year = calendar.programs(), calendar.this_year(now)
    before = calendar.Year(year.year - 1, year.shift)
    for fields in (before.fields, calendar.winter(now), year.fields):
        calendar.cycle(fields, offered).full_clean()
    with pretence.at(now):
        assert Cycle.objects.current() == Cycle.objects.open().get()


def test_the_clock_is_given_back() -> None:
    real = timezone.now
    with pretence.at(datetime(2020, 1, 1, tzinfo=UTC)):
        assert timezone.now().year == 2020
    assert timezone.now is real
    with pytest.raises(ValueError, match="month"), pretence.at(real()):
        date(2020, 13, 1)
    assert timezone.now is real
