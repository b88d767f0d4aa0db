"""The deadline is fair: judged by when a request reached the front server, for everyone, on every night.

With `TORTURE=1` in the environment the counts are those of the promise (500 requests; 100 drafts, 50 clicks each);
without, a fifth of them, for every run.
"""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from accounts.models import User
from applications import lifecycle
from applications.models import Application, Submission
from cycles.clock import MONTREAL
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests import factories, torture
from tests.applications.copies import copies

REQUESTS = torture.of(100, 500)
DRAFTS, CLICKS = torture.of(20, 100), 50
THREADS = 8
SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)  # how finely the front server stamps
DECLARED = ["true", "notice", "transfer"]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[Any], Any], items: list[Any]) -> list[Any]:
    """The work on each item, in real threads that keep both cores busy."""

    def one(item: Any) -> Any:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, items))


def ending(cycle: Cycle, end: datetime) -> Cycle:
    """The cycle whose last accepted moment, grace included, is `end`."""
    cycle.closes_at = end - timedelta(minutes=cycle.grace_minutes)
    cycle.opens_at = cycle.closes_at - timedelta(days=30)
    cycle.save()
    return cycle


def around(end: datetime, count: int) -> list[datetime]:
    """So many moments from five seconds before to five seconds after, with the end itself and its neighbours."""
    step = 10_000 // (count - 3)
    edge = [end, end - MILLISECOND, end + MILLISECOND]
    return edge + [end - 5 * SECOND + index * step * MILLISECOND for index in range(count - 3)]


def send(application: Application, stamp: datetime | None, **headers: str) -> int:
    """Submit as the front server passes it on; the answer's status."""
    client = Client()
    client.force_login(application.applicant)
    if stamp:
        headers["X-Request-Start"] = f"t={stamp.timestamp():.3f}"
    data = {"revision": str(application.revision), "declaration": DECLARED}
    url = reverse("application_submit", args=[application.number])
    return client.post(url, data, headers=headers).status_code


def judged(drafts: list[Application], end: datetime) -> list[str]:
    """What was wrongly accepted or wrongly refused, of requests around the end that are handled only now."""
    clocks = itertools.cycle([-600, 0, 600])

    def one(item: tuple[Application, datetime, int]) -> str:
        draft, moment, off = item
        # What the visitor's own clock says is nobody's business.
        got = send(draft, moment, Date=http_date(moment.timestamp() + off))
        want = 302 if moment <= end else 409
        kept = Submission.objects.filter(application=draft).values_list("at", flat=True)
        right = got == want and list(kept) == ([moment] if want == 302 else [])
        return "" if right else f"{moment - end}: {got} instead of {want}, kept {list(kept)}"

    moments = around(end, len(drafts))
    items = list(zip(drafts, moments, clocks, strict=False))
    return [line for line in at_once(one, items) if line]


@pytest.fixture
def behind_a_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1


@pytest.mark.usefixtures("behind_a_proxy")
def test_requests_around_the_close_are_judged_by_their_arrival(amina: User) -> None:
    drafts = copies(factories.draft(amina, factories.cycle()), REQUESTS)
    end = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
    ending(drafts[0].cycle, end)
    assert judged(drafts, end) == []
    torture.tell(
        f"Around the close: {REQUESTS} requests within 5 s, 0 wrongly accepted or refused."
    )


NIGHTS = {
    "the first 1:30 of 1 November 2026": datetime(2026, 11, 1, 1, 30, fold=0, tzinfo=MONTREAL),
    "the second 1:30 of 1 November 2026": datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=MONTREAL),
    "as the clocks go back": datetime(2026, 11, 1, 1, 0, fold=1, tzinfo=MONTREAL),
    "just before the hour that is left out": datetime(2027, 3, 14, 1, 55, tzinfo=MONTREAL),
    "just after the hour that is left out": datetime(2027, 3, 14, 3, 5, tzinfo=MONTREAL),
}


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize("closes", NIGHTS.values(), ids=NIGHTS.keys())
def test_nights_when_the_clocks_change_are_nights_like_others(
    amina: User, monkeypatch: pytest.MonkeyPatch, closes: datetime
) -> None:
    drafts = copies(factories.draft(amina, factories.cycle()), 20)
    end = closes.astimezone(UTC) + timedelta(minutes=10)
    ending(drafts[0].cycle, end)
    monkeypatch.setattr("django.utils.timezone.now", lambda: end + timedelta(minutes=2))
    assert judged(drafts, end) == []


@pytest.mark.parametrize("closes", NIGHTS.values(), ids=NIGHTS.keys())
def test_grace_is_minutes_of_real_time_whatever_the_zone_of_the_row(closes: datetime) -> None:
    cycle = Cycle(opens_at=closes - timedelta(days=30), closes_at=closes, is_published=True)
    end = closes.astimezone(UTC) + timedelta(minutes=10)
    moments = around(end, 500)
    assert [cycle.accepts(at) for at in moments] == [at <= end for at in moments]


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize("ahead", [0.001, 0.5, 3])
def test_a_front_clock_that_runs_ahead_refuses_nobody_in_time(amina: User, ahead: float) -> None:
    one, two = copies(factories.draft(amina, factories.cycle()), 2)
    ending(one.cycle, timezone.now() + 30 * SECOND)
    assert send(one, timezone.now() + ahead * SECOND) == 302
    ending(one.cycle, timezone.now() - SECOND)
    assert send(two, timezone.now() + ahead * SECOND) == 409


def test_a_visitor_s_own_stamp_buys_no_time(amina: User) -> None:
    draft = copies(factories.draft(amina, factories.cycle()), 1)[0]
    ending(draft.cycle, timezone.now() - SECOND)
    assert send(draft, timezone.now() - 60 * SECOND) == 409


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_retry_after_the_close_gives_the_receipt_of_the_first(amina: User) -> None:
    draft = copies(factories.draft(amina, factories.cycle()), 1)[0]
    end = timezone.now() - timedelta(minutes=1)
    ending(draft.cycle, end)
    assert send(draft, end - SECOND) == 302
    assert send(draft, None) == 302
    assert draft.submissions.get().at < end


# Fifty clicks -------------------------------------------------------------------------------------
def test_clicks_from_many_threads_make_one_submission_and_one_letter_each(amina: User) -> None:
    drafts = copies(factories.draft(amina, factories.cycle()), DRAFTS)
    people = dict(User.objects.in_bulk([draft.applicant_id for draft in drafts]))
    # Spread so that the clicks on one draft come from all threads at the same time.
    clicks = [draft for draft in drafts for _click in range(CLICKS)]

    def click(draft: Application) -> tuple[int, str]:
        mine = Application.objects.select_related("cycle").get(pk=draft.pk)
        person = people[draft.applicant_id]
        done = lifecycle.submit(mine, by=person, revision=draft.revision, at=timezone.now())
        return draft.pk, done.receipt

    receipts = set(at_once(click, clicks))
    assert len(receipts) == DRAFTS
    assert Submission.objects.count() == DRAFTS
    letters = OutgoingEmail.objects.filter(letter="acknowledgement")
    assert letters.count() == DRAFTS
    assert set(letters.values_list("key", flat=True)) == {
        f"acknowledgement:{receipt}" for _draft, receipt in receipts
    }
    torture.tell(
        f"{DRAFTS} drafts × {CLICKS} clicks: {len(receipts)} receipts, {letters.count()} letters."
    )


def test_clicks_on_the_page_lead_to_one_receipt(amina: User) -> None:
    draft = copies(factories.draft(amina, factories.cycle()), 1)[0]
    assert set(at_once(lambda _click: send(draft, None), list(range(CLICKS)))) == {302}
    assert draft.submissions.count() == 1
