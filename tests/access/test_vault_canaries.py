"""A unique string in every field of the vault: for the person, and the privacy service that opens it; nowhere else, ever.

Each channel was seen to fail: `leaky` has a page that leaks in that way, and a test of each.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from scholarships import abouts, urls
from scholarships.vault import entries
from tests.access.confided import DIMENSIONS, Confided, Secrets, confide, undone, vault_rows
from tests.access.filling import Fields, fields_of
from tests.access.leaky import LEAKS, QUEUE
from tests.access.listening import Ears, listening, rows
from tests.access.planting import Planter
from tests.access.test_canaries import errands
from tests.access.walking import queries, text_of, told, walk, walk_admin
from tests.access.world import ROLES, World, build, patterns

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.walk]

# The addresses of a person's own confidences and of the privacy service: each is posted to, those of tomorrow too.
ADDRESSES = tuple(str(one.name) for one in [*urls.applying, *urls.confiding])
# These must be among them: a list that lost its pages would find nothing anywhere.
MUST_EXIST = {
    *("scholarship_statement", "scholarship_confidential", "scholarship_confidential_erase"),
    *("scholarship_proof", "scholarship_proof_file", "scholarship_proof_erase"),
    *("self_identification", "self_identification_erase", "confidential_mine"),
    *("edi_need", "edi_open", "edi_aggregates", "edi_aggregates_csv"),
}
# Where the person reads what they said, and where the privacy service opens it: at least one of their strings shows there.
SHOWN_TO_THE_PERSON = ("confidential_mine",)
Places = dict[str, list[str]]
NOT_THE_PERSON = [role for role in ROLES if role != "owner"]
# Who may know nothing of a candidacy while the admission decision is not approved; the privacy service may.
ADMISSION = ("assigned", "unassigned", "conflicted", "coordinator", "director", "panelist", "other")
NOBODYS = "zqx0000000000k"
POSTING = ("owner", "anonymous", "other", "coordinator", "panelist", "edi", "admin")
# Those with something to type; the others are one button, and get it all once.
STATEMENT = "scholarship_statement"
FORMS = (
    *(STATEMENT, "scholarship_confidential", "scholarship_proof"),
    *("self_identification", "edi_open", "edi_need"),
)


@pytest.fixture
def world(person: Callable[..., User], adam: User) -> World:
    return build(person, adam)


@pytest.fixture
def confided(world: World) -> Confided:
    """All that the owner of the files can say, said."""
    return confide(world.people["owner"], world.people["edi"])


@pytest.fixture
def ears(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    with listening(caplog, monkeypatch) as heard:
        yield heard


def test_every_confidence_is_planted(confided: Confided) -> None:
    """Eight questions with their own words, a declaration, a budget, a proof, and why each was opened."""
    places = {mark.place for mark in confided.marks}
    assert len(DIMENSIONS) == 8
    for code in DIMENSIONS:
        assert {f"identification.{code}", f"identification.{code}_words"} <= places
    assert {"declaration.words", "budget.circumstances", "proof.words of the file"} <= places
    assert len(confided.candidacies) == 3
    kinds = {about.kind for about in confided.said}
    assert kinds == {abouts.IDENTIFICATION, abouts.DECLARATION, abouts.BUDGET, abouts.PROOF}
    assert {mark.place for mark in confided.purposes} == {f"purpose of {kind}" for kind in kinds}


def test_every_address_of_a_confidence_is_posted_to() -> None:
    assert set(ADDRESSES) >= MUST_EXIST | set(SHOWN_TO_THE_PERSON)


@pytest.mark.parametrize("part", range(3))
def test_nobody_finds_it_on_any_page(
    world: World, confided: Confided, ears: Ears, part: int
) -> None:
    """Every page, filter, search, export, PDF, archive and letter, of everybody but the person."""
    errands()
    words = [confided.marks[0].text, confided.purposes[0].text, confided.candidacies[0].number]
    numbers = [one.number for one in confided.candidacies]
    for role in NOT_THE_PERSON[part::3]:
        pages = list(walk(world, role, words))
        assert len(pages) > 150
        # The privacy service may read why something was opened: it wrote that.
        allowed = confided.purposes if role == "edi" else ()
        assert confided.shown(pages, allowed) == {}, role
        if role in ADMISSION:
            told = [place for place, text in pages if any(one in text for one in numbers)]
            assert told == [], role
    if part == 0:
        assert confided.shown(walk_admin(world, "admin")) == {}
    assert confided.shown(ears.heard()) == {}


def test_a_search_for_it_finds_what_a_search_for_nothing_does(
    world: World, confided: Confided
) -> None:
    """Not even whether somebody wrote a word can be asked."""
    for role in ("coordinator", "director", "edi"):
        for name, one in searches(confided.marks[1].text):
            word, address = confided.marks[1].text, world.address(name)
            here = told(world, role, f"{address}?{one}")
            there = told(world, role, f"{address}?{one.replace(word, NOBODYS)}")
            assert len(here[1]) == len(there[1]), (role, name)


def searches(word: str) -> list[tuple[str, str]]:
    """Every search of the product for this word."""
    asked = queries([word]).items()
    return [(name, one) for name, filters in asked for one in filters if word in one]


def test_the_person_and_the_privacy_service_read_it(world: World, confided: Confided) -> None:
    """Without this, nothing would be found because nothing was there."""
    owner, officer = world.people["owner"], world.people["edi"]
    for about, said in confided.said.items():
        assert entries.own(about, by=owner) == said
        opened = entries.disclose(
            about, purpose="To answer their question.", by=officer, signed_in_at=timezone.now()
        )
        assert opened == said
    told = [one.purpose for one in entries.disclosures(owner, by=owner)]
    assert all(any(mark.text in purpose for purpose in told) for mark in confided.purposes)
    for name in SHOWN_TO_THE_PERSON:
        page = text_of(world.client("owner").get(world.address(name)), name)
        assert confided.shown([(name, page)]), name


def test_no_row_of_the_ordinary_role_has_it(confided: Confided) -> None:
    read = dict(rows())
    assert len(read) > 100
    assert confided.shown(read.items()) == {}


# What is typed ------------------------------------------------------------------------------------
def in_cookies(client: Client) -> str:
    """What the browser keeps for us: each cookie, and the messages that wait in one."""
    told = [morsel.value for morsel in client.cookies.values()]
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    waiting, _all = CookieStorage(request)._get()
    return "\n".join([*told, *(str(one) for one in waiting or [])])


def post(world: World, role: str, address: str, typed: dict[str, Any], ears: Ears) -> list[Any]:
    """What came of a form: the status, the page, and all channels while what it wrote is still there."""
    client = world.client(role)

    def act() -> list[Any]:
        answer = client.post(address, typed)
        page = text_of(answer, address)
        return [answer.status_code, page, [*ears.heard(), ("cookies", in_cookies(client))]]

    found: list[Any] = undone(act)
    return found


def leaks_of(
    world: World, role: str, address: str, typed: dict[str, Any], marks: Planter, ears: Ears
) -> dict[str, list[str]]:
    """Where anything of a form came to lie; the page that gives it back to whoever typed it is no leak."""
    status, page, heard = post(world, role, address, typed, ears)
    here = Confided(world.people["owner"], list(marks.marks), {}, [])
    if status >= 300 and status != 422:
        heard.append((f"the answer, {status}", page))
    return {f"{role} {address}: {k}": v for k, v in here.shown(heard).items()}


def forms(world: World) -> Fields:
    """All fields of all of these pages, as the person and the privacy service see them."""
    pages = [
        world.client(role).get(world.address(name)).content.decode("utf-8", "replace")
        for name in ADDRESSES
        for role in ("owner", "edi")
    ]
    return fields_of(pages)


@pytest.mark.parametrize("fill", ["everywhere", "plausible"])
def test_what_is_typed_lies_nowhere(
    world: World, confided: Confided, ears: Ears, fill: str
) -> None:
    fields, found, kept = forms(world), Places(), vault_rows()
    roles, names = (("owner", "anonymous"), ADDRESSES) if fill == "everywhere" else (POSTING, FORMS)
    for name in names:
        for role in roles:
            if (role, name) == ("anonymous", STATEMENT):
                continue  # it waits for whoever signs in, and the panel reads it
            marks = Secrets()
            typed = getattr(fields, fill)(marks)
            assert len(marks.marks) > 10
            found |= leaks_of(world, role, world.address(name), typed, marks, ears)
    assert found == {}
    assert vault_rows() == kept


def test_an_error_tells_nothing_of_what_was_typed(
    world: World, confided: Confided, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vault fails with the words in its hand: no page, log, mail or session has them."""

    def fails(*args: object, **told: object) -> None:
        raise RuntimeError("It does not work today.")

    fields, found = forms(world), Places()
    for verb in ("seal", "unseal", "_hold", "_rows"):
        monkeypatch.setattr(f"scholarships.vault.entries.{verb}", fails)
        for name in FORMS:
            marks = Secrets()
            typed = fields.plausible(marks)
            found |= leaks_of(world, "owner", world.address(name), typed, marks, ears)
        monkeypatch.undo()
    assert found == {}


# Whether any of this would notice -----------------------------------------------------------------
@pytest.fixture
def leaky(settings: Any) -> Client:
    """The product with pages that leak."""
    settings.ROOT_URLCONF = "tests.access.leaky"
    return Client(raise_request_exception=False)


def test_each_channel_would_be_seen(
    world: World, confided: Confided, ears: Ears, leaky: Client
) -> None:
    leaky.force_login(world.people["owner"])
    for way in LEAKS:
        marks = Secrets()
        typed = {"words": marks.mark("words")}
        found = undone(lambda typed=typed, way=way: heard_of(leaky, way, typed, marks, ears))  # noqa: B023
        assert any(place.startswith(way) for place in found), (way, found)
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        assert broker.delete(QUEUE)


def heard_of(
    leaky: Client, way: str, typed: dict[str, Any], marks: Secrets, ears: Ears
) -> dict[str, list[str]]:
    """The channels in which the words came to lie."""
    leaky.post(f"/leak/{way}/", typed)
    return Confided(User(), list(marks.marks), {}, []).shown(ears.heard())


def test_each_kind_of_page_would_be_seen(world: World, confided: Confided, leaky: Client) -> None:
    leaky.force_login(world.people["coordinator"])
    for way in ("page", "header", "pdf", "zip", "hex"):
        answer = leaky.get(f"/leaking-page/{way}/")
        assert confided.shown([(way, text_of(answer, way))]) == {way: ["declaration.words"]}


def test_an_error_with_words_in_it_would_be_seen(
    world: World, confided: Confided, ears: Ears, leaky: Client
) -> None:
    """In the log, and in the mail of an error, which has nothing else of what was sent."""
    leaky.force_login(world.people["owner"])
    marks = Secrets()
    typed = {"words": marks.mark("words"), "other": marks.mark("other")}
    assert leaky.post("/leak/500/", typed).status_code == 500
    here = Confided(world.people["owner"], marks.marks, {}, [])
    found = here.shown(ears.heard())
    assert found["log"] == found["error mail"] == ["words"]
    assert "does not" not in mail.outbox[0].body
    assert "leaky.py" in mail.outbox[0].body


def test_a_form_that_waits_for_a_sign_in_would_be_seen(
    world: World, confided: Confided, ears: Ears
) -> None:
    """A session that ended keeps what was typed: a page of the vault must say that it is `never_kept`."""
    marks = Secrets()
    address = world.address("messages") if "messages" in dict(patterns()) else reverse("my_file")
    typed = {"text": marks.mark("text")}
    found = leaks_of(world, "anonymous", address, typed, marks, ears)
    assert any("sessions" in place for place in found), found
