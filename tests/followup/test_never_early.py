"""Before the release, not one byte that an applicant can get depends on the decision (P3).

Two copies of one world, in which everybody is answered otherwise, take the same steps. After each step every page,
export, header, length, letter and number of queries is compared, of everybody, with what there was before.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.template import Node, engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answers import correcting, release
from applications.models import Application
from config.seed import pretence
from followup import timeline
from notifications.models import OutgoingEmail
from reports.my_file import archive
from reviews import decisions
from reviews.models import Decision, Outcome, Release
from tests import access, factories
from tests.access.world import patterns
from tests.followup.factories import World, release_all
from tests.followup.pages import address, signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.walk,
]
TOKEN = re.compile(rb"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \"|data-ends=\")[\w:.+-]+")
TABLE = Path(access.__file__).with_name("table.txt")
# Signing in.
APART = ("account", "mfa", "password")
Answers = Mapping[str, str]
HERE: Answers = {"amina": "accept", "bruno": "waitlist", "chloe": "decline"}
THERE: Answers = {"amina": "decline", "bruno": "accept", "chloe": "waitlist"}


def pages_of(application: Application) -> list[tuple[str, list[object]]]:
    """Every address that the table of access opens to the owner of a file, with the values of their own."""
    lines = (line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    theirs = {name for name, method, *cells in lines if method == "GET" and cells[1] != "403"}
    document = application.documents.all()[0]
    known: dict[str, object] = {
        "number": application.number,
        "receipt": application.submissions.get().receipt,
        "code": application.cycle.code,
        "step": "you",
        "slot": "cv",
        "document": document.pk,
    }
    return [
        (name, [known[key] for key in keys])
        for name, keys in patterns()
        if name in theirs and not name.startswith(APART) and set(keys) <= set(known)
    ]


def observed(browser: Client, application: Application, arrival: str) -> list[Any]:
    """All that this person can get and measure; what is random at each request left out."""
    user = application.applicant
    caches["pages"].clear()  # else it is the clock that says which visit pays for the public page
    seen: list[Any] = []
    moment = datetime.fromtimestamp(float(arrival.removeprefix("t=")), UTC)
    for name, values in pages_of(application):
        page = address(name, *values, language=user.language)
        connection.queries_log.clear()  # it holds so many and no more
        with CaptureQueriesContext(connection) as queries, pretence.at(moment):
            response = browser.get(page, headers={"x-request-start": arrival})
            content = b"".join(response)
        headers = {k: v for k, v in response.items() if k != "X-Request-ID"}
        body = TOKEN.sub(rb"\1", content)
        body = body.replace(response["X-Request-ID"].encode(), b"")
        cookies = sorted(response.cookies)
        seen.append(
            (page, response.status_code, headers, cookies, len(queries), len(content), body)
        )
    with transaction.atomic(), pretence.at(moment):
        with archive(user) as made, zipfile.ZipFile(made) as held:
            seen += [(name, held.read(name)) for name in held.namelist()]
        transaction.set_rollback(True)  # the trail says that it was downloaded
    letters = OutgoingEmail.objects.filter(address=user.email).order_by("pk")
    return [*seen, *letters.values_list("letter", "status", "subject", "text")]


class Crowd:
    """Three applicants of one cycle, all submitted."""

    def __init__(self, world: World, arrival: str) -> None:
        self.world, self.arrival = world, arrival
        languages = {"amina": "fr", "bruno": "en", "chloe": "fr"}
        people = {name: world.person(name, language=lang) for name, lang in languages.items()}
        self.files = {name: world.submitted(user) for name, user in people.items()}
        self.browsers = {name: signed_in(user) for name, user in people.items()}
        self.watched = list(people)

    def observed(self) -> dict[str, list[Any]]:
        """What everybody can get."""
        return {
            name: observed(self.browsers[name], self.files[name], self.arrival)
            for name in self.watched
        }

    def proposed(self, answers: Answers) -> list[Decision]:
        """An answer for everybody."""
        msc = factories.program()
        return [
            decisions.propose(
                self.files[name],
                outcome,
                None if outcome == Outcome.DECLINE else msc,
                by=self.world.claire,
            )
            for name, outcome in answers.items()
        ]

    def steps(self, answers: Answers) -> Iterator[str]:
        """Everything that comes before a release."""
        rows = self.proposed(answers)
        yield "proposed"
        for row in rows:
            decisions.approve(row, by=self.world.dominique)
        yield "approved"
        yield from self.until_released(Release.Kind.FIRST)

    def corrections(self, answers: Answers) -> Iterator[str]:
        """Everything that comes before the release of a correction."""
        row = Decision.objects.get(application=self.files["chloe"], is_current=True)
        outcome = answers["chloe"]
        msc = factories.program()
        made = correcting.propose_correction(row, outcome, msc, why="Wrong", by=self.world.claire)
        yield "correction proposed"
        decisions.approve(made, by=self.world.dominique)
        yield "correction approved"
        yield from self.until_released(Release.Kind.CORRECTION)

    def until_released(self, kind: Release.Kind) -> Iterator[str]:
        """Prepared, approved for an hour, held."""
        prepared = release.prepare_release(
            self.world.cycle, by=self.world.claire, kind=kind, while_open=True
        )
        yield f"{kind} prepared"
        hour = timezone.now() + timedelta(hours=1)
        release.approve_release(prepared, by=self.world.dominique, at=hour)
        yield f"{kind} approved for an hour"
        release.hold_release(prepared, by=self.world.claire, why="Wait")
        yield f"{kind} held"

    def differences(
        self,
        before: dict[str, list[Any]],
        walk: Callable[[Answers], Iterator[str]],
        answers: Answers,
    ) -> list[str]:
        """The steps after which somebody could get something else than before; nothing of them stays."""
        found = []
        with transaction.atomic():
            for step in walk(answers):
                for name, now in self.observed().items():
                    found += [
                        f"{step}, {name}: {old[0]}"
                        for old, new in zip(before[name], now, strict=True)
                        if old != new
                    ]
            transaction.set_rollback(True)
        return found


@pytest.fixture
def crowd(world: World, settings: Any) -> Crowd:
    """One moment of arrival for every request, so that countdowns agree."""
    settings.TRUSTED_PROXIES = 1
    return Crowd(world, f"t={timezone.now().timestamp():.3f}")


def test_nothing_shows_before_the_release(crowd: Crowd) -> None:
    names = {name for name, _values in pages_of(crowd.files["amina"])}
    assert {"my_application", "application_calendar", "my_file", "offer_accept"} <= names
    before = crowd.observed()
    for answers in (HERE, THERE):
        assert crowd.differences(before, crowd.steps, answers) == []


def test_nothing_shows_before_a_correction_is_released(crowd: Crowd) -> None:
    for row in crowd.proposed(HERE):
        decisions.approve(row, by=crowd.world.dominique)
    release_all(crowd.world.cycle, **crowd.world.staff)
    crowd.observed()  # the first look at an answer is written down
    before = crowd.observed()
    for answers in ({"chloe": "accept"}, {"chloe": "waitlist"}):
        assert crowd.differences(before, crowd.corrections, answers) == []


def test_the_same_eyes_see_the_release(crowd: Crowd) -> None:
    before = crowd.observed()
    for row in crowd.proposed(HERE):
        decisions.approve(row, by=crowd.world.dominique)
    release_all(crowd.world.cycle, **crowd.world.staff)
    after = crowd.observed()
    assert [name for name in HERE if before[name] == after[name]] == []


def _leaks_in_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment in the page, one byte longer for those who are accepted."""
    template = engines["django"].get_template("followup/my_application.html").template  # type: ignore[attr-defined]
    render = Node.render_annotated
    last = template.nodelist[-1]

    def leaking(self: Any, context: Any) -> Any:
        written = render(self, context)
        if self is last and (application := context["situation"].application):
            return written + "<!-- -->" * application.decisions.filter(outcome="accept").count()
        return written

    monkeypatch.setattr(Node, "render_annotated", leaking)


def _leaks_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same page, that takes one query more where there is an answer."""
    thread = timeline.thread

    def slower(situation: Any) -> Any:
        for row in Decision.objects.filter(application=situation.application):
            row.refresh_from_db()
        return thread(situation)

    monkeypatch.setattr("followup.views.home.thread", slower)


@pytest.mark.parametrize("plant", [_leaks_in_a_template, _leaks_in_time])
def test_a_planted_leak_is_seen(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    plant(monkeypatch)
    crowd.watched = ["amina"]
    found = crowd.differences(crowd.observed(), crowd.steps, HERE)
    assert any("/applications/mine/" in line for line in found)


def test_the_letter_of_the_release_does_not_say_which_answer(world: World, person: Any) -> None:
    people = {outcome: person(f"p-{outcome}", full_name="Awa Ndiaye") for outcome in Outcome.values}
    for outcome, user in people.items():
        program = None if outcome == Outcome.DECLINE else factories.program()
        row = decisions.propose(world.submitted(user), outcome, program, by=world.claire)
        decisions.approve(row, by=world.dominique)
    release_all(world.cycle, **world.staff)
    told = set()
    for user in people.values():
        letter = OutgoingEmail.objects.get(letter="decision_available", address=user.email)
        number = Application.objects.get(applicant=user).number
        told.add((letter.subject.replace(number, ""), letter.text.replace(number, "")))
    assert len(told) == 1
