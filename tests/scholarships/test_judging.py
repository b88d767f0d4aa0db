"""The panel reads: who, what, when, and what is kept of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role
from applications import lifecycle
from applications.models import Referee
from audit.moves import Refused
from reviews.models import Conflict, Decision
from reviews.scoring import Stale
from scholarships import judging, panel_queue, results
from scholarships.abouts import declaration
from scholarships.eligible import eligible
from scholarships.models import Candidacy, Category, Reading, Recusal, Round, Seat
from scholarships.panels import panel_lacks
from scholarships.vault import entries
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    return Panel(person)


def seen(panel: Panel, user: Any) -> set[str]:
    return set(Candidacy.objects.visible_to(user).values_list("number", flat=True))


# Who sees what ------------------------------------------------------------------------------------
def test_nobody_who_judges_sees_an_application_before_the_admission_answered(panel: Panel) -> None:
    row = panel.candidate("amina", None)
    staff = (panel.gilles, panel.claire, panel.dominique)
    assert [seen(panel, user) for user in staff] == [set(), set(), set()]
    assert seen(panel, row.application.applicant) == {row.number}
    decision = Decision.objects.create(
        application=row.application, version=1, outcome="decline", proposed_by=panel.claire
    )
    assert [seen(panel, user) for user in staff] == [set(), set(), set()]
    Decision.objects.filter(pk=decision.pk).update(
        status="approved", approved_by=panel.dominique, approved_at=timezone.now()
    )
    assert [seen(panel, user) for user in staff] == [{row.number}] * 3


def test_the_panel_sees_what_counts_in_a_round_that_has_closed(panel: Panel) -> None:
    row = panel.candidate("amina")
    assert seen(panel, panel.gilles) == {row.number}
    Round.objects.update(closes_at=timezone.now() + timedelta(days=1))
    assert seen(panel, panel.gilles) == set()
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    Candidacy.objects.update(status="withdrawn")
    assert seen(panel, panel.gilles) == set()
    assert seen(panel, panel.claire) == {row.number}
    Candidacy.objects.update(status="draft")
    assert seen(panel, panel.claire) == set()


def test_a_withdrawn_file_is_not_judged(panel: Panel) -> None:
    row = panel.candidate("amina")
    lifecycle.withdraw(row.application, by=row.application.applicant)
    assert seen(panel, panel.gilles) == set()


def test_without_a_seat_or_the_role_nothing_shows(panel: Panel, person: Any) -> None:
    panel.candidate("amina")
    assert seen(panel, person("jules", Role.PANELIST)) == set()
    assert seen(panel, person("david", Role.REVIEWER)) == set()
    assert seen(panel, person("fatou", Role.EDI_OFFICER)) == set()
    assert seen(panel, person("bruno")) == set()
    panel.gilles.roles = [Role.REVIEWER]
    panel.gilles.save()
    assert seen(panel, panel.gilles) == set()


def test_a_referee_or_somebody_in_conflict_never_reads(panel: Panel) -> None:
    row, other = panel.candidate("amina"), panel.candidate("bruno")
    Referee.objects.create(
        application=row.application, name="Gilles", email=panel.gilles.email.upper()
    )
    assert seen(panel, panel.gilles) == {other.number}
    for user in (panel.gilles, panel.claire):
        Conflict.objects.create(
            application=other.application,
            person=user,
            origin="declared",
            status="confirmed",
            judged_by=user,
            judged_at=timezone.now(),
        )
    assert seen(panel, panel.gilles) == set()
    assert seen(panel, panel.claire) == {row.number}
    with pytest.raises(Refused):
        judging.save_reading(other, judging.Judged(), revision=0, by=panel.gilles)


# The panel ----------------------------------------------------------------------------------------
def test_reading_does_not_begin_without_three_and_the_edi_committee(panel: Panel) -> None:
    row = panel.candidate("amina")
    assert panel_lacks(panel.round) == []
    Seat.objects.update(of_edi_committee=False)
    assert len(panel_lacks(panel.round)) == 1
    with pytest.raises(Refused) as refused:
        panel.read(row, panel.gilles, 4, 4)
    assert refused.value.reasons == panel_lacks(panel.round)
    Seat.objects.update(of_edi_committee=True)
    panel.panel[2].roles = []
    panel.panel[2].save()
    assert len(panel_lacks(panel.round)) == 1
    panel.round.measures.all().delete()
    assert len(panel_lacks(panel.round)) == 2
    assert not Reading.objects.exists()


# Eligible -----------------------------------------------------------------------------------------
def test_only_category_1_asks_for_a_declaration_in_one_query(
    panel: Panel, django_assert_num_queries: Any
) -> None:
    first = panel.another(Category.WOMEN_IN_AI)
    one, two = panel.candidate("amina"), panel.candidate("bruno", row=first)
    three = panel.declared(panel.candidate("zoe", row=first))
    with django_assert_num_queries(1, using="vault"):
        assert eligible([one, two, three]) == {one.pk, three.pk}
    entries.erase(declaration(three), by=three.application.applicant)
    assert eligible([three]) == set()
    assert eligible([]) == set()


def test_who_is_not_eligible_is_closed_with_no_score_asked(panel: Panel) -> None:
    first = panel.another(Category.WOMEN_IN_AI)
    row = panel.candidate("amina", row=first)
    queue = panel_queue.queue_of(first, panel.gilles)
    assert (queue.asked, queue.left, queue.following) == (0, 0, None)
    with pytest.raises(Refused):
        panel.read(row, panel.gilles, 4, 4)
    panel.declared(row)
    panel.read(row, panel.gilles, 4, 4)
    queue = panel_queue.queue_of(first, panel.gilles)
    assert (queue.asked, queue.scored, queue.left) == (1, 1, 0)


# Reading ------------------------------------------------------------------------------------------
def test_a_draft_saves_itself_and_no_tab_overwrites_another(panel: Panel) -> None:
    row = panel.candidate("amina")
    saved = judging.save_reading(row, panel.typed(row.round, 4), revision=0, by=panel.gilles)
    assert (saved.revision, list(saved.scores.values()), saved.comment) == (1, [4], "Clear.")
    with pytest.raises(Stale):
        judging.save_reading(row, panel.typed(row.round, 2), revision=0, by=panel.gilles)
    saved = judging.save_reading(row, panel.typed(row.round, 2), revision=1, by=panel.gilles)
    assert list(saved.scores.values()) == [2]
    strange = judging.Judged(scores={999_999: 5})
    assert judging.save_reading(row, strange, revision=2, by=panel.gilles).scores == {}


def test_handing_in_asks_for_every_line_and_one_judgement(panel: Panel) -> None:
    row = panel.candidate("amina")
    with pytest.raises(Refused) as refused:
        judging.hand_in(row, by=panel.gilles)
    assert len(refused.value.reasons) == 2
    with pytest.raises(Refused) as refused:
        panel.read(row, panel.gilles, 4)
    assert len(refused.value.reasons) == 1
    judging.save_reading(row, panel.typed(row.round, None, None), revision=1, by=panel.gilles)
    with pytest.raises(Refused) as refused:
        judging.hand_in(row, by=panel.gilles)
    assert len(refused.value.reasons) == 1
    judging.save_reading(row, panel.typed(row.round, None, 3), revision=2, by=panel.gilles)
    done = judging.hand_in(row, by=panel.gilles)
    assert done.status == "handed_in"
    assert judging.mark_of(done, list(row.round.measures.all())) == 3
    with pytest.raises(Refused):
        judging.save_reading(row, judging.Judged(), revision=3, by=panel.gilles)


def test_one_may_take_a_reading_back_until_a_result_is_proposed(panel: Panel) -> None:
    row = panel.read_all(panel.candidate("amina"), 4, 4)
    with pytest.raises(Refused):
        judging.take_back(panel.candidate("bruno"), by=panel.gilles)
    assert judging.take_back(row, by=panel.gilles).handed_in_at is None
    judging.hand_in(row, by=panel.gilles)
    results.propose(row, "awarded", by=panel.claire)
    with pytest.raises(Refused):
        judging.take_back(row, by=panel.gilles)
    assert panel_queue.queue_of(panel.round, panel.gilles).left == 1
    results.withdraw(panel.round, by=panel.claire)
    judging.take_back(row, by=panel.gilles)


def test_nobody_reads_for_another(panel: Panel, person: Any) -> None:
    row = panel.candidate("amina")
    for user in (panel.claire, panel.dominique, person("jules", Role.PANELIST), person("bruno")):
        for verb in (judging.hand_in, judging.take_back):
            with pytest.raises(Refused) as refused:
                verb(row, by=user)
            assert refused.value.forbidden
        with pytest.raises(Refused) as refused:
            judging.recuse(row, "Friend", by=user)
        assert refused.value.forbidden


# Staying away -------------------------------------------------------------------------------------
def test_who_stays_away_sees_nothing_and_may_come_back(panel: Panel) -> None:
    row = panel.candidate("amina")
    judging.save_reading(row, panel.typed(row.round, 4), revision=0, by=panel.gilles)
    made = judging.recuse(row, "A former student.", by=panel.gilles)
    assert seen(panel, panel.gilles) == set()
    assert [one.candidacy for one in panel_queue.stayed_away(panel.round, panel.gilles)] == [row]
    with pytest.raises(Refused):
        judging.come_back(made, by=panel.panel[1])
    judging.come_back(made, by=panel.gilles)
    assert not Recusal.objects.exists()
    assert panel_queue.queue_of(panel.round, panel.gilles).lines[0].reading is not None
    again = judging.recuse(row, "A former student.", by=panel.gilles)
    for reader in panel.panel[1:]:
        panel.read(row, reader, 3, 3)
    results.propose(row, "awarded", why="Two could read it.", by=panel.claire)
    with pytest.raises(Refused):
        judging.come_back(again, by=panel.gilles)


def test_the_queue_opens_what_was_begun_then_goes_round(panel: Panel) -> None:
    rows = [panel.candidate(name, number=f"S1-00{n}") for n, name in enumerate(("a", "b", "c"))]
    judging.save_reading(rows[1], panel.typed(panel.round, 4), revision=0, by=panel.gilles)
    queue = panel_queue.queue_of(panel.round, panel.gilles)
    assert queue.following is not None
    assert queue.following.number == "S1-001"
    after = [queue.after(number) for number in ("S1-000", "S1-001", "S1-002")]
    assert [line and line.number for line in after] == ["S1-001", "S1-002", "S1-000"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_costs_the_same(panel: Panel, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        panel.read(panel.candidate(f"p{number}"), panel.gilles, 4, 4)
    with django_assert_num_queries(4):
        assert len(panel_queue.queue_of(panel.round, panel.gilles).lines) == count


def test_the_round_of_a_stranger_is_not_there(panel: Panel, person: Any) -> None:
    assert list(Round.objects.visible_to(panel.gilles)) == [panel.round]
    assert list(Round.objects.visible_to(panel.claire)) == [panel.round]
    assert not Round.objects.visible_to(person("jules", Role.PANELIST)).exists()
    assert not Round.objects.visible_to(person("bruno")).exists()
