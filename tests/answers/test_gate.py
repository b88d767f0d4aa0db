"""The gate: each rule finds what it is for, hides what a conflict hides, and forgets what was kept until it changes."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from answers import acts, approving, cycle_parts, gate
from answers.gate_rules import GRAVE, RULES
from answers.models import Finds, Kept, Margin
from answers.saying import HELP, SENTENCES
from applications.models import Application, Choice, Referee
from audit.moves import Refused
from cycles.models import Cycle
from desk.models import Pair
from notifications.models import OutgoingEmail
from reviews import conflicts, decisions
from reviews.models import Assignment, Decision, Reason, Standing
from tests import factories
from tests.answers import factories as answers
from tests.conftest import Settle
from tests.desk.factories import asked
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked


@pytest.fixture
def files(cycle: Cycle, david: User, claire: User) -> list[Application]:
    """Four files for the M.Sc., read once, as this cycle asks: 4.5, 4, 3.9 and 2; nothing inconsistent about them."""
    cycle.intakes.update(seats=10, referees_asked=0)
    rows = asking(cycle, 4)
    marked(rows, david, [4.5, 4, 3.9, 2], by=claire)
    spread(rows, ["4.5", "4", "3.9", "2"])
    return rows


def spread(files: list[Application], scores: list[str], half: str = "0.3") -> None:
    """Corrected scores, each with a range."""
    for file, score in zip(files, scores, strict=True):
        at, by = Decimal(score), Decimal(half)
        Standing.objects.filter(application=file).update(
            adjusted=at, adjusted_low=at - by, adjusted_high=at + by
        )


def found(cycle: Cycle, user: User, **only: Any) -> dict[str, list[Any]]:
    """The files of each finding, by rule."""
    told: dict[str, list[Any]] = {}
    for row in gate.findings(cycle, user, **only):
        told.setdefault(row.rule, []).append(tuple(file.pk for file in row.files))
        assert row.why
    return told


def accept(files: list[Application], by: User) -> None:
    """Proposed for the M.Sc."""
    acts.propose(files, "accept", factories.program(), by=by)


def test_nothing_about_consistent_answers(
    files: list[Application], cycle: Cycle, claire: User
) -> None:
    accept(files[:3], claire)
    acts.propose(files[3:], "decline", by=claire)
    assert found(cycle, claire) == {}
    assert {rule.key for rule in RULES} == set(Finds.values) == HELP.keys() == SENTENCES.keys()


def test_nearly_the_same_score_opposite_answers(
    files: list[Application], cycle: Cycle, claire: User
) -> None:
    accept(files[:2], claire)
    acts.propose(files[2:], "decline", by=claire)
    assert found(cycle, claire) == {"twins": [(files[1].pk, files[2].pk)]}
    row = gate.findings(cycle, claire)[0]
    assert row.why.endswith("accept at a mean of 4.00, decline at a mean of 3.90.")


def test_accepted_below_somebody_who_is_not(
    files: list[Application], cycle: Cycle, claire: User
) -> None:
    accept(files[3:], claire)
    acts.propose(files[:1], "decline", by=claire)
    acts.propose(files[1:2], "waitlist", factories.program(), by=claire)
    assert found(cycle, claire) == {"below": [(files[3].pk, files[0].pk)]}


def test_too_few_reviews_and_open_ones(
    files: list[Application], cycle: Cycle, claire: User, person: Settle
) -> None:
    zoe = person("zoe", Role.REVIEWER)
    bare = asking(cycle, 1, first=50)
    acts.propose([*bare, files[0]], "decline", by=claire)
    judging.assigned(files[0], zoe, by=claire)
    assert found(cycle, claire) == {"few_readers": [(bare[0].pk,)], "early": [(files[0].pk,)]}


def test_conflicts_touched(
    files: list[Application],
    cycle: Cycle,
    claire: User,
    david: User,
    dominique: User,
    person: Settle,
) -> None:
    zoe = person("zoe", Role.COORDINATOR)
    acts.propose(files[:1], "accept", factories.program(), by=zoe)
    acts.propose(files[1:2], "decline", by=claire)
    conflicts.declare(files[0], by=zoe, reason=Reason.OTHER)
    assert found(cycle, dominique) == {"decider": [(files[0].pk,)]}
    assert found(cycle, zoe) == {}, "nothing of it to the person in conflict"
    row = Assignment.objects.get(application=files[1], reviewer=david)
    Assignment.objects.filter(pk=row.pk).update(status="conflict")
    assert found(cycle, dominique)["read_in_conflict"] == [(files[1].pk,)]


def test_incomplete_files(files: list[Application], cycle: Cycle, claire: User) -> None:
    accept(files[:2], claire)
    asked(files[0], by=claire)
    assert found(cycle, claire) == {"incomplete": [(files[0].pk,)]}
    cycle.intakes.update(referees_asked=1)
    now = timezone.now()
    told = Referee.objects.create(
        application=files[1],
        name="Ada",
        organisation="X",
        relation="teacher",
        email="ada@example.org",
        language="en",
        status="received",
        answered_at=now,
        size=1,
        pages=1,
        sha256="a" * 64,
        file="a.pdf",
    )
    told_of = found(cycle, claire)
    assert (told_of["incomplete"], told_of["letters"]) == ([(files[0].pk,)], [(files[0].pk,)])
    (row,) = [row for row in gate.findings(cycle, claire) if row.rule == "letters"]
    assert row.why == "1 letter of reference is missing."
    assert found(cycle, claire)["late_letter"] == [(told.application_id,)]


def test_people_who_cannot_be_written_to(
    files: list[Application], cycle: Cycle, claire: User
) -> None:
    accept(files[:2], claire)
    one = files[0].applicant
    letter = OutgoingEmail.objects.create(
        key="k", letter="x", language="fr", address=one.email, subject="s", text="t",
        about=f"applications.application:{files[0].pk}",
    )  # fmt: skip
    OutgoingEmail.objects.filter(pk=letter.pk).update(
        status="bounced", tried_at=timezone.now(), error="550"
    )
    assert found(cycle, claire) == {"unreachable": [(files[0].pk,)]}
    User.objects.filter(pk=one.pk).update(email="another@example.org")
    assert found(cycle, claire) == {}


def test_second_choice_while_the_first_has_seats(
    files: list[Application], cycle: Cycle, claire: User
) -> None:
    dess = factories.program("dess")
    cycle.intakes.get_or_create(program=dess, defaults={"seats": 3})
    Choice.objects.create(application=files[0], program=dess, rank=2)
    acts.propose(files[:1], "accept", dess, by=claire)
    assert found(cycle, claire) == {"preference": [(files[0].pk,)]}
    cycle.intakes.filter(program=factories.program()).update(seats=0)
    assert found(cycle, claire) == {}


def test_far_more_offers_than_seats(files: list[Application], cycle: Cycle, claire: User) -> None:
    cycle.intakes.update(seats=2)
    accept(files, claire)
    assert found(cycle, claire)["seats"] == [()]
    assert "4 offers for 2 seats, more than 50% beyond" in gate.findings(cycle, claire)[0].why
    margin = Margin.objects.create(cycle=cycle, program=factories.program(), percent=100)
    assert found(cycle, claire) == {}
    assert str(margin) == f"{cycle.pk}, {margin.program_id}: 100"
    following = factories.cycle(code="A28")
    cycle_parts.copy(cycle, following)
    assert Margin.objects.get(cycle=following).percent == 100
    assert list(cycle_parts.gaps(following)) == []


def test_one_person_two_answers(files: list[Application], cycle: Cycle, claire: User) -> None:
    Application.objects.filter(pk__in=[files[0].pk, files[1].pk]).update(
        first_names="Zoé", last_names="Côté"
    )
    accept(files[:1], claire)
    acts.propose(files[1:2], "waitlist", factories.program(), by=claire)
    (pair,) = found(cycle, claire)["duplicates"]
    assert set(pair) == {files[0].pk, files[1].pk}
    first, second = sorted(file.applicant_id for file in files[:2])
    Pair.objects.create(first_id=first, second_id=second, status="different")
    assert "duplicates" not in found(cycle, claire)


def test_places_with_gaps_and_ties(files: list[Application], cycle: Cycle, claire: User) -> None:
    acts.propose(files[:3], "waitlist", factories.program(), by=claire)
    assert "places" not in found(cycle, claire)
    acts.propose(files[:1], "decline", by=claire)
    assert found(cycle, claire)["places"] == [()]
    row = next(row for row in gate.findings(cycle, claire) if row.rule == "places")
    assert row.facts == {"ties": 0, "gaps": 2}


def test_what_a_conflict_hides(
    files: list[Application], cycle: Cycle, claire: User, person: Settle
) -> None:
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(files[2], zoe, by=claire)
    accept(files[:2], claire)
    acts.propose(files[2:], "decline", by=claire)
    assert "twins" in found(cycle, claire)
    assert found(cycle, zoe) == {}
    gate.keep(cycle, [row.fingerprint for row in gate.findings(cycle, claire)], "Seen", by=claire)
    assert Kept.objects.visible_to(claire).count() == 1
    assert not Kept.objects.visible_to(zoe).exists()
    assert not Kept.objects.visible_to(files[0].applicant).exists()


def test_grave_findings_stop_an_approval_until_a_director_keeps_them(
    cycle: Cycle, claire: User, dominique: User
) -> None:
    bare = asking(cycle, 2)
    acts.propose(bare, "decline", by=claire)
    waiting = Decision.objects.filter(application__in=bare)
    with pytest.raises(Refused, match="grave") as refused:
        approving.approve_all(waiting, by=dominique)
    assert refused.value.reasons[0].startswith(f"{bare[0].number}: 0 reviews handed in")
    prints = [row.fingerprint for row in gate.findings(cycle, dominique)]
    with pytest.raises(Refused) as forbidden:
        gate.keep(cycle, prints, "Enough", by=claire)
    assert forbidden.value.forbidden
    with pytest.raises(Refused, match="Say why"):
        gate.keep(cycle, prints, " ", by=dominique)
    with pytest.raises(Refused, match="Tick first"):
        gate.keep(cycle, [], "Enough", by=dominique)
    for some in (["another"], [*prints, "another"]):
        with pytest.raises(Refused, match="has changed"):
            gate.keep(cycle, some, "Enough", by=dominique)
    assert gate.keep(cycle, prints[:1], "Enough was known.", by=dominique) == 1
    row = Kept.objects.get()
    assert (row.rule, row.is_directed) == ("few_readers", True)
    assert str(row).startswith("few_readers: ")
    approving.approve(judging.current(bare[0]), by=dominique)
    with pytest.raises(Refused, match="grave"):
        approving.approve(judging.current(bare[1]), by=dominique)
    assert {rule.key for rule in RULES if rule.is_grave} == set(GRAVE)


def test_other_facts_are_another_finding(
    files: list[Application], cycle: Cycle, claire: User, david: User
) -> None:
    accept(files[:2], claire)
    acts.propose(files[2:], "decline", by=claire)
    gate.keep(cycle, [row.fingerprint for row in gate.findings(cycle, claire)], "Seen", by=claire)
    assert found(cycle, claire) == {}
    spread(files[:3], ["4.5", "4.01", "3.9"])  # other files were read: the same facts
    assert found(cycle, claire) == {}
    Standing.objects.filter(application=files[2]).update(mean=Decimal("3.95"))
    assert "twins" in found(cycle, claire)


def test_who_approves_comes_before_what_is_wrong(
    cycle: Cycle, claire: User, dominique: User, david: User
) -> None:
    bare = asking(cycle, 1)
    acts.propose(bare, "decline", by=claire)
    row = judging.current(bare[0])
    for by in (claire, david):
        with pytest.raises(Refused) as refused:
            approving.approve(row, by=by)
        assert refused.value.forbidden
    decisions.withdraw_proposal(row, by=claire)
    with pytest.raises(Refused, match="changed since"):
        approving.approve(row, by=dominique)


def test_the_same_queries_for_any_number(
    cycle: Cycle, claire: User, dominique: User, david: User
) -> None:
    cycle.intakes.update(seats=3)
    counts = []
    for first, number in ((0, 10), (10, 200)):
        rows = asking(cycle, number, first=first)
        marked(rows[::2], david, [1 + index % 17 / 4 for index in range(number // 2)], by=claire)
        accept(rows[: number // 2], claire)
        acts.propose(rows[number // 2 :], "decline", by=claire)
        with CaptureQueriesContext(connection) as looking:
            told = gate.findings(cycle, claire)
        with CaptureQueriesContext(connection) as refusing, pytest.raises(Refused):
            approving.approve_all(Decision.objects.filter(application__in=rows), by=dominique)
        counts.append((len(looking), len(refusing)))
    assert counts[0] == counts[1]
    assert len([row for row in told if row.rule == "few_readers"]) == gate.MOST
    (few,) = [group for group in gate.grouped(told) if group.rule == "few_readers"]
    assert (few.total, few.more) == (105, 85)
    assert len(gate.files_found(cycle, claire)) >= 105


def test_a_correction_is_looked_at_beside_what_was_released(
    files: list[Application], cycle: Cycle, claire: User, dominique: User
) -> None:
    accept(files[:1], claire)
    acts.propose(files[1:], "decline", by=claire)
    decisions.approve_all(Decision.objects.proposed(), by=dominique)
    judging.release_all(cycle, proposer=claire, director=dominique)
    assert found(cycle, claire) == {}, "what is released alone is not looked at again"
    answers.correction(judging.current(files[3]), "accept", proposer=claire)
    told = found(cycle, claire)
    assert told == {"below": [(files[3].pk, files[1].pk)]}
    cycle.intakes.update(seats=1)
    assert "seats" in found(cycle, claire)
    with pytest.raises(Refused, match="grave"):
        approving.approve(Decision.objects.corrections().get(), by=dominique)
