"""Results: one person proposes, another approves, and the database holds both to it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEntry
from audit.moves import Refused
from scholarships import announcing, results
from scholarships.models import Category, Result
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    return Panel(person)


def statuses() -> list[str]:
    return list(Result.objects.order_by("pk").values_list("status", flat=True))


def test_a_coordinator_proposes_and_a_director_approves(panel: Panel) -> None:
    row = panel.read_all(panel.candidate("a"), 5, 5)
    made = results.propose(row, "awarded", by=panel.claire)
    assert (made.status, made.proposed_by, made.why) == ("proposed", panel.claire, "")
    assert results.approve(panel.round, by=panel.dominique) == 1
    made.refresh_from_db()
    assert (made.status, made.approved_by) == ("approved", panel.dominique)
    verbs = AuditEntry.objects.filter(subject=f"scholarships.result:{made.pk}")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "propose_result",
        "approve_result",
    ]
    again = results.propose(row, "waitlisted", rank=1, by=panel.claire)
    assert (again.pk, again.status, again.approved_by) == (made.pk, "proposed", None)


def test_nobody_else_may(panel: Panel) -> None:
    row = panel.read_all(panel.candidate("a"), 5, 5)
    for user in (panel.dominique, panel.gilles, row.application.applicant):
        for verb in (
            lambda: results.propose(row, "awarded", by=user),  # noqa: B023
            lambda: results.propose_as_ranked(panel.round, by=user),  # noqa: B023
            lambda: results.withdraw(panel.round, by=user),  # noqa: B023
        ):
            with pytest.raises(Refused) as refused:
                verb()
            assert refused.value.forbidden
    for user in (panel.claire, panel.gilles):
        for verb in (
            lambda: results.approve(panel.round, by=user),  # noqa: B023
            lambda: results.send_back(panel.round, why="No", by=user),  # noqa: B023
        ):
            with pytest.raises(Refused) as refused:
                verb()
            assert refused.value.forbidden


def test_the_same_person_never_does_both(panel: Panel) -> None:
    row = panel.read_all(panel.candidate("a"), 5, 5)
    panel.claire.roles = ["coordinator", "director"]
    panel.claire.save()
    results.propose(row, "awarded", by=panel.claire)
    with pytest.raises(Refused):
        results.approve(panel.round, by=panel.claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.update(status="approved", approved_by=panel.claire)
    assert statuses() == ["proposed"]


def test_an_exception_says_why(panel: Panel) -> None:
    row = panel.candidate("a")
    panel.read(row, panel.gilles, 5, 5)
    with pytest.raises(Refused) as refused:
        results.propose(row, "awarded", by=panel.claire)
    assert refused.value.reasons == [f"{row.number} – Lectures remises\xa0: 1 sur 3."]
    made = results.propose(row, "awarded", why="Two are away.", by=panel.claire)
    assert made.why == "Two are away."
    results.approve(panel.round, by=panel.dominique)


def test_a_reason_given_beforehand_serves_once_others_are_proposed(panel: Panel) -> None:
    first, second = (panel.read_all(panel.candidate(name), 4, 4) for name in "ab")
    results.propose(first, "awarded", why="The project.", by=panel.claire)
    assert results.propose(second, "waitlisted", rank=1, by=panel.claire).why == ""
    assert results.approve(panel.round, by=panel.dominique) == 2


def test_the_whole_round_as_ranked_and_back(panel: Panel) -> None:
    panel.round.awards = 1
    panel.round.save()
    rows = [panel.read_all(panel.candidate(name), 5 - n, 5 - n) for n, name in enumerate("abc")]
    made = results.propose_as_ranked(panel.round, by=panel.claire)
    told = {result.candidacy_id: (result.outcome, result.rank) for result in made}
    assert told == {
        rows[0].pk: ("awarded", None),
        rows[1].pk: ("waitlisted", 1),
        rows[2].pk: ("waitlisted", 2),
    }
    assert results.propose_as_ranked(panel.round, by=panel.claire) == []
    assert results.withdraw(panel.round, [rows[2].number], by=panel.claire) == 1
    assert results.withdraw(panel.round, by=panel.claire) == 2
    assert set(statuses()) == {"set_aside"}
    assert len(results.propose_as_ranked(panel.round, by=panel.claire)) == 3
    assert Result.objects.count() == 3


def test_a_tie_at_the_line_is_broken_by_a_reason_alone(panel: Panel) -> None:
    panel.round.awards = 1
    panel.round.save()
    for name in "ab":
        panel.read_all(panel.candidate(name), 4, 4)
    with pytest.raises(Refused):
        results.propose_as_ranked(panel.round, by=panel.claire)
    made = results.propose_as_ranked(panel.round, why="The project.", by=panel.claire)
    assert sorted(result.why for result in made) == ["", "The project."]


def test_no_more_than_there_is_and_nobody_who_is_not_eligible(panel: Panel) -> None:
    first = panel.another(Category.WOMEN_IN_AI, awards=1)
    rows = [panel.declared(panel.candidate(name, row=first)) for name in "ab"]
    no = panel.candidate("c", row=first)
    for row in rows:
        panel.read_all(row, 4, 4)
    results.propose(rows[0], "awarded", why="One.", by=panel.claire)
    for row in (rows[1], no):
        with pytest.raises(Refused):
            results.propose(row, "awarded", why="Two.", by=panel.claire)
    results.propose(no, "not_awarded", by=panel.claire)
    first.awards = 0
    first.save()
    with pytest.raises(Refused):
        results.approve(first, by=panel.dominique)


def test_a_director_sends_back_with_words(panel: Panel) -> None:
    panel.read_all(panel.candidate("a"), 5, 5)
    panel.approved()
    with pytest.raises(Refused):
        results.send_back(panel.round, why=" ", by=panel.dominique)
    assert results.send_back(panel.round, why="Read again.", by=panel.dominique) == 1
    assert statuses() == ["set_aside"]
    assert AuditEntry.objects.get(verb="send_back_result").why == "Read again."
    panel.candidate("b")
    with pytest.raises(Refused):
        results.propose_as_ranked(panel.round, by=panel.claire)


def test_who_is_in_conflict_settles_nothing_about_the_file(panel: Panel) -> None:
    row, other = (panel.read_all(panel.candidate(name), 5, 5) for name in "ab")
    row.application.conflicts.create(
        person=panel.claire,
        origin="declared",
        status="confirmed",
        judged_by=panel.claire,
        judged_at=timezone.now(),
    )
    with pytest.raises(Refused):
        results.propose(row, "awarded", by=panel.claire)
    (made,) = results.propose_as_ranked(panel.round, by=panel.claire)
    assert made.candidacy == other


def test_what_is_frozen_is_not_changed(panel: Panel) -> None:
    row = panel.read_all(panel.candidate("a"), 5, 5)
    panel.approved()
    announcing.prepare(panel.world.cycle, by=panel.claire)
    with pytest.raises(Refused):
        results.propose(row, "not_awarded", by=panel.claire)
    with pytest.raises(Refused):
        results.send_back(panel.round, why="No", by=panel.dominique)
    assert statuses() == ["approved"]
