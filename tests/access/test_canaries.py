"""A unique string in every field of a file; nobody who must not see the file finds one anywhere.

A case is a role and the marks that it must not meet: a blind case is one more line, with the marks of who the
person is. The walk goes through every named address of the product: a page of tomorrow is walked too.
"""

import re
from collections.abc import Callable, Iterable
from importlib import import_module

import pytest

from accounts.models import Role, User
from applications.models import Application
from config.celery import app
from cycles.models import Cycle
from desk import talking
from reviews import conflicts
from reviews.models import Reason
from tests.access.planting import Mark, plant, plant_number
from tests.access.walking import born, told, walk, walk_admin
from tests.access.world import World, build
from tests.reviews import factories as judging

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.walk]

STAFF_IN_CONFLICT = ("conflicted", "conflicted_coordinator", "conflicted_director")
OUTSIDE = ("anonymous", "other", "unassigned", "panelist", "edi", "referee")
# What a panel is there to read, once the admission has answered.
READ_BY = {"panelist": {"scholarships.Candidacy.sent.statement"}}
SEEN_BY_COORDINATORS = {
    "applications.Application.first_names",
    "applications.Submission.content.statement",
    "applications.Submission.content.degrees.institution",
    "applications.Referee.name",
    "desk.Message.text",
    "desk.Request.title",
    "reviews.Conflict.evidence",
    "why of propose",
    "subject of piece_asked",
}
# What tells who a person is, wherever it is kept.
WHO_IT_IS = re.compile(
    r"\.(first_names|last_names|preferred_name|pronouns|phone|email|label|full_name)$"
    r"|Referee\.(name|organisation)$|referees\.(name|organisation)$"
)
# Errands that fetch or send outside of the database; the letters that they would send are looked at as queued.
OUTSIDE_OF_THE_DATABASE = ("notifications.", "papers.")


@pytest.fixture
def world(person: Callable[..., User], adam: User) -> World:
    """The world of the table, with more people who must not see its file."""
    made = build(person, adam)
    claire = made.people["coordinator"]
    made.people |= {
        "conflicted_coordinator": person("corinne", Role.COORDINATOR),
        "conflicted_director": person("denis", Role.DIRECTOR),
        "conflicted_administrator": person("adele", Role.ADMINISTRATOR, Role.REVIEWER),
        "referee": person("elise"),
    }
    files = Application.objects.filter(applicant=made.people["owner"])
    for role in (*STAFF_IN_CONFLICT, "conflicted_administrator"):
        for file in files:
            conflicts.declare(file, by=made.people[role], reason=Reason.OTHER, words="x")
    now = Application.objects.get(number=made.values["number"])
    talking.write(now, "A question", by=made.people["owner"])
    talking.write(now, "An answer", by=claire)
    judging.saved(now.assignments.get(reviewer=made.people["assigned"]), 3, comment="Good")
    return made


@pytest.fixture
def marks(world: World) -> list[Mark]:
    """Planted in all that belongs to the owner."""
    return [*plant(world.people["owner"]), plant_number()]


def words_of(marks: list[Mark]) -> list[str]:
    """What to search for: names, numbers and addresses; a search looks nowhere else."""
    sought = ("Application.first_names", "Application.last_names", "User.email", "User.full_name")
    words = [mark.text for mark in marks if mark.place.endswith(sought)]
    addressed = [f"{mark.text}@canary.example" for mark in marks if "User.email" in mark.place]
    return [*words, *addressed, *Application.objects.values_list("number", flat=True)]


def leaks(pages: Iterable[tuple[str, str]], hidden: list[Mark]) -> dict[str, list[str]]:
    """Where a mark showed, and which."""
    found: dict[str, list[str]] = {}
    for place, text in pages:
        lower = text.lower()
        if "zqx" in lower and (seen := [m.place for m in hidden if m.text in lower]):
            found[place] = seen
    return found


def numbers(pages: Iterable[tuple[str, str]], world: World) -> list[str]:
    """Where the file's number showed without having been asked for."""
    return [place for place, text in pages if world.values["number"] in text]


def errands() -> None:
    """What the timetable does to the database: a digest or a reminder would be queued now."""
    for line in app.conf.beat_schedule.values():
        module, _dot, name = line["task"].rpartition(".")
        if not module.startswith(OUTSIDE_OF_THE_DATABASE):
            getattr(import_module(module), name)()


def test_nothing_of_the_file_is_found(
    world: World, marks: list[Mark], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    errands()
    words = words_of(marks)
    for role in (*STAFF_IN_CONFLICT, *OUTSIDE):
        pages = list(walk(world, role, words, post=role in STAFF_IN_CONFLICT))
        assert len(pages) > 150
        kept = [mark for mark in marks if mark.place not in READ_BY.get(role, ())]
        assert leaks(pages, kept) == {}, role
        assert numbers(pages, world) == [], role
        assert born(pages) == [], role
    # Accounts are an administrator's to look after, whoever applies: name and address show there.
    hidden = [mark for mark in marks if not mark.place.startswith("accounts.User")]
    pages = list(walk_admin(world, "conflicted_administrator"))
    assert leaks(pages, hidden) == {}
    assert born(pages) == []
    assert leaks([("the log", caplog.text)], marks) == {}


def test_the_walk_finds_what_may_be_seen(world: World, marks: list[Mark]) -> None:
    """Without this, the walk could pass by looking nowhere."""
    pages = list(walk(world, "coordinator", words_of(marks)))
    seen = leaks(pages, marks)
    places = {place for found in seen.values() for place in found}
    assert SEEN_BY_COORDINATORS - places == set()
    assert {"get /desk/?state=waiting", "get /files/"} <= set(seen)
    assert numbers(pages, world)
    assert leaks(walk_admin(world, "admin"), [m for m in marks if "User" not in m.place])
    # The referee's page names the applicant, for whom they are asked to write, and the referee.
    page = [("link", told_of_link(world))]
    allowed = ("Application.first_names", "Application.last_names", "Referee.name")
    shown = [place for found in leaks(page, marks).values() for place in found]
    assert shown
    assert [place for place in shown if not place.endswith(allowed)] == []


def test_a_blind_reader_never_learns_who_it_is(world: World, marks: list[Mark]) -> None:
    hidden = [mark for mark in marks if WHO_IT_IS.search(mark.place)]
    assert len(hidden) > 20
    review = world.address("review")
    assert leaks([("review", told(world, "assigned", review)[1])], hidden), "names show otherwise"
    Cycle.objects.update(is_blind=True)
    words = words_of(marks)
    assert told(world, "assigned", review)[0] == 200
    assert leaks(walk(world, "assigned", words, post=True), hidden) == {}


def told_of_link(world: World) -> str:
    """What a referee's personal link shows."""
    return told(world, "referee", world.address("reference"))[1]
