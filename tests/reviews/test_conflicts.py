"""The verbs of conflicts: declared, stated, confirmed, dismissed, undone; and what assigning makes of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from accounts.models import Role, User
from applications.models import Application, Referee, Submission
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import conflicts
from reviews.models import Assignment, Conflict, Origin, Reason, Review, Standing
from reviews.models.assignment import conflicting
from tests.conftest import Settle
from tests.reviews import factories as judging


def proposed(application: Application, who: User, origin: str = Origin.DEGREE) -> Conflict:
    """As the comparison leaves it."""
    return Conflict.objects.create(
        application=application, person=who, origin=origin, where="degree", evidence="UdeM"
    )


def hidden(user: User) -> set[int]:
    return {row["application_id"] for row in conflicting(user)}


def test_a_declared_conflict_leaves_a_row(assignment: Assignment, david: User) -> None:
    assigning.declare_conflict(assignment, by=david, why="Poker", reason=Reason.RELATIVE)
    row = Conflict.objects.get()
    assert (row.person, row.origin, row.status) == (david, Origin.DECLARED, "confirmed")
    assert (row.reason, row.evidence, row.judged_by) == ("relative", "Poker", david)
    assert hidden(david) == {assignment.application_id}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.DIRECTOR])
def test_anyone_who_judges_may_declare_without_being_assigned(
    application: Application, person: Settle, role: Role
) -> None:
    zoe = person("zoe", role)
    conflicts.declare(application, by=zoe, reason=Reason.OTHER, words="x" * 400)
    assert hidden(zoe) == {application.pk}
    assert len(Conflict.objects.get().evidence) == 300
    assert not Application.objects.visible_to(zoe).exists()
    assert not Submission.objects.visible_to(zoe).exists()
    assert not Referee.objects.visible_to(zoe).exists()


def test_nobody_else_declares(application: Application, gilles: User) -> None:
    with pytest.raises(Refused) as refused:
        conflicts.declare(application, by=gilles, reason=Reason.OTHER)
    assert refused.value.forbidden


def test_declaring_stops_a_reading_whatever_became_of_the_role(
    application: Application, person: Settle, claire: User
) -> None:
    zoe = person("zoe", Role.REVIEWER, Role.COORDINATOR)
    judging.reviewed(application, zoe, 3, 3, 3, by=claire)
    zoe.roles = [Role.COORDINATOR]
    zoe.save()
    conflicts.declare(application, by=zoe, reason=Reason.WORKED, words="Class")
    assert Assignment.objects.get().status == "conflict"
    assert Standing.objects.get().handed_in == 0


def test_declared_again_after_it_was_dismissed(application: Application, david: User) -> None:
    row = conflicts.declare(application, by=david, reason=Reason.OTHER, words="One")
    Conflict.objects.update(status="dismissed")
    again = conflicts.declare(application, by=david, reason=Reason.LETTER, words="Two")
    assert again.pk == row.pk
    assert (again.status, again.evidence, again.reason) == ("confirmed", "Two", "letter")
    assert conflicts.declare(application, by=david, reason=Reason.OTHER, words="Three").pk == row.pk


def test_stated_by_the_coordination(
    application: Application, david: User, claire: User, gilles: User
) -> None:
    row = judging.reviewed(application, david, 3, 3, 3, by=claire)
    conflicts.state(application, david, words="They are married", by=claire)
    row.refresh_from_db()
    assert row.status == "conflict"
    assert AuditEntry.objects.about(row).last().verb == "meet_conflict"
    assert Standing.objects.get().mean is None
    with pytest.raises(Refused, match="judges no files"):
        conflicts.state(application, gilles, words="x", by=claire)
    with pytest.raises(Refused):
        conflicts.state(application, david, words="x", by=david)


def test_a_proposal_hides_nothing_and_forbids_assigning(
    application: Application, david: User, claire: User
) -> None:
    row = proposed(application, david)
    assert hidden(david) == set()
    assert (application.pk, david.pk) in conflicts.kept_apart(application.cycle)
    with pytest.raises(Refused, match="confirm it or dismiss it") as refused:
        assigning.assign(application, david, by=claire)
    assert refused.value.reasons == ["Same institution as a degree"]
    conflicts.dismiss(row, by=claire, why="Thirty years ago")
    assert (application.pk, david.pk) not in conflicts.kept_apart(application.cycle)
    assigning.assign(application, david, by=claire)


def test_confirmed_forbids_assigning(application: Application, david: User, claire: User) -> None:
    conflicts.confirm(proposed(application, david), by=claire)
    with pytest.raises(Refused, match="has a conflict"):
        assigning.assign(application, david, by=claire)


def test_kept_apart_costs_three_queries(
    application: Application, david: User, django_assert_num_queries: object
) -> None:
    proposed(application, david)
    cycle = application.cycle
    with django_assert_num_queries(3):  # type: ignore[operator]
        pairs = conflicts.kept_apart(cycle)
    assert pairs == {(application.pk, david.pk), (application.pk, application.applicant_id)}


def test_confirming_stops_a_reading_and_dismissing_opens_it_again(
    application: Application, david: User, claire: User
) -> None:
    reading = judging.reviewed(application, david, 4, 4, 4, by=claire)
    row, other = proposed(application, david), proposed(application, david, Origin.DOMAIN)
    conflicts.confirm_all(Conflict.objects.all(), by=claire)
    reading.refresh_from_db()
    assert reading.status == "conflict"
    assert Standing.objects.get().handed_in == 0
    conflicts.dismiss(row, by=claire, why="A mistake")
    reading.refresh_from_db()
    assert reading.status == "conflict", "the other one still holds"
    conflicts.propose_again(other, by=claire)
    reading.refresh_from_db()
    assert (reading.status, other.judged_by) == ("assigned", None)
    review = Review.objects.get()
    assert (review.mark, review.handed_in_at) == (None, None)
    assert review.scores.count() == 3
    assert Standing.objects.get().asked == 1


def test_dismissing_says_why_and_is_not_for_oneself(
    application: Application, david: User, claire: User, person: Settle
) -> None:
    with pytest.raises(Refused, match="Say why"):
        conflicts.dismiss(proposed(application, david), by=claire, why=" ")
    mine = proposed(application, claire)
    with pytest.raises(Refused):
        conflicts.dismiss(mine, by=claire, why="I say so")
    conflicts.confirm(mine, by=claire)
    with pytest.raises(Refused):
        conflicts.propose_again(mine, by=claire)
    zoe = person("zoe", Role.COORDINATOR)
    conflicts.dismiss(mine, by=zoe, why="Namesakes")
    assert hidden(claire) == set()


def test_a_coordinator_in_conflict_judges_nothing_of_the_file(
    application: Application, david: User, claire: User, dominique: User
) -> None:
    row = proposed(application, david)
    assert Conflict.objects.visible_to(claire).get() == row
    assert Conflict.objects.visible_to(dominique).get() == row
    conflicts.declare(application, by=claire, reason=Reason.OTHER)
    assert not Conflict.objects.visible_to(claire).exists()
    assert not Conflict.objects.visible_to(david).exists()
    assert not Conflict.objects.visible_to(AnonymousUser()).exists()
    for act in (conflicts.confirm, conflicts.propose_again):
        with pytest.raises(Refused) as refused:
            act(row, by=claire)
        assert refused.value.forbidden


def test_words_of_people_are_no_proposals(
    application: Application, david: User, claire: User
) -> None:
    row = conflicts.state(application, david, words="x", by=claire)
    with pytest.raises(Refused) as refused:
        conflicts.propose_again(row, by=claire)
    assert refused.value.reasons == ["A person said this: confirm it or dismiss it."]


def test_many_at_once_cost_as_much_as_one(
    cycle: Cycle, david: User, claire: User, django_assert_num_queries: object
) -> None:
    counts = []
    for number in (1, 3):
        files = judging.filed(number, cycle, first=10 * number)
        rows = Conflict.objects.filter(application__in=files)
        for file in files:
            judging.assigned(file, david, by=claire)
            proposed(file, david)
        with django_assert_num_queries(20) as queries:  # type: ignore[operator]
            assert len(conflicts.confirm_all(rows, by=claire)) == number
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert set(Assignment.objects.values_list("status", flat=True)) == {"conflict"}


def test_how_many_coordinators_are_left(
    application: Application, claire: User, person: Settle
) -> None:
    assert conflicts.coordinators_left(application, claire) == 0
    zoe, yan = person("zoe", Role.COORDINATOR), person("yan", Role.COORDINATOR, Role.REVIEWER)
    assert conflicts.coordinators_left(application, claire) == 2
    conflicts.declare(application, by=zoe, reason=Reason.OTHER)
    judging.in_conflict(application, yan, by=claire)
    assert conflicts.coordinators_left(application, claire) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "confirmed"},
        {"status": "lost"},
        {"origin": "gossip"},
        {"where": "nowhere"},
        {"reason": "none"},
    ],
)
def test_the_database_is_the_last_judge(
    application: Application, david: User, fields: dict[str, str]
) -> None:
    row = proposed(application, david)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=row.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposed(application, david)


def test_how_it_is_called(application: Application, david: User) -> None:
    row = proposed(application, david)
    assert str(row) == f"{application.pk} ≠ {david.pk}"
    assert row.is_detected


def test_what_hides_is_looked_up_in_indexes(application: Application, david: User) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = conflicting(david).explain()
    assert "Seq Scan" not in plan
    assert "reviews_conflict_hides" in plan
