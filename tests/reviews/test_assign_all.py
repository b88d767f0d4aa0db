"""Files given in bulk, by the rules of giving one; and the form that gives one by hand."""

import re

import pytest
from django.test import Client

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews.models import Assignment, Standing
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def three(cycle: Cycle) -> list[Application]:
    """Bare filed applications."""
    return judging.filed(3, cycle)


def test_all_are_given_and_recorded(
    cycle: Cycle, three: list[Application], david: User, claire: User
) -> None:
    pairs = [(file.pk, david.pk) for file in three]
    rows = assigning.assign_all(cycle, [*pairs, *pairs], by=claire)
    assert [(row.application_id, row.reviewer_id) for row in rows] == pairs
    assert {row.due_on for row in rows} == {cycle.reviews_due_on}
    assert AuditEntry.objects.filter(verb="assign", actor=claire, new="assigned").count() == 3
    assert set(Standing.objects.values_list("asked", flat=True)) == {1}
    assert assigning.assign_all(cycle, [], by=claire) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("draft", "submitted"),
        ("other_cycle", "submitted"),
        ("no_reader", "not a reader"),
        ("own", "kept apart"),
        ("conflict", "kept apart"),
        ("has_it", "already has"),
    ],
)
def test_one_wrong_pair_gives_none(
    wrong: str,
    says: str,
    cycle: Cycle,
    three: list[Application],
    david: User,
    claire: User,
    gilles: User,
    bruno: User,
) -> None:
    last = (three[2].pk, david.pk)
    if wrong == "draft":
        last = (factories.draft(bruno, cycle).pk, david.pk)
    elif wrong == "other_cycle":
        last = (judging.filed(1, judging.cycle(code="H27"))[0].pk, david.pk)
    elif wrong == "no_reader":
        last = (three[2].pk, gilles.pk)
    elif wrong == "own":
        three[2].applicant.roles = [Role.REVIEWER]
        three[2].applicant.save()
        last = (three[2].pk, three[2].applicant_id)
    elif wrong == "conflict":
        judging.in_conflict(three[2], david, by=claire)
    else:
        judging.assigned(three[2], david, by=claire)
    before = Assignment.objects.count()
    with pytest.raises(Refused, match=says):
        assigning.assign_all(cycle, [(three[0].pk, david.pk), last], by=claire)
    assert Assignment.objects.count() == before


def test_only_a_coordinator_without_a_conflict(
    cycle: Cycle, three: list[Application], david: User, claire: User, dominique: User
) -> None:
    pairs = [(three[0].pk, david.pk)]
    for by in (david, dominique):
        with pytest.raises(Refused) as refused:
            assigning.assign_all(cycle, pairs, by=by)
        assert refused.value.forbidden
    claire.roles = [Role.COORDINATOR, Role.REVIEWER]
    claire.save()
    judging.in_conflict(three[0], claire, by=claire)
    with pytest.raises(Refused, match="conflict"):
        assigning.assign_all(cycle, pairs, by=claire)


def test_all_are_taken_back_or_none(
    cycle: Cycle, three: list[Application], david: User, claire: User
) -> None:
    for file in three[:2]:
        judging.assigned(file, david, by=claire)
    read = judging.reviewed(three[2], david, 3, 3, 3, by=claire)
    with pytest.raises(Refused):
        assigning.unassign_all(Assignment.objects.all(), by=claire)
    assert Assignment.objects.active().count() == 3
    some = Assignment.objects.exclude(pk=read.pk)
    assert len(assigning.unassign_all(some, by=claire, why="On leave")) == 2
    assert Standing.objects.get(application=three[0]).asked == 0
    assert AuditEntry.objects.filter(verb="unassign", why="On leave").count() == 2


def test_the_form_says_who_holds_how_much_and_who_is_kept_apart(
    client: Client,
    cycle: Cycle,
    application: Application,
    three: list[Application],
    david: User,
    claire: User,
    person: Settle,
) -> None:
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Tremblay")
    person("paul", Role.REVIEWER, full_name="Paul Aubin")
    judging.assigned(three[0], david, by=claire)
    judging.in_conflict(application, zoe, by=claire)
    client.force_login(claire)
    page = client.get(f"/en/files/{application.number}/").content.decode()
    options = re.findall(
        r"<option[^>]*>([^<]+)</option>", page.split('name="reviewer"')[1].split("</select>")[0]
    )
    assert options[1:3] == ["Paul Aubin, 0 files", "David Chen, 1 file"]
    assert not any("Zoé" in option for option in options)
    assert "Kept apart from this file: Zoé Tremblay." in page
