"""What readers hear by mail: once a week, once more when something is near, and otherwise nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews import assignment as assigning
from reviews import digest, scoring, tasks
from reviews.models import Assignment
from tests.conftest import Settle
from tests.reviews import factories as judging

# A Monday of winter, 9 h in Montréal.
MONDAY = datetime(2026, 12, 7, 14, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pile(cycle: Cycle, david: User, claire: User) -> list[Assignment]:
    """Three files of David's, given long ago, due long after."""
    Cycle.objects.update(opens_at=MONDAY - 60 * DAY)
    rows = [judging.assigned(file, david, by=claire) for file in judging.filed(3, cycle)]
    Assignment.objects.update(assigned_at=MONDAY - 30 * DAY, due_on=MONDAY.date() + 40 * DAY)
    return rows


def change(row: Assignment, *, due: int = 40, given: float = -30) -> None:
    """Due and given so many days from Monday morning."""
    Assignment.objects.filter(pk=row.pk).update(
        due_on=MONDAY.date() + due * DAY, assigned_at=MONDAY + given * DAY
    )


def letters() -> list[tuple[str, str]]:
    """Which, to whom."""
    ours = OutgoingEmail.objects.filter(letter__startswith="reading_").order_by("pk")
    return list(ours.values_list("letter", "address"))


def test_one_mail_on_monday_however_often_the_timetable_runs(
    pile: list[Assignment], david: User
) -> None:
    change(pile[0], due=-1)
    change(pile[1], due=4, given=-2)
    judging.saved(pile[2], 4)
    for minutes in (0, 30, 600):
        digest.write_all(at=MONDAY + timedelta(minutes=minutes))
    assert letters() == [("reading_digest", david.email)]
    text = OutgoingEmail.objects.get().text
    for line in ("Given to you in the last week: 1", "Late: 1", "Due within a week: 1"):
        assert line in text
    assert "3 files are left in your queue, 1 of them begun" in text
    assert "Next due date: 11\xa0December\xa02026" in text
    assert "/en/queue/" in text
    digest.write_all(at=MONDAY + 7 * DAY)
    assert len(letters()) == 2


def test_never_a_name_nor_a_number(pile: list[Assignment]) -> None:
    change(pile[0], due=5)
    digest.write_all(at=MONDAY)
    digest.write_all(at=MONDAY + 2 * DAY)
    assert OutgoingEmail.objects.count() == 2
    for mail in OutgoingEmail.objects.all():
        for row in pile:
            said = f"{mail.subject} {mail.text} {mail.key} {mail.about}"
            assert row.application.number not in said
            assert row.application.last_names not in said


@pytest.mark.parametrize(
    "at", [MONDAY - timedelta(hours=3), MONDAY - DAY, MONDAY + DAY, MONDAY + 6 * DAY]
)
def test_nothing_at_night_nor_on_other_days(pile: list[Assignment], at: datetime) -> None:
    digest.write_all(at=at)
    assert letters() == []


def test_nothing_without_a_cycle(db: None) -> None:
    assert digest.write_all(at=MONDAY) == 0


def test_nothing_for_those_with_nothing_left(
    pile: list[Assignment], person: Settle, claire: User, david: User, cycle: Cycle
) -> None:
    """All handed in, taken back, in conflict, withdrawn: no reason to write."""
    judging.hand_in(pile[0], 3, 3, 3)
    assigning.unassign(pile[1], by=claire)
    assigning.declare_conflict(pile[2], by=david, why="A friend")
    gone = judging.assigned(judging.filed(1, cycle, first=9)[0], david, by=claire)
    lifecycle.withdraw(gone.application, by=gone.application.applicant)
    digest.write_all(at=MONDAY)
    assert letters() == []


def test_nothing_for_who_reads_no_more(pile: list[Assignment], david: User) -> None:
    User.objects.filter(pk=david.pk).update(roles=[Role.PANELIST])
    digest.write_all(at=MONDAY)
    User.objects.filter(pk=david.pk).update(roles=[Role.REVIEWER], is_active=False)
    digest.write_all(at=MONDAY)
    assert letters() == []


def test_each_in_their_language_in_a_fixed_number_of_queries(
    pile: list[Assignment],
    person: Settle,
    claire: User,
    cycle: Cycle,
    django_assert_num_queries: object,
) -> None:
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Roy")
    judging.assigned(judging.filed(1, cycle, first=9)[0], zoe, by=claire)
    Assignment.objects.filter(reviewer=zoe).update(due_on=MONDAY.date() + 2 * DAY)
    with django_assert_num_queries(9):  # type: ignore[operator]
        digest.write_all(at=MONDAY)
    french = OutgoingEmail.objects.get(address=zoe.email)
    assert french.subject == "Il reste un dossier à lire, Automne 2027"
    assert "Bonjour Zoé Roy," in french.text
    assert "Prochaine date\xa0: 9\xa0décembre\xa02026" in french.text


def test_once_more_when_something_is_near(pile: list[Assignment], david: User) -> None:
    change(pile[0], due=5)
    digest.write_all(at=MONDAY)
    digest.write_all(at=MONDAY + DAY)
    assert len(letters()) == 1
    for day in (2, 3, 4, 5):
        digest.write_all(at=MONDAY + day * DAY)
    assert letters()[1:] == [("reading_due", david.email)]
    text = OutgoingEmail.objects.get(letter="reading_due").text
    assert "One review is due within three days" in text
    assert "3 files are left in your queue" in text


def test_what_monday_said_is_not_said_again(pile: list[Assignment]) -> None:
    change(pile[0], due=3)
    digest.write_all(at=MONDAY)
    digest.write_all(at=MONDAY + DAY)
    assert len(letters()) == 1
    # A file given since, and due at once, was not in Monday's mail.
    change(pile[1], due=3, given=0.5)
    digest.write_all(at=MONDAY + DAY)
    assert len(letters()) == 2


def test_what_is_handed_in_or_late_is_not_near(pile: list[Assignment]) -> None:
    change(pile[0], due=5)
    change(pile[1], due=1)
    judging.hand_in(pile[0], 3, 3, 3)
    digest.write_all(at=MONDAY + 3 * DAY)
    assert letters() == []


def test_ones_own_file_is_never_counted(
    pile: list[Assignment], application: Application, amina: User
) -> None:
    """A reader who applies: no assignment leads to it, and no mail would count it."""
    Assignment.objects.filter(pk=pile[0].pk).update(application=application, reviewer=amina)
    User.objects.filter(pk=amina.pk).update(roles=[Role.REVIEWER])
    digest.write_all(at=MONDAY)
    assert amina.email not in dict(letters()).values()


def test_the_timetable_has_its_task(pile: list[Assignment]) -> None:
    tasks.write_to_readers()
    tasks.write_to_readers()
    assert len(letters()) <= 1
    assert scoring.lacks(pile[0])
