"""Acts of the board: each can be undone as a whole, and nothing that was written is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from answers import acts, board
from answers.models import Act
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle, Intake
from reviews import decisions
from reviews.models import Decision
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking


@pytest.fixture
def files(cycle: Cycle) -> list[Application]:
    """Four bare files that ask for the M.Sc."""
    return asking(cycle, 4)


def answers(files: list[Application]) -> list[tuple[str, str, int | None] | None]:
    """Outcome, status and place of each file's answer."""
    rows = {
        row.application_id: (row.outcome, row.status, row.rank)
        for row in Decision.objects.filter(is_current=True)
    }
    return [rows.get(file.pk) for file in files]


def test_a_bulk_act_is_undone_as_a_whole(
    files: list[Application], claire: User, dominique: User
) -> None:
    msc = factories.program()
    acts.propose(files[:2], "waitlist", msc, by=claire)
    approved = acts.propose(files[2:3], "decline", by=claire)
    decisions.approve(approved[0], by=dominique)
    before = answers(files)
    acts.propose(files, "accept", msc, by=claire)
    assert answers(files) == [("accept", "proposed", None)] * 4
    act = Act.objects.latest("pk")
    acts.undo(act, by=claire)
    waitlist, declined = [("waitlist", "proposed", 1), ("waitlist", "proposed", 2)], before[2]
    assert declined == ("decline", "approved", None)
    # What was approved comes back to be approved anew.
    assert answers(files) == [*waitlist, ("decline", "proposed", None), None]
    assert Decision.objects.filter(application=files[0]).count() == 3, "nothing is rewritten"
    verbs = AuditEntry.objects.about(judging.current(files[0])).values_list("verb", flat=True)
    assert list(verbs) == ["bring_back"]
    act.refresh_from_db()
    assert (act.undone_by, str(act)) == (claire, f"{act.cycle_id}, propose, {act.pk}")
    with pytest.raises(Refused, match="undone already"):
        acts.undo(act, by=claire)


def test_not_once_approved_nor_changed(
    files: list[Application], claire: User, dominique: User
) -> None:
    acts.propose(files, "decline", by=claire)
    act = Act.objects.get()
    decisions.approve(judging.current(files[0]), by=dominique)
    with pytest.raises(Refused, match="approved since") as refused:
        acts.undo(act, by=claire)
    assert refused.value.reasons == [files[0].number]
    acts.propose(files[:1], "accept", factories.program(), by=claire)
    with pytest.raises(Refused, match="something else"):
        acts.undo(act, by=claire)
    assert answers(files)[1:] == [("decline", "proposed", None)] * 3
    acts.undo(Act.objects.latest("pk"), by=claire)
    assert answers(files[:1]) == [("decline", "proposed", None)]


def test_nobody_brings_back_and_approves_alone(
    files: list[Application], claire: User, person: Settle
) -> None:
    both = person("zoe", Role.COORDINATOR, Role.DIRECTOR)
    acts.propose(files[:1], "decline", by=claire)
    acts.propose(files[:1], "accept", factories.program(), by=claire)
    acts.undo(Act.objects.latest("pk"), by=both)
    row = judging.current(files[0])
    assert (row.outcome, row.proposed_by) == ("decline", both)
    with pytest.raises(Refused):
        decisions.approve(row, by=both)


def test_who_may_undo(files: list[Application], claire: User, dominique: User) -> None:
    acts.propose(files[:1], "decline", by=claire)
    with pytest.raises(Refused) as refused:
        acts.undo(Act.objects.get(), by=dominique)
    assert refused.value.forbidden
    acts.send_back(judging.current(files[0]), by=dominique, why="Read it again")
    back = Act.objects.latest("pk")
    assert (back.kind, back.why, answers(files[:1])) == ("send_back", "Read it again", [None])
    with pytest.raises(Refused):
        acts.undo(back, by=claire)
    acts.undo(back, by=dominique)
    assert judging.current(files[0]).proposed_by == claire


def test_sent_back_with_a_word_and_never_ones_own(
    files: list[Application], claire: User, dominique: User, person: Settle
) -> None:
    both = person("zoe", Role.COORDINATOR, Role.DIRECTOR)
    acts.propose(files[:1], "decline", by=both)
    row = judging.current(files[0])
    with pytest.raises(Refused, match="in a word"):
        acts.send_back(row, by=dominique, why=" ")
    for stranger in (claire, both):
        with pytest.raises(Refused):
            acts.send_back(row, by=stranger, why="No")


def test_withdrawn_together_and_brought_back(files: list[Application], claire: User) -> None:
    acts.propose(files, "decline", by=claire)
    assert len(acts.withdraw(files, by=claire)) == 4
    assert answers(files) == [None] * 4
    with pytest.raises(Refused, match="None of these"):
        acts.withdraw(files, by=claire)
    acts.undo(Act.objects.latest("pk"), by=claire)
    assert answers(files) == [("decline", "proposed", None)] * 4


def test_a_place_taken_since_is_not_given_twice(files: list[Application], claire: User) -> None:
    msc = factories.program()
    acts.propose(files[:1], "waitlist", msc, by=claire)
    acts.propose(files[:1], "decline", by=claire)
    leaving = Act.objects.latest("pk")
    acts.propose(files[1:2], "waitlist", msc, rank=1, by=claire)
    with pytest.raises(Refused, match="taken a place"):
        acts.undo(leaving, by=claire)
    with pytest.raises(Refused, match="has this place"):
        acts.propose(files[2:3], "waitlist", msc, rank=1, by=claire)


def test_the_same_again_is_no_act(files: list[Application], claire: User) -> None:
    acts.propose(files, "decline", by=claire)
    assert acts.propose(files, "decline", by=claire) == []
    assert Act.objects.count() == 1


def test_files_of_one_cycle_only(files: list[Application], cycle: Cycle, claire: User) -> None:
    other = judging.filed(1, judging.cycle(code="A99"))
    with pytest.raises(Refused, match="one cycle"):
        acts.propose([*files, *other], "decline", by=claire)


def test_acts_are_seen_without_conflicts(
    files: list[Application], claire: User, dominique: User, david: User, person: Settle
) -> None:
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(files[0], zoe, by=claire)
    acts.propose(files[:1], "decline", by=claire)
    hidden = Act.objects.get()
    acts.propose(files, "accept", factories.program(), by=claire)
    assert [act.seen for act in Act.objects.visible_to(claire)] == [4, 1]
    assert [act.seen for act in Act.objects.visible_to(zoe)] == [3]
    assert not Act.objects.visible_to(david).exists()
    with pytest.raises(Refused) as refused:
        acts.undo(hidden, by=zoe)
    assert refused.value.forbidden


def test_queries_do_not_grow(cycle: Cycle, claire: User) -> None:
    counts = []
    msc = factories.program()
    for first, number in ((0, 2), (2, 12)):
        some = asking(cycle, number, first=first)
        told = []
        for outcome, program in (("waitlist", msc), ("accept", msc)):
            with CaptureQueriesContext(connection) as proposing:
                acts.propose(some, outcome, program, by=claire)
            told.append(len(proposing))
        with CaptureQueriesContext(connection) as undoing:
            acts.undo(Act.objects.latest("pk"), by=claire)
        counts.append([*told, len(undoing)])
    assert counts[0] == counts[1]


def sent_back(cycle: Cycle, user: User) -> int:
    """How many files of the cycle wait for another proposal."""
    row = Intake.objects.annotate(n=board.returned(user)).filter(cycle=cycle)[0]
    return int(row.n)


def test_no_button_for_what_can_no_longer_be_undone(
    cycle: Cycle, claire: User, dominique: User
) -> None:
    files = asking(cycle, 2)
    acts.propose(files, "decline", by=claire)
    first = board.last_act(cycle, claire)
    assert first is not None
    decisions.approve(judging.current(files[0]), by=dominique)
    assert board.last_act(cycle, claire) is None
    acts.send_back(judging.current(files[1]), by=dominique, why="Look again")
    assert board.last_act(cycle, dominique) is not None
    assert sent_back(cycle, claire) == 1
    acts.propose(files[1:], "accept", factories.program(), by=claire)
    assert board.last_act(cycle, dominique) is None
    assert sent_back(cycle, claire) == 0
    assert {row.is_overtaken for row in Act.objects.judged()} == {True, False}
