"""What a review's page offers once it is handed in or its cycle is over, and what the committee sees of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cycles.clock import day_of
from cycles.models import Cycle
from reviews.models import Assignment
from tests import factories
from tests.reviews import factories as judging


@pytest.fixture
def reader(client: Client, david: User) -> Client:
    """David's browser."""
    client.force_login(david)
    return client


def desk(assignment: Assignment) -> str:
    """The page of one review."""
    return f"/en/queue/{assignment.pk}/"


def test_what_was_handed_in_can_be_taken_back_or_left_for_a_conflict_by_key(
    reader: Client, assignment: Assignment
) -> None:
    judging.hand_in(assignment, 4, 4, 4)
    queue = reader.get(f"/en/queue/?done={assignment.pk}").content.decode()
    assert re.search(r'<button[^>]*data-take-back[^>]*data-key="u"', queue)
    page = reader.get(desk(assignment)).content.decode()
    declare = f"{desk(assignment)}conflict/"
    assert re.search(rf'<a[^>]*href="{declare}"[^>]*data-key="c"', page)


def test_no_pdf_is_promised_of_a_cycle_that_is_over(reader: Client, assignment: Assignment) -> None:
    assert "is being prepared" in reader.get(desk(assignment)).content.decode()
    over = day_of(timezone.now()) - timedelta(days=1)
    dates = [
        *("documents_due_on", "reviews_due_on", "release_on", "reply_by"),
        *("udem_safe_on", "udem_official_on", "waitlist_ends_on"),
    ]
    past = timezone.now() - timedelta(days=40)
    Cycle.objects.update(
        **dict.fromkeys(dates, over), opens_at=past, closes_at=past + timedelta(days=1)
    )
    page = reader.get(desk(assignment)).content.decode()
    assert "is being prepared" not in page
    assert "This cycle is over" in page


def test_the_committee_sees_advice_for_each_program(
    client: Client, cycle: Cycle, amina: User, david: User, claire: User
) -> None:
    file = judging.for_both(amina, cycle)
    advice = {"msc": "waitlist", "dess": "accept"}
    row = judging.assigned(file, david, by=claire)
    judging.hand_in(row, 4, 4, 4, advice=advice, recommendation="accept")
    other = factories.submitted(User.objects.create_user("other@example.com"), cycle)
    client.force_login(claire)
    names = [program.short for program in (factories.program(), factories.program("dess"))]
    told = f"Waitlist ({names[0]}), Accept ({names[1]})"
    pages = (f"/en/files/{file.number}/", f"/en/compare/?n={file.number}&n={other.number}")
    for address in pages:
        page = client.get(address).content.decode()
        assert told in page, address
