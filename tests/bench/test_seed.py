"""The files that the bench writes by SQL are such as the product could have written."""

import pytest
from django.test import Client
from django.urls import reverse

from answers import invariants as answering
from applications import invariants as intake
from applications.models import Application, Submission
from bench.measure import papers, seed
from reviews import invariants as judging
from reviews.models import Assignment, Decision, Review, Score


@pytest.mark.django_db(transaction=True)
def test_the_world_keeps_the_house_rules() -> None:
    world = seed.begin()
    seed.grow(world, 100)
    seed.grow(world, 220)
    seed.past(world, 1, 12)
    assert Application.objects.filter(cycle=world.cycle).count() == 220
    assert Submission.objects.count() == 220 - 8 + 12
    assert Score.objects.count() == 4 * Review.objects.count() > 0
    assert Assignment.objects.of(world.reader).filter(status="assigned").count() > 50
    assert Decision.objects.proposed().filter(application__cycle=world.past[0]).count() == 12
    broken = [
        *judging.standings_add_up(),
        *judging.reviews_are_whole(),
        *answering.two_persons_stand_behind_each_answer(),
        *judging.statuses_are_on_the_trail(),
        *intake.statuses_follow_the_trail(),
        *intake.filed_applications_have_a_submission(),
        *intake.each_submission_is_acknowledged_once(),
    ]
    assert broken == []
    for user, page in ((world.coordinator, "board"), (world.reader, "queue")):
        client = Client()
        client.force_login(user)
        assert client.get(reverse(page)).content.count(b"A27-00") >= 50


def test_each_paper_is_another_one() -> None:
    first, second = papers.pdf(50_000), papers.pdf(50_000)
    assert first != second
    assert len(first) == len(second)
    assert 45_000 < len(first) < 60_000
