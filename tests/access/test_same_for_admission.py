"""Who judges admission cannot tell whether somebody applied for a scholarship or answered a question: not one byte says so.

One world; every page, export, header, length and number of queries of everybody who judges, before and after the person
applied in all three categories and said all there is to say. Until the decision is approved for the coordination too, for
readers and panelists of admission for ever.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from audit.moves import record
from config.seed import pretence
from reviews import decisions
from reviews.models import Decision
from scholarships import awarding, urls
from scholarships.models import Category, Reading
from tests.access.confided import Confided, Secrets, confide
from tests.access.filling import fields_of
from tests.access.test_table import LINES
from tests.access.test_vault_canaries import ADDRESSES
from tests.access.walking import queries
from tests.access.world import ROLES, World, build, patterns
from tests.scholarships.factories import a_panel, a_result, a_round

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.walk]
READERS = ("assigned", "unassigned", "conflicted")
OFFICE = ("coordinator", "director")
# Signing in.
OF_APPLICANTS = {str(one.name) for one in urls.applying}
APART = ("account", "mfa", "password")
SHUT = {"403", "404", "405", "in"}
# What is random at each request, one by one: the token of a form, in a field and in a header; the request's number.
# What was looked for, sealed: the same words are sealed otherwise each time.
SOUGHT = re.compile(rb"((?:~|%7E)gAAAA)[\w%-]+")
TOKENS = re.compile(rb"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \")[\w-]+")
RANDOM_HEADERS = ("X-Request-ID",)
# The number of an act that a form does once, however often it is sent.
KEYS = re.compile(rb"(name=\"key\" value=\")[0-9a-f-]{36}")
# The personal link of a letter that the timetable only rehearses is made, shown, and never kept.
LINKS = re.compile(rb"(/reference/)[\w-]{20,}")
# Somebody invented, for the preview of a page, has a number drawn by lot.
NUMBER = re.compile(rb"A\d\d-[0-9A-Z]{6}")
# How long a session still lasts is told to the second.
ENDS = re.compile(rb"(data-ends=\")[\w:.+-]+")
PARTS = ("status", "headers", "cookies", "length", "body", "queries", "queries of the vault")
BODY = PARTS.index("body")
Seen = dict[str, tuple[Any, ...]]


class _Undo(Exception):
    """Leaves the transaction without a trace: that a page was opened is written down, and would show on the next."""


class Eyes:
    """All that these roles can get and measure, at one moment."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.moment = timezone.now() + timedelta(minutes=1)
        self.numbers = {
            one.encode() for one in Application.objects.values_list("number", flat=True)
        }

    def see(self, *roles: str) -> Seen:
        """Every address that the table opens to a role, with every filter and search."""
        return {place: self._one(role, place) for role in roles for place in self._places(role)}

    def _places(self, role: str) -> Iterator[str]:
        column, owner = ROLES.index(role), self.world.people["owner"]
        words = [owner.full_name, *Application.objects.values_list("number", flat=True)[:2]]
        filters = queries(words)
        for name, _keys in patterns():
            if LINES[name, "GET"][column] in SHUT or name.startswith(APART):
                continue
            address = self.world.address(name)
            yield f"{role} {address}"
            for query in filters.get(name, ()):
                yield f"{role} {address}?{query}"

    def _if_there(self, found: re.Match[bytes]) -> bytes:
        return found[0] if found[0] in self.numbers else b""

    @contextmanager
    def _drawing_the_same_lots(self) -> Iterator[None]:
        """Which letters of a release are read is drawn by lot, by the database."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT setseed(0.5)")
        yield

    def _one(self, role: str, place: str) -> tuple[Any, ...]:
        address = place.partition(" ")[2]
        browser = self.world.client(role)
        caches["pages"].clear()
        arrival = {"x-request-start": f"t={self.moment.timestamp():.3f}"}
        found: list[Any] = []
        try:
            with (
                transaction.atomic(),
                self._drawing_the_same_lots(),
                CaptureQueriesContext(connection) as asked,
                CaptureQueriesContext(connections["vault"]) as confidential,
                pretence.at(self.moment),
            ):
                response = browser.get(address, headers=arrival)
                content = b"".join(response)
                raise _Undo
        except _Undo:
            headers = {k: v for k, v in response.items() if k not in RANDOM_HEADERS}
            number = response.get("X-Request-ID", "-").encode()
            body = content.replace(number, b"")
            for random in (TOKENS, KEYS, ENDS, LINKS, SOUGHT):
                body = random.sub(rb"\1", body)
            body = NUMBER.sub(self._if_there, body)
            found = [response.status_code, headers, sorted(response.cookies), len(content), body]
        return (*found, len(asked), len(confidential))


def differences(before: Seen, after: Seen) -> dict[str, str]:
    """Where something is not what it was, and what."""
    assert before.keys() == after.keys()
    return {
        place: _difference(seen, after[place])
        for place, seen in before.items()
        if seen != after[place]
    }


def _difference(old: tuple[Any, ...], new: tuple[Any, ...]) -> str:
    part = next(
        number for number, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]
    )
    if old[BODY] == new[BODY]:
        return f"{PARTS[part]}: {old[part]!r} became {new[part]!r}"
    pairs = enumerate(zip(old[BODY], new[BODY], strict=False))
    at = next((place for place, (one, other) in pairs if one != other), len(old[BODY]))
    around = slice(max(0, at - 60), at + 60)
    return f"{old[BODY][around]!r} became {new[BODY][around]!r}"


def applied(world: World) -> Confided:
    """The person applies in all three categories, through each page that there is, and answers everything."""
    person, officer = world.people["owner"], world.people["edi"]
    confided = confide(person, officer)
    for one in confided.candidacies:
        record("submitted", one, by=person)
    # The world's own is of last year's file, which is decided: here all of it is about the file that waits.
    (*_others, third) = confided.candidacies
    for name, _keys in patterns():
        if name in OF_APPLICANTS:
            world.values |= {f"{name}.pk": third.round_id, f"{name}.number": third.number}
    browser = world.client("owner")
    for name in ADDRESSES:
        address = world.address(name)
        page = browser.get(address).content.decode("utf-8", "replace")
        browser.post(address, fields_of([page]).plausible(Secrets()))
    return confided


def judged(confided: Confided, world: World) -> None:
    """All that can happen next: read by a panel, awarded by two people, offered."""
    results = []
    for one in confided.candidacies:
        (seat,) = a_panel(one.round, world.people["panelist"])
        Reading.objects.create(candidacy=one, person=seat.person)
        two = {"by": world.people["coordinator"], "approved_by": world.people["director"]}
        results.append(a_result(one, shown=False, **two))
    awarding.offer_all(results, by=world.people["director"], at=timezone.now())


@pytest.fixture
def world(person: Callable[..., User], adam: User, settings: Any) -> World:
    settings.TRUSTED_PROXIES = 1
    made = build(person, adam)
    made.client("owner")  # that somebody signed in is known of everybody
    return made


def test_nobody_who_judges_can_tell(world: World) -> None:
    """Two looks at one world are the same; then it is the person's doing alone that lies between them."""
    waiting = Application.objects.filter(applicant=world.people["owner"]).order_by("pk").last()
    assert waiting is not None
    for category in Category:  # that a scholarship is offered is public
        a_round(waiting.cycle, category)
    eyes = Eyes(world)
    before = eyes.see(*READERS, *OFFICE)
    assert len(before) > 200
    confided = applied(world)
    assert len(confided.candidacies) == 3
    assert differences(before, eyes.see(*READERS, *OFFICE)) == {}


def test_readers_never_can(world: World) -> None:
    """Not after the decision, not once awards are made."""
    for row in Decision.objects.filter(status="proposed"):
        decisions.approve(row, by=world.people["director"])
    eyes = Eyes(world)
    before = eyes.see(*READERS)
    judged(applied(world), world)
    assert differences(before, eyes.see(*READERS)) == {}


def test_a_page_that_tells_would_be_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte, one header, one query more."""
    address, eyes = f"coordinator {world.address('board')}", Eyes(world)
    client = world.client
    before = {address: eyes._one("coordinator", address)}
    applied(world)
    assert differences(before, {address: eyes._one("coordinator", address)}) == {}

    class Telling:
        """A browser whose product tells."""

        def __init__(self, way: str) -> None:
            self.way = way

        def get(self, *args: Any, **told: Any) -> Any:
            """The page, and a sign that somebody applied."""
            response = client("coordinator").get(*args, **told)
            if self.way == "query":
                Application.objects.filter(candidacies__isnull=False).exists()
            elif self.way == "header":
                response["ETag"] = "1"
            else:
                response.content += b" "
            return response

    for way in ("byte", "header", "query"):
        monkeypatch.setattr(world, "client", lambda role, way=way: Telling(way))
        assert differences(before, {address: eyes._one("coordinator", address)}).keys() == {
            address
        }, way
