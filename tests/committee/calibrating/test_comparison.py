"""A reader beside the group: the figures, when they show, and to whom. Nobody can tell who gave what."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from committee import comparison
from committee.calibration import lines_of
from committee.models import Anchor
from cycles.models import Cycle
from reviews.models import Criterion, Review
from tests.committee.calibrating import factories as committee
from tests.reviews import factories as judging

SECRET = "A thought that is nobody else’s"


def rows_of(reader: User, cycle: Cycle) -> list[comparison.Row]:
    """What this reader is shown."""
    criteria = list(cycle.criteria.all())
    return comparison.compared(lines_of(reader, cycle), criteria, comparison.group_of(cycle))


def test_medians_show_with_the_fourth_reader(
    cycle: Cycle, anchors: list[Anchor], readers: list[User]
) -> None:
    for reader, value in zip(readers[:3], (2, 3, 4), strict=True):
        committee.calibrated(anchors, reader, value, value, value)
    committee.scored(anchors[0], readers[3], 5, 5, None)
    assert not comparison.group_of(cycle).is_large_enough
    assert {cell.median for row in rows_of(readers[0], cycle) for cell in row.cells} == {None}
    assert rows_of(readers[0], cycle)[0].apart is None
    committee.calibrated(anchors[1:], readers[3], 5, 5, None)
    study, _code, aim = rows_of(readers[0], cycle)
    assert [(cell.own, cell.median) for cell in study.cells] == [(2, 3.5)] * 3
    assert (study.apart, study.halves, study.is_stricter, study.is_alike) == (-1.5, 3, True, False)
    # The fourth could not judge: three values would give somebody away.
    assert [cell.median for cell in aim.cells] == [None] * 3


@pytest.mark.parametrize(
    ("own", "swings", "alike"),
    [((5, 3, 1), True, True), ((3, 3, 3), False, True), ((1, 1, 1), False, False)],
)
def test_gaps_that_make_up_for_each_other_are_not_alike(
    own: tuple[int, ...], swings: bool, alike: bool, anchors: list[Anchor]
) -> None:
    cells = [comparison.Cell(anchors[0], value, 3, None) for value in own]
    row = comparison.Row(Criterion(), cells)
    assert (row.swings, row.is_alike) == (swings, alike)


def test_the_group_moves_by_four(
    cycle: Cycle, anchors: list[Anchor], readers: list[User], person: Callable[..., User]
) -> None:
    for reader in readers:
        committee.calibrated(anchors, reader, 3, 3, 3)
    late = [person(f"late{index}", Role.REVIEWER) for index in range(4)]
    for reader in late[:3]:
        committee.calibrated(anchors, reader, 5, 5, 5)
        assert comparison.group_of(cycle).size == 4
        assert rows_of(reader, cycle)[0].cells[0].median == 3
        assert rows_of(reader, cycle)[0].apart == 2
    committee.calibrated(anchors, late[3], 5, 5, 5)
    group = comparison.group_of(cycle)
    assert (group.size, len(group.finished)) == (8, 8)
    assert rows_of(late[0], cycle)[0].cells[0].median == 4


def test_the_words_of_the_page(
    client: Client, cycle: Cycle, anchors: list[Anchor], readers: list[User]
) -> None:
    study = cycle.criteria.all()[0]
    Anchor.objects.update(reference={str(study.pk): 4})
    given = [(3, 3, 1), (3, 4, 3), (3, 4, 3), (4, 4, 5)]
    for reader, values in zip(readers, given, strict=True):
        committee.calibrated(anchors, reader, *values)
    client.force_login(readers[0])
    page = client.get("/en/calibration/").content.decode()
    assert "You read “Study (en)” as the others do." in page
    assert "You are about one point stricter than the others on “Code (en)”." in page
    assert "You are about two points or more stricter than the others on “Aim (en)”." in page
    assert "agreed 4" in page
    assert "that of 4 readers" in page
    client.force_login(readers[3])
    page = client.get("/en/calibration/").content.decode()
    assert "about one point more generous than the others on “Study (en)”" in page
    french = client.get("/calibration/").content.decode()
    assert "vous êtes moins sévère que les autres d’environ un point" in french


@pytest.mark.parametrize(
    ("median", "halves"), [(3.2, 0), (3.5, 1), (2.5, 1), (4, 2), (4.6, 3), (1, 4), (6, 4)]
)
def test_amounts_in_half_points(median: float, halves: int) -> None:
    cell = comparison.Cell(Anchor(), 3, median, None)
    assert comparison.Row(Criterion(), [cell]).halves == halves


def test_drift_of_real_marks(
    client: Client, cycle: Cycle, anchors: list[Anchor], readers: list[User], claire: User
) -> None:
    me = readers[0]
    committee.calibrated(anchors, me, 3, None, 3)
    files = judging.filed(25, cycle)
    start = timezone.now() - timedelta(days=10)
    for index, file in enumerate(files):
        row = judging.reviewed(file, me, 2, 2, 2, by=claire)
        committee.handed_in_at(row, start + timedelta(hours=index))
        if index == 18:
            assert comparison.drift_of(me, cycle, lines_of(me, cycle)) is None
    late = Review.objects.order_by("-handed_in_at").values("pk")[:15]
    Review.objects.filter(pk__in=list(late.values_list("pk", flat=True))).update(mark=Decimal(3))
    drift = comparison.drift_of(me, cycle, lines_of(me, cycle))
    assert drift is not None
    assert drift.anchors == 3
    assert drift.windows == [2, 3]
    assert drift.shift == 1
    client.force_login(me)
    page = client.get("/en/calibration/").content.decode()
    assert "Your last marks are 1.0 higher" in page
    Review.objects.filter(pk__in=Review.objects.order_by("handed_in_at")[:10]).update(mark=4)
    assert "Your last marks are lower" in client.get("/en/calibration/").content.decode()
    Review.objects.update(mark=3)
    assert "about as high" in client.get("/en/calibration/").content.decode()
    assert "n’appartient" not in client.get("/calibration/").content.decode()
    claire_sees = comparison.drift_of(claire, cycle, lines_of(claire, cycle))
    assert claire_sees is None


def test_nobody_judged_an_anchor(cycle: Cycle, anchors: list[Anchor], david: User) -> None:
    drift = comparison.Drift(None, [Decimal(3), Decimal(3)])
    assert drift.is_steady
    committee.calibrated(anchors, david, None, None, None)
    group = comparison.group_of(cycle)
    assert [each.alike for each in comparison.spreads(cycle, group)] == [None] * 3


def test_the_coordination_sees_the_spread_and_no_name_with_it(
    client: Client, cycle: Cycle, anchors: list[Anchor], readers: list[User], claire: User
) -> None:
    client.force_login(claire)
    page = client.get("/en/progress/calibration/").content.decode()
    assert "Shown once four readers" in page
    assert page.count("Not yet") == 4
    for reader, value in zip(readers, (1, 3, 3, 5), strict=True):
        committee.calibrated(anchors[:2], reader, 3, 3, None)
        committee.scored(anchors[2], reader, value, 3, None)
    page = client.get("/en/progress/calibration/").content.decode()
    assert "Not yet" not in page
    study, code, aim = comparison.spreads(cycle, comparison.group_of(cycle))
    assert (study.alike, study.widest) == (83, anchors[2])
    assert (code.alike, code.widest, aim.alike) == (100, None, None)
    assert "83%" in page
    assert "File C" in page


def test_no_file_no_table(client: Client, cycle: Cycle, claire: User) -> None:
    client.force_login(claire)
    assert "No calibration file" in client.get("/en/progress/calibration/").content.decode()


CAST = {
    "applicant": "amina",
    "coordinator": "claire",
    "director": "dominique",
    "panelist": "gilles",
    "edi": "fatou",
    "administrator": "adam",
}
# Who may see a reader's own values or drift: that reader. Every page that could show them is asked by everybody.
SEES = {
    "anonymous": False,
    "the reader": True,
    "another reader": False,
    "applicant": False,
    "coordinator": False,
    "director": False,
    "panelist": False,
    "edi": False,
    "administrator": False,
}


def test_drift_is_the_reader_s_alone(
    cycle: Cycle, anchors: list[Anchor], readers: list[User], request: Any
) -> None:
    me, *others = readers
    for other in others:
        committee.calibrated(anchors, other, 3, 3, 3)
    for anchor in anchors:
        committee.scored(anchor, me, 1, 5, 1, comment=SECRET)
    people: dict[str, Any] = {"anonymous": None, "the reader": me, "another reader": others[0]}
    people |= {role: request.getfixturevalue(name) for role, name in CAST.items()}
    pages = [
        *("calibration/", f"calibration/{anchors[0].pk}/", "queue/"),
        *("progress/", "progress/calibration/", f"progress/readers/{me.pk}/"),
        f"admin/committee/anchor/{anchors[0].pk}/change/",
        f"admin/cycles/cycle/{cycle.pk}/change/",
        "admin/audit/auditentry/",
    ]
    for role, sees in SEES.items():
        client = Client()
        if who := people[role]:
            client.force_login(who)
        answers = [client.get(f"/en/{page}") for page in pages]
        seen = "".join(one.content.decode() for one in answers if one.status_code == 200)
        assert (SECRET in seen, "stricter than the others" in seen) == (sees, sees), role
