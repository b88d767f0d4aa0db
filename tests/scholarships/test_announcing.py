"""The day of the results: frozen by one, shown by another, at once, after the admission's answer, and never twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import lifecycle
from audit.moves import Refused
from notifications.models import OutgoingEmail
from reviews.models import Decision
from scholarships import announcing, frozen, invariants, results
from scholarships.abouts import declaration
from scholarships.models import Announcement, Award, Category, Result
from scholarships.ranking import ranking
from scholarships.result_rules import as_ranked, exceptions, refusals, standing_of
from scholarships.vault import entries
from tests.followup.factories import release_all
from tests.scholarships.factories import shown
from tests.scholarships.panel_world import Panel
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    """One award, three people in the round, all approved; the admission's answers are approved, not out."""
    made = Panel(person, awards=1)
    for number, name in enumerate("abc"):
        made.read_all(made.candidate(name), 5 - number, 5 - number)
    made.approved()
    return made


def answer(panel: Panel) -> None:
    """The admission's answers are out."""
    release_all(panel.world.cycle, **panel.world.staff)


def prepare(panel: Panel) -> list[Announcement]:
    return announcing.prepare(panel.world.cycle, by=panel.claire)


def come() -> None:
    """The hour has come, whatever the clock says."""
    with unguarded():
        Announcement.objects.update(due_at=timezone.now() - timedelta(minutes=1))


def for_an_hour(panel: Panel) -> None:
    hour = timezone.now() + timedelta(hours=1)
    announcing.approve(panel.world.cycle, by=panel.dominique, at=hour)


def broken() -> list[str]:
    """What the invariants of results say."""
    checks: list[Callable[[], Any]] = [
        invariants.results_are_shown_whole,
        invariants.aid_comes_after_the_answer,
        invariants.shown_awards_are_offered,
        invariants.everybody_was_told,
        invariants.results_agree_with_the_trail,
        invariants.results_take_two_people,
        invariants.results_are_guarded,
    ]
    return [line for check in checks for line in check()]


def letters() -> list[str]:
    rows = OutgoingEmail.objects.filter(letter="scholarship_result").order_by("address")
    return list(rows.values_list("address", flat=True))


def test_everybody_s_result_is_shown_at_once_with_awards_and_letters(panel: Panel) -> None:
    (made,) = prepare(panel)
    assert (made.size, made.status, len(made.fingerprint)) == (3, "prepared", 64)
    answer(panel)
    assert announcing.show(panel.world.cycle, by=panel.dominique) == 3
    assert set(Result.objects.values_list("status", flat=True)) == {"shown"}
    award = Award.objects.get()
    assert award.candidacy.result.outcome == "awarded"
    assert len(letters()) == 3
    assert broken() == []
    with pytest.raises(Refused):
        announcing.show(panel.world.cycle, by=panel.dominique)
    assert frozen.obstacles(panel.world.cycle) == [
        "Aucun résultat approuvé n’attend d’être montré."
    ]


def test_the_letter_says_the_same_whatever_the_result(panel: Panel) -> None:
    prepare(panel)
    answer(panel)
    announcing.show(panel.world.cycle, by=panel.dominique)
    rows = OutgoingEmail.objects.filter(letter="scholarship_result")
    told = {(row.subject, row.text.partition("\n\n")[2]) for row in rows}
    assert len(told) == 1
    (text,) = {text for _subject, text in told}
    for word in ("accord", "attente", "offert", "Women", "EDI", "bourse edi"):
        assert word not in text


def test_two_rounds_go_together_and_one_person_gets_one_letter(panel: Panel) -> None:
    other = panel.another(Category.SOCIOECONOMIC)
    application = panel.round.candidacies.order_by("pk")[0].application
    panel.read_all(other.candidacies.create(
        application=application, status="submitted", number="S3-1", sent={"statement": ""},
        submitted_at=timezone.now(),
    ), 4, 4)  # fmt: skip
    assert len(frozen.obstacles(panel.world.cycle)) == 1
    with pytest.raises(Refused):
        prepare(panel)
    panel.approved(other)
    first, second = prepare(panel)
    assert first.fingerprint == second.fingerprint
    answer(panel)
    assert announcing.show(panel.world.cycle, by=panel.dominique) == 4
    assert len(letters()) == 3
    assert broken() == []


def test_aid_never_comes_before_the_admission_s_answer(panel: Panel) -> None:
    prepare(panel)
    with pytest.raises(Refused):
        announcing.show(panel.world.cycle, by=panel.dominique)
    for_an_hour(panel)
    come()
    assert announcing.show_due() == 0
    assert Announcement.objects.get().status == "approved"
    answer(panel)
    assert announcing.show_due() == 3
    assert announcing.show_due() == 0
    assert len(letters()) == 3
    assert broken() == []


def test_it_waits_for_its_hour(panel: Panel) -> None:
    prepare(panel)
    answer(panel)
    for_an_hour(panel)
    assert announcing.show_due() == 0
    with pytest.raises(Refused):
        announcing.approve(panel.world.cycle, by=panel.dominique, at=timezone.now())
    come()
    assert announcing.show_due() == 3


def test_what_is_frozen_is_not_frozen_again(panel: Panel) -> None:
    prepare(panel)
    assert len(frozen.obstacles(panel.world.cycle)) == 1
    with pytest.raises(Refused):
        announcing.prepare(panel.world.cycle, by=panel.claire)


def test_only_a_director_who_did_not_prepare_it_shows_it(panel: Panel) -> None:
    cycle, hour = panel.world.cycle, timezone.now() + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        announcing.prepare(cycle, by=panel.dominique)
    assert refused.value.forbidden
    with pytest.raises(Refused) as refused:
        announcing.show(cycle, by=panel.dominique)
    assert not refused.value.forbidden
    prepare(panel)
    answer(panel)
    for user in (panel.gilles, panel.claire):
        with pytest.raises(Refused) as refused:
            announcing.show(cycle, by=user)
        assert refused.value.forbidden
    panel.claire.roles = ["coordinator", "director"]
    panel.claire.save()
    with pytest.raises(Refused) as refused:
        announcing.approve(cycle, by=panel.claire, at=hour)
    assert not refused.value.forbidden
    for verb in (announcing.hold, announcing.cancel):
        with pytest.raises(Refused) as refused:
            verb(cycle, why="No", by=panel.gilles)
        assert refused.value.forbidden
    assert not Result.objects.filter(status="shown").exists()


def test_either_side_stops_it_with_words_and_it_goes_on(panel: Panel) -> None:
    cycle = panel.world.cycle
    with pytest.raises(Refused):
        announcing.hold(cycle, why="Wait", by=panel.claire)
    prepare(panel)
    for_an_hour(panel)
    with pytest.raises(Refused):
        announcing.hold(cycle, why=" ", by=panel.claire)
    announcing.hold(cycle, why="Wait", by=panel.claire)
    row = Announcement.objects.get()
    assert (row.status, row.why_stopped, row.stopped_by) == ("held", "Wait", panel.claire)
    for_an_hour(panel)
    row.refresh_from_db()
    assert (row.status, row.why_stopped) == ("approved", "")
    announcing.cancel(cycle, why="Again", by=panel.dominique)
    assert not Result.objects.exclude(announcement=None, status="approved").exists()
    assert len(prepare(panel)) == 1
    assert letters() == []


def _withdraws(panel: Panel) -> None:
    file = panel.round.candidacies.order_by("pk")[0].application
    lifecycle.withdraw(file, by=file.applicant)


def _no_longer_pays(panel: Panel) -> None:
    panel.round.awards = 0
    panel.round.save()


def _leaves(panel: Panel) -> None:
    panel.dominique.roles = []
    panel.dominique.save()


@pytest.mark.parametrize(
    ("change", "halt"),
    [(_withdraws, "changed"), (_no_longer_pays, "objection"), (_leaves, "person")],
)
def test_what_is_no_longer_what_was_approved_shows_nothing(
    panel: Panel, change: Callable[[Panel], None], halt: str
) -> None:
    prepare(panel)
    for_an_hour(panel)
    answer(panel)
    come()
    change(panel)
    assert announcing.show_due() == 0
    row = Announcement.objects.get()
    assert (row.status, row.why_stopped) == ("held", halt)
    assert not Result.objects.filter(status="shown").exists()
    assert OutgoingEmail.objects.filter(letter="announcement_held").count() == 2
    assert letters() == []


def test_a_declaration_withdrawn_at_the_last_moment_stops_it(person: Any) -> None:
    panel = Panel(person, Category.WOMEN_IN_AI)
    row = panel.read_all(panel.declared(panel.candidate("a")), 5, 5)
    panel.approved()
    prepare(panel)
    answer(panel)
    entries.erase(declaration(row), by=row.application.applicant)
    with pytest.raises(Refused):
        announcing.show(panel.world.cycle, by=panel.dominique)
    assert not Award.objects.exists()


def test_what_lacks_is_said_without_telling_who_is_unanswered(person: Any) -> None:
    panel = Panel(person)
    panel.candidate("a", None)
    reasons = frozen.obstacles(panel.world.cycle)
    panel.round.candidacies.all().delete()
    assert frozen.obstacles(panel.world.cycle) == reasons != []
    panel.read(panel.candidate("b"), panel.gilles, 3, 3)
    assert len(frozen.obstacles(panel.world.cycle)) == 2
    made = results.propose_as_ranked(panel.round, why="One.", by=panel.claire)
    results.approve(panel.round, by=panel.dominique)
    Result.objects.filter(pk=made[0].pk).update(status="set_aside", approved_by=None)
    Result.objects.filter(pk=made[0].pk).update(why="", status="proposed")
    Result.objects.filter(pk=made[0].pk).update(approved_by=panel.dominique, status="approved")
    assert len(frozen.obstacles(panel.world.cycle)) == 2
    assert Decision.objects.filter(status="approved").exists()


def test_what_was_shown_stands_in_the_way_of_nobody_who_is_answered_later(panel: Panel) -> None:
    prepare(panel)
    answer(panel)
    announcing.show(panel.world.cycle, by=panel.dominique)
    panel.round.seats.filter(person=panel.gilles).delete()
    assert len(frozen.obstacles(panel.world.cycle)) == 1  # nothing waits, and nothing else


def test_a_shown_award_that_is_no_longer_eligible_lets_the_others_through(person: Any) -> None:
    panel = Panel(person, Category.WOMEN_IN_AI)
    row = panel.read_all(panel.declared(panel.candidate("a")), 5, 5)
    panel.approved()
    prepare(panel)
    answer(panel)
    announcing.show(panel.world.cycle, by=panel.dominique)
    entries.erase(declaration(row), by=row.application.applicant)
    stands = ranking(panel.round)
    assert [line.is_eligible for line in stands.all] == [False]
    assert refusals(stands, standing_of(stands)) == []


def test_a_no_of_the_admission_calls_for_no_reason_of_the_next(person: Any) -> None:
    panel = Panel(person, awards=1)
    panel.read_all(panel.candidate("a", "decline"), 5, 5)
    second = panel.read_all(panel.candidate("b"), 4, 4)
    stands = ranking(panel.round)
    assert exceptions(stands, as_ranked(stands), second.pk) == []


# The database -------------------------------------------------------------------------------------
def refused_by_the_database(act: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def test_the_database_shows_nothing_that_two_people_did_not(panel: Panel) -> None:
    (made,) = prepare(panel)
    rows, lists = Result.objects.all(), Announcement.objects.filter(pk=made.pk)
    now = timezone.now()
    hour = {"approved_by": panel.dominique, "approved_at": now, "due_at": now}
    done = {"status": "done", "shown_at": now}
    acts: list[Callable[[], Any]] = [
        lambda: rows.update(status="shown"),
        lambda: rows.update(outcome="not_awarded", rank=None),
        lambda: rows.update(why="Another"),
        lambda: rows.update(announcement=None),
        lambda: rows.update(status="set_aside", approved_by=None),
        rows.delete,
        lambda: lists.update(**done, **hour),
        lambda: lists.update(fingerprint="1" * 64),
        lambda: lists.update(size=1),
        lambda: lists.update(status="approved", **{**hour, "approved_by": panel.claire}),
        lambda: Announcement.objects.create(
            round=panel.round, prepared_by=panel.claire, fingerprint="", size=0, status="held"
        ),
    ]
    assert [refused_by_the_database(act) for act in acts] == [True] * len(acts)
    later = {**hour, "due_at": now + timedelta(hours=1)}
    lists.update(status="approved", **later)
    assert refused_by_the_database(lambda: lists.update(**done))
    assert refused_by_the_database(lambda: lists.update(**done, due_at=now))
    assert refused_by_the_database(lambda: lists.update(status="prepared"))


def test_what_is_shown_stays(panel: Panel) -> None:
    prepare(panel)
    answer(panel)
    announcing.show(panel.world.cycle, by=panel.dominique)
    rows, lists = Result.objects.all(), Announcement.objects.all()
    acts: list[Callable[[], Any]] = [
        lambda: rows.update(outcome="awarded", rank=None),
        lambda: rows.update(status="approved"),
        lambda: rows.update(announcement=None),
        lambda: lists.update(status="cancelled", shown_at=None),
        lambda: lists.update(shown_at=timezone.now() + timedelta(days=1)),
        lists.delete,
    ]
    assert [refused_by_the_database(act) for act in acts] == [True] * len(acts)


def test_a_result_begins_as_proposed(panel: Panel) -> None:
    row = panel.candidate("zoe")
    values = {"candidacy": row, "outcome": "not_awarded", "proposed_by": panel.claire}
    approved = {"status": "approved", "approved_by": panel.dominique}
    assert refused_by_the_database(lambda: Result.objects.create(**values, **approved))
    made = Result.objects.create(**values)
    rows = Result.objects.filter(pk=made.pk)
    assert refused_by_the_database(lambda: rows.update(status="shown", approved_by=panel.dominique))


def test_the_invariants_see_what_the_guards_would_refuse(panel: Panel) -> None:
    row = panel.round.candidacies.order_by("pk")[0]
    assert broken() == []
    with unguarded():
        Result.objects.filter(candidacy=row).update(status="shown")
        assert any("scholarships_result" in line for line in broken())
    told = " ".join(broken())
    for word in ("announcement is not done", "has not answered", "no letter", "trail's"):
        assert word in told


def test_the_factory_of_other_tests_passes_the_guards(person: Any) -> None:
    panel = Panel(person)
    rows = [panel.candidate(name) for name in "ab"]
    shown(panel.round, dict(zip(rows, ("awarded", "waitlisted"), strict=True)), **panel.world.staff)
    assert set(Result.objects.values_list("status", flat=True)) == {"shown"}
