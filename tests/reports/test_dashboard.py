"""The dashboard: its figures against a year made by hand, what each role sees, what a conflict hides, what it costs."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from applications.models import Choice
from applications.sight import ids_kept_from
from audit.models import ErrandState, subject_of
from cycles.models import Cycle
from desk import mail
from reports.dashboard import arrivals, whole
from reports.dashboard.choosing import chosen, current_of
from reports.dashboard.counting import Asking, counted
from reports.dashboard.whole import Dashboard
from reviews.models import Decision
from tests import factories
from tests.followup import factories as answers
from tests.reports.dashboard_world import Year, bounced, build
from tests.reviews import factories as judging
from tests.scholarships.factories import a_candidacy, a_round

# Of the page: three to know who asks, the rest for everything that it says. The aim is twelve.
COST = 11
FIRST = 9


@pytest.fixture(autouse=True)
def fresh_numbers() -> None:
    """Numbers kept by another test would be told."""
    caches["pages"].clear()


@pytest.fixture
def year(person: Any) -> Year:
    """One of each."""
    return build(person)


def seen_by(user: User, code: str = "", program: str = "") -> Dashboard:
    """What this person is told now."""
    at = timezone.now()
    asked = chosen(code, program, at=at)
    assert asked
    return whole.read(asked, user, at)


def page(client: Client, user: User, language: str = "en", **query: str) -> str:
    """The page as a browser gets it."""
    client.force_login(user)
    with translation.override(language):
        answer = client.get(reverse("dashboard"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def keys(board: Dashboard) -> list[str]:
    """Which matters are there."""
    return [one.key for one in board.matters]


def test_every_figure_is_that_of_the_year_made_by_hand(year: Year) -> None:
    board = seen_by(year.claire)
    assert [(one.label, one.numbers, one.total) for one in board.stages] == [
        ("Brouillons commencés", [3, 2], 7),
        ("Soumises", [3, 2], 5),
        ("Complètes", [1, 0], 1),
        ("Lues au moins une fois", [2, 0], 2),
        ("Lues deux fois", [1, 0], 1),
        ("Décidées", [1, 0], 1),
    ]
    assert board.nowhere == 2
    assert board.stages[1].share == round(100 * 5 / 7, 1)
    totals = board.sums.totals
    assert (totals.asked, totals.handed_in, totals.lacking, totals.unread) == (5, 3, 5, 2)
    assert (board.sums.to_assign, board.sums.to_assign_unread, board.sums.to_check) == (3, 2, 3)
    days = board.arrivals
    assert (days.total, days.before, days.after_close, days.lately) == (5, 3, 0, 0)
    assert [bar.count for bar in days.bars[-3:]] == [1, 2, 2]
    assert [bar.before for bar in days.bars[-3:]] == [1, 0, 2]
    assert board.reading
    assert [(one.given, one.handed_in) for one in board.reading.lines] == [(3, 1)]
    assert (board.total.budget, len(board.money)) == (Decimal(18000), 2)


def test_the_figures_of_one_program_are_those_of_its_first_choices(year: Year) -> None:
    board = seen_by(year.claire, program="dess")
    assert [(one.numbers, one.total) for one in board.stages] == [([2], 2)] * 2 + [([0], 0)] * 3
    assert (board.arrivals.total, board.arrivals.before, board.reading) == (2, None, None)
    # What is to do is that of all programs, as the pages that it leads to.
    assert [(one.key, one.title) for one in board.matters] == [
        (one.key, one.title) for one in seen_by(year.claire).matters
    ]


def test_a_coordinator_is_told_what_waits_and_where_it_is_settled(year: Year) -> None:
    board = seen_by(year.claire)
    told = {one.key: (one.title, one.url) for one in board.matters}
    with translation.override("fr"):
        desk, board_of = reverse("completeness_board"), reverse("board")
        assert told == {
            "overdue": (
                "1 pièce demandée est en retard",
                reverse("desk_file", args=[year.files[1].number]),
            ),
            "received": (
                "1 pièce à accepter ou à refuser",
                reverse("desk_file", args=[year.files[2].number]),
            ),
            "messages": ("2 messages sans réponse", f"{desk}?state=unanswered&cycle=A27"),
            "conflicts": (
                "1 conflit d’intérêts possible à juger",
                f"{reverse('conflicts_board')}?cycle=A27",
            ),
            "back": ("1 courriel est revenu", f"{reverse('letters')}?state=back"),
            "short": (
                "3 dossiers ont trop peu de lecteurs",
                f"{board_of}?state=to_assign&cycle=A27",
            ),
            "to_check": ("3 dossiers à vérifier", f"{desk}?state=to_check&cycle=A27"),
            "texts": ("1 courriel de la période a un texte qui ne sert pas encore", ""),
            "disposals": (
                "1 liste de documents à vérifier avant destruction",
                reverse("retention"),
            ),
        }
    assert "il y a 2 jours" in next(one.text for one in board.matters if one.key == "messages")


def test_a_director_is_told_what_only_a_director_settles(year: Year) -> None:
    assert set(keys(seen_by(year.dominique))) == {"proposals", "budget", "disposals"}
    # Nobody approves what they proposed.
    Decision.objects.update(proposed_by=year.dominique)
    assert "proposals" not in keys(seen_by(year.dominique))
    year.claire.roles = ["coordinator", "director", "administrator"]
    board = seen_by(year.claire)
    assert {"proposals", "budget", "messages"} <= set(keys(board))
    texts = next(one for one in board.matters if one.key == "texts")
    assert texts.url == reverse("admin:cycle_letters", args=[year.cycle.pk])


def test_each_button_leads_to_a_page_that_this_person_may_open(year: Year, client: Client) -> None:
    for user in (year.claire, year.dominique):
        client.force_login(user)
        for one in seen_by(user).matters:
            if one.url:
                assert client.get(one.url).status_code == 200, one.key


def test_letters_count_as_their_own_page_counts_them(year: Year) -> None:
    """What something keeps from a person there does not count here: conflicts, and scholarships before a decision."""
    unknown = a_candidacy(a_round(year.last), year.files[1])
    for thing in (unknown, year.files[0]):
        bounced(subject_of(thing))
    year.dominique.roles = ["coordinator"]
    for user, count in ((year.claire, 2), (year.dominique, 3)):
        told = counted(Asking(user, year.cycle, ids_kept_from(user), year.at))
        assert told["back"].count == mail.counts(mail.seen_by(user))["back"] == count


def test_what_a_conflict_hides_counts_for_the_others(year: Year) -> None:
    other = seen_by(year.dominique)
    assert (other.sums.submitted, other.sums.to_assign, other.arrivals.total) == (6, 4, 6)
    year.dominique.roles = ["coordinator"]
    told = {one.key: one.title for one in seen_by(year.dominique).matters}
    mine = {one.key: one.title for one in seen_by(year.claire).matters}
    for key in ("overdue", "received", "messages", "conflicts", "back", "short"):
        assert told[key] != mine[key], key


def test_a_conflict_takes_its_file_off_at_once_even_from_numbers_that_are_kept(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MANY", 1)
    assert seen_by(year.claire).sums.submitted == 5
    year.files[4].conflicts.create(
        person=year.claire,
        origin="declared",
        status="confirmed",
        judged_by=year.dominique,
        judged_at=year.at,
    )
    assert seen_by(year.claire).sums.submitted == 4
    year.files[3].conflicts.create(
        person=year.readers[0],
        origin="declared",
        status="confirmed",
        judged_by=year.dominique,
        judged_at=year.at,
    )
    with CaptureQueriesContext(connection) as queries:
        assert seen_by(year.claire).sums.submitted == 4
    assert not any('"reviews_standing"."asked"' in row["sql"] for row in queries)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_with_one_and_with_three(
    person: Any,
    client: Client,
    count: int,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    year = build(person, count=count)
    for user, cost in ((year.claire, COST), (year.dominique, COST)):
        client.force_login(user)
        # What hangs on the files that Claire may not see is looked up once in minutes, and in five queries.
        with django_assert_max_num_queries(cost + FIRST):
            client.get(reverse("dashboard"))
        with django_assert_num_queries(cost):
            assert client.get(reverse("dashboard")).status_code == 200


def test_a_timetable_that_is_silent_is_told_first(year: Year) -> None:
    ErrandState.objects.update(ended_at=year.at - timedelta(minutes=10))
    for user in (year.claire, year.dominique):
        assert keys(seen_by(user))[0] == "timetable", user
    ErrandState.objects.all().delete()
    assert keys(seen_by(year.claire))[0] == "timetable"


def test_nobody_else_opens_it(
    year: Year, client: Client, amina: User, david: User, gilles: User, fatou: User, adam: User
) -> None:
    for one in (amina, david, gilles, fatou, adam):
        client.force_login(one)
        assert client.get(reverse("dashboard")).status_code == 403


def test_the_page_says_the_same_in_both_languages_and_runs_nothing_inline(
    year: Year, client: Client
) -> None:
    for language, words in (
        ("fr", "3 dossiers ont trop peu de lecteurs"),
        ("en", "3 files have too few readers"),
    ):
        text = page(client, year.claire, language)
        assert words in text
        assert year.hidden.number not in text
        assert " style=" not in text
        assert not re.search(r"<script(?! src=)", text)
    assert "<svg" in text
    client.force_login(year.claire)
    assert client.post(reverse("dashboard")).status_code == 405


def test_the_address_chooses_the_cycle_and_the_program(year: Year, client: Client) -> None:
    assert "Fall 2026" in page(client, year.claire, cycle="A26")
    assert seen_by(year.claire, "A26").arrivals.total == 3
    assert "These are of all programs" in page(client, year.claire, program="dess")
    assert seen_by(year.claire, "nowhere", "nothing").cycle == year.cycle


def test_without_a_cycle_it_says_so(client: Client, claire: User) -> None:
    assert "No cycle is published" in page(client, claire)


def test_nothing_waits(client: Client, claire: User) -> None:
    factories.cycle(closes=20)
    ErrandState.objects.create(name="remind_drafts", ended_at=timezone.now())
    assert "Nothing waits for you" in page(client, claire)


@pytest.mark.django_db
def test_the_current_cycle_is_the_one_that_everything_else_calls_so() -> None:
    now = timezone.now()
    for code, opens, closes in (("A25", -800, -760), ("A26", -30, 8), ("A27", 330, 370)):
        factories.cycle(code=code, opens=opens, closes=closes)
        listed = list(Cycle.objects.all())
        assert current_of(listed, now) == Cycle.objects.current()
    Cycle.objects.filter(code="A26").delete()
    assert current_of(list(Cycle.objects.all()), now) == Cycle.objects.current()
    assert current_of([], now) is None


def test_after_the_release_it_follows_people_to_their_first_day(year: Year, client: Client) -> None:
    stages = [one.label for one in seen_by(year.claire).stages]
    assert "Place offerte" not in stages
    cycle = judging.cycle(code="A28", opens=-100, closes=-58)
    files = judging.filed(2, cycle)
    for row in files:
        Choice.objects.create(application=row, program=factories.program(), rank=1)
        answers.decided(row, "accept", claire=year.claire, dominique=year.dominique)
    answers.release_all(cycle, claire=year.claire, dominique=year.dominique)
    board = seen_by(year.dominique, "A28")
    told = {one.label: one.total for one in board.stages}
    assert (told["Décidées"], told["Place offerte"], told["Offre acceptée"]) == (2, 2, 0)


@pytest.mark.parametrize(
    ("most", "step", "highest"),
    [(0, 1, 1), (3, 1, 3), (4, 1, 4), (5, 2, 6), (17, 5, 20), (69, 20, 80), (2500, 1000, 3000)],
)
def test_the_scale_has_round_numbers(most: int, step: int, highest: int) -> None:
    assert arrivals._scale(most) == (step, highest)
