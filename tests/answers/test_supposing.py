"""What if: sums of a line, the offers that fill the seats, and nothing about anybody."""

from decimal import Decimal

import pytest

from accounts.models import User
from answers import replies, supposing, yielding
from applications.models import Application
from cycles.models import Cycle
from followup import offers
from reviews import decisions
from reviews.models import Decision, Standing
from reviews.ranking import Listing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked


def test_the_binomial_of_the_textbooks() -> None:
    assert sum(yielding.chances(57, 0.7)) == pytest.approx(1)
    assert yielding.chances(2, 0.5) == pytest.approx([0.25, 0.5, 0.25])
    # 10 offers at 0.5: more than 7 with a chance of 56 in 1,024.
    assert yielding.too_many(10, 7, 0.5) == pytest.approx(56 / 1024)
    assert yielding.come(10, 0.5) == (2, 8)
    assert yielding.come(0, 0.5) == (0, 0)


def test_offers_that_fill_the_seats() -> None:
    told = yielding.filling(57, 40, yielding.supposed(0.70, 0.10))
    assert (told.needed, told.offers) == (57, 57)
    assert told.low < 40 < told.high
    assert told.overfilling_low < told.overfilling < told.overfilling_high
    assert yielding.filling(5, 10, yielding.supposed(0.99, 0)).overfilling == 0
    assert yielding.supposed(0.05, 0.5) == yielding.Yield(0.05, 0.01, 0.55)


def test_the_yield_of_earlier_offers() -> None:
    told = yielding.observed(40, 28)
    assert told.likely == pytest.approx(0.7)
    assert (told.low, told.high) == pytest.approx((0.5713, 0.8034), abs=1e-4)
    assert yielding.observed(5, 5).high == 0.99


def test_shares_hide_small_cells_and_the_one_that_would_tell() -> None:
    assert [(one.label, one.percent) for one in supposing.shares({"en": 13, "fr": 27})] == [
        ("en", 30),
        ("fr", 70),
    ]
    alone = supposing.shares({"en": 4, "fr": 36, "x": 10})
    assert [one.percent for one in alone] == [None, 70, None]
    assert [one.percent for one in supposing.shares({"en": 2, "fr": 3})] == [None, None]
    assert [one.percent for one in supposing.shares({"fr": 2})] == [None]
    assert supposing.shares({}) == []


def test_the_sums_of_a_line(cycle: Cycle, claire: User, david: User) -> None:
    files = asking(cycle, 12)
    marked(files, david, [5 - index * 0.25 for index in range(12)], by=claire)
    listing = Listing(cycle, factories.program(), claire)
    bare = supposing.suppose(listing, 6)
    assert (bare.above, bare.below, bare.last_mean, bare.swap) == (6, 6, Decimal("3.75"), None)
    for row in Standing.objects.all():
        row.adjusted_low = (row.adjusted or 0) - Decimal("0.5")
        row.adjusted_high = (row.adjusted or 0) + Decimal("0.5")
        row.save()
    told = supposing.suppose(listing, 6)
    assert told.swap == pytest.approx(0.28, abs=0.01)
    assert told.unsure == 3
    assert [(one.label, one.percent) for one in told.languages] == [("fr", 100)]
    Standing.objects.update(adjusted_low=Decimal(3), adjusted_high=Decimal(3))
    assert supposing.suppose(listing, 6).swap is None
    everyone = supposing.suppose(listing, 99)
    assert (everyone.above, everyone.below, everyone.swap) == (12, 0, None)
    nobody = supposing.suppose(listing, 0)
    assert (nobody.above, nobody.last, nobody.languages, nobody.unsure) == (0, None, [], 0)


def test_the_replies_of_the_cycles_before(
    person: Settle, claire: User, dominique: User, cycle: Cycle
) -> None:
    past = judging.cycle(code="A25", opens=-400, closes=-330)
    listing = Listing(cycle, factories.program(), claire)
    assert replies.before(cycle, listing.program) is None
    assert supposing.known_yield(listing, None, None)[0].likely == 0.7
    people = [person(f"past{index}") for index in range(5)]
    files = [_answered(one, past) for one in people]
    for file in files:
        decisions.propose(file, "accept", listing.program, by=claire)
    decisions.approve_all(Decision.objects.filter(application__cycle=past), by=dominique)
    judging.release_all(past, proposer=claire, director=dominique)
    for row in Decision.objects.released().filter(application__in=files[:3]):
        at = past.closes_at
        offers.accept(row, by=row.application.applicant, at=at)
    told = replies.before(cycle, listing.program)
    assert told == replies.Replies(offers=5, accepted=3)
    assert replies.before(past, listing.program) is None
    known, _told = supposing.known_yield(listing, None, None)
    assert known.likely == pytest.approx(0.6)
    assert supposing.known_yield(listing, 80, 5)[0].likely == 0.8


def _answered(applicant: User, past: Cycle) -> Application:
    """A bare file of a cycle that is over, for the M.Sc."""
    (file,) = asking(past, 1, first=applicant.pk)
    Application.objects.filter(pk=file.pk).update(applicant=applicant)
    file.refresh_from_db()
    return file
